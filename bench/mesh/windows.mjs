/**
 * One window to each person of the bench, beside each other so that none hides another.
 *
 * Flags: --page=URL --people=COUNT --window=WIDTHxHEIGHT --columns=COUNT
 */
import { app, BrowserWindow, session } from 'electron';

const flag = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1];
const [width, height] = flag('window').split('x').map(Number);
const columns = Number(flag('columns'));

function open(person) {
  const window = new BrowserWindow({
    x: (person % columns) * width,
    y: Math.floor(person / columns) * height,
    width,
    height,
    frame: false,
    webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false },
  });
  void window.loadURL(`${flag('page')}?me=${person}`);
}

app.on('window-all-closed', () => app.quit());
// Not awaited at the top level: Electron is ready only after this module has loaded.
void app.whenReady().then(() => {
  // A page that may use the microphone shows its addresses to its peers; others hide them behind names.
  session.defaultSession.setPermissionCheckHandler(() => true);
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) =>
    answer(true),
  );
  for (let person = 0; person < Number(flag('people')); person += 1) open(person);
});
