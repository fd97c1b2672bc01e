/**
 * The least program that shows the same steps as a call in Peal: home, incoming card, call window, one socket in main.
 * It uses the same tricks (a warm card; a call window made when the pointer reaches the button or a ring arrives) and
 * nothing of the product: no state, no checks, no errors.
 *
 * Flags: --me=NAME --peer=NAME --relay=PORT
 */
import path from 'node:path';
import { app, BrowserWindow, ipcMain, session } from 'electron';
import { WebSocket } from 'ws';

const flag = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1];
const me = flag('me');
const peer = flag('peer');

let socket;
let home;
let incoming;
let call;
let nextNumber = 1;
const confirmations = new Map();

function open(page, options) {
  const window = new BrowserWindow({
    show: false,
    paintWhenInitiallyHidden: false,
    ...options,
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      backgroundThrottling: false,
    },
  });
  void window.loadFile(path.join(import.meta.dirname, 'page', `${page}.html`));
  return window;
}

function post(message) {
  socket.send(JSON.stringify({ ...message, from: me, to: peer }));
}

function ask(message) {
  const n = nextNumber++;
  return new Promise((resolve) => {
    confirmations.set(n, resolve);
    post({ ...message, n });
  });
}

/** The call window that stands ready, made now if there is none. */
function prepareCall() {
  if (call) return call;
  const made = { window: open('call', { width: 960, height: 640, frame: false }) };
  made.ready = new Promise((resolve) => (made.setReady = resolve));
  made.window.on('closed', () => call === made && (call = undefined));
  call = made;
  return made;
}

async function useCall(task) {
  const { window, ready } = prepareCall();
  window.show();
  await ready;
  window.webContents.send('bare', { type: 'task', task });
}

function hangUp() {
  incoming.hide();
  call?.window.close();
}

const fromPages = {
  prepare: () => void prepareCall(),
  dial: () => void useCall('place'),
  ready: () => call?.setReady(),
  painted: () => post({ type: 'ringing' }),
  accept: async () => {
    await ask({ type: 'claim' });
    incoming.hide();
    await useCall('answer');
  },
  invite: async () => {
    await ask({ type: 'invite' });
    call?.window.webContents.send('bare', { type: 'invited' });
  },
  join: async () => {
    await ask({ type: 'join' });
    call?.window.webContents.send('bare', { type: 'joined' });
  },
  signal: ({ signal }) => post({ type: 'signal', signal }),
  'hang-up': () => {
    post({ type: 'hang-up' });
    hangUp();
  },
};

const fromRelay = {
  ok: ({ n }) => {
    confirmations.get(n)?.();
    confirmations.delete(n);
  },
  invite: () => {
    incoming.webContents.send('bare', { type: 'ring', name: peer });
    incoming.showInactive();
    prepareCall();
  },
  signal: ({ signal }) => call?.window.webContents.send('bare', { type: 'signal', signal }),
  'hang-up': hangUp,
};

ipcMain.on('bare', (_event, message) => fromPages[message.type](message));

// Not awaited at the top level: Electron is ready only after this module has loaded.
void app.whenReady().then(async () => {
  session.defaultSession.setPermissionCheckHandler(() => true);
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) =>
    answer(true),
  );

  socket = new WebSocket(`ws://127.0.0.1:${flag('relay')}`, { perMessageDeflate: false });
  socket.on('message', (raw) => {
    const message = JSON.parse(raw);
    fromRelay[message.type]?.(message);
  });
  await new Promise((resolve) => socket.once('open', resolve));
  await ask({ type: 'hello' });

  home = open('home', { width: 420, height: 640, show: true });
  home.on('closed', () => app.quit());
  incoming = open('incoming', { width: 360, height: 220, frame: false, alwaysOnTop: true });
});
