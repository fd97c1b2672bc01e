/** The order in which the desktop starts and ends. Nothing else is decided here. */
import { join } from 'node:path';
import { app } from 'electron';
import { keepRunning } from './last-resort';
import { claimLinks, collectLinkOpenings } from './link-openings';
import { lanAddresses } from './lan-addresses';
import { Phone } from './phone';
import { stderrLog as log } from './stderr-log';
import { hiddenFlag, isHiddenStart } from './system/hidden-start';
import { isKeyStoreHelper, runKeyStoreHelper } from './storage/key-store-box';
import { registerAppScheme, serveAppScheme } from './windows/app-scheme';
import { guardAllContents } from './windows/guards';

keepRunning(process, log);

// Every process is sandboxed. Only whoever starts the app may say otherwise: Chromium refuses to run as root with a
// sandbox, and enableSandbox would take that word back for the processes it starts.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerAppScheme();
// Without any network a computer still reaches itself, as somebody who tries Peal on it expects.
if (lanAddresses().length === 0) app.commandLine.appendSwitch('allow-loopback-in-peer-connection');
// Windows shows notifications of programs that it knows; the same name is in electron-builder.yml.
if (process.platform === 'win32') app.setAppUserModelId('app.peal.desktop');

const tellOfLinks = collectLinkOpenings(app, process.argv);
if (isKeyStoreHelper(process.argv)) {
  void runKeyStoreHelper();
} else if (app.requestSingleInstanceLock()) {
  guardAllContents(log);
  void app.whenReady().then(run);
} else {
  // The running copy was told and shows its window.
  app.quit();
}

async function run(): Promise<void> {
  const outFolder = join(import.meta.dirname, '..');
  serveAppScheme(join(outFolder, 'renderer'));
  const phone = new Phone({
    outFolder,
    profileFolder: app.getPath('userData'),
    devServer: app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'],
    startsHidden: isHiddenStart(app, process),
    onQuitAsked: () => app.quit(),
  });
  tellOfLinks((texts) => phone.noteLinks(texts));
  app.on('second-instance', (_event, argv) => {
    if (!argv.includes(hiddenFlag)) phone.bringToFront();
  });
  app.on('open-url', () => phone.bringToFront());
  app.on('activate', () => phone.bringToFront());
  // Windows come and go; the phone ends when the person says so.
  app.on('window-all-closed', () => undefined);
  quitInOrder(phone);
  await phone.start();
  claimLinks(app, process.platform);
}

function quitInOrder(phone: Phone): void {
  let state: 'running' | 'quitting' | 'done' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'done') return;
    event.preventDefault();
    if (state === 'quitting') return;
    state = 'quitting';
    log.info('app: quitting');
    void phone.quit().finally(() => {
      state = 'done';
      app.quit();
    });
  });
}
