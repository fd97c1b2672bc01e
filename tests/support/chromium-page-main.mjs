/** The smallest Electron app: one window on the page named by --page=. */
import { BrowserWindow, app } from 'electron';

const page = process.argv.find((value) => value.startsWith('--page='))?.slice('--page='.length);

app.on('window-all-closed', () => app.quit());
await app.whenReady();
const window = new BrowserWindow({
  width: 800,
  height: 600,
  webPreferences: { backgroundThrottling: false },
});
await window.loadURL(page ?? 'about:blank');
