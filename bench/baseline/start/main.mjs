/** A bare Electron window, locked down as ours are, with a field to type into: nothing else starts. */
import path from 'node:path';
import { app, BrowserWindow } from 'electron';

// Not awaited at the top level: Electron is ready only after this module has loaded.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 800,
    height: 600,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  void window.loadFile(path.join(import.meta.dirname, 'home.html'));
});
app.on('window-all-closed', () => app.quit());
