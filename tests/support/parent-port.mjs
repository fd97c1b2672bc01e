// Loaded before the embedded server: what Electron's utilityProcess gives its child, over Node's own channel.

process.parentPort = {
  on: (event, listener) => process.on(event, (data) => listener({ data })),
  postMessage: (message) => process.send(message),
};
