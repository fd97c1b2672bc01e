/** The smallest Electron app: one window on the page named by --page=. */
import { BrowserWindow, app, session } from 'electron';

const page = process.argv.find((value) => value.startsWith('--page='))?.slice('--page='.length);

async function openWindow() {
  // A page that may use the microphone shows its addresses to its peers; others hide them behind names of one subnet.
  session.defaultSession.setPermissionCheckHandler(() => true);
  const window = new BrowserWindow({
    width: 800,
    height: 600,
    webPreferences: { backgroundThrottling: false },
  });
  // As the app does with a call whose window died: a new one, in a new process.
  window.webContents.once('render-process-gone', () => {
    void openWindow();
    window.destroy();
  });
  await window.loadURL(page ?? 'about:blank');
}

app.on('window-all-closed', () => app.quit());
// Awaited here it would never come: Electron is ready only when its main module has ended.
void app.whenReady().then(openWindow);
