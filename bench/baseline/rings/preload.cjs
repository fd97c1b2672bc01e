/* One pipe for every page of the bare program: messages to main, messages from main. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- a sandboxed preload is CommonJS
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('bare', {
  send: (message) => ipcRenderer.send('bare', message),
  listen: (listener) => ipcRenderer.on('bare', (_event, message) => listener(message)),
});
