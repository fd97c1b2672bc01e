/**
 * The least program that rings: home with a button, a call window that opens the microphone before it invites, a warm
 * card that is shown when the message comes, and hidden when the caller gives up. One socket in main, and nothing of
 * the product: no state, no checks, no errors.
 *
 * Flags: --me=NAME --peer=NAME --relay=PORT
 */
import path from 'node:path';
import { app, BrowserWindow, ipcMain, screen, session } from 'electron';
import { WebSocket } from 'ws';

const flag = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1];
const me = flag('me');
const peer = flag('peer');
const cardSize = { width: 400, height: 232 };

let socket;
let home;
let incoming;
let call;
let isKnown;
const known = new Promise((resolve) => (isKnown = resolve));

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

/** The call window that stands ready, made now if there is none. */
function prepareCall() {
  if (call) return call;
  const made = { window: open('call', { width: 960, height: 640, frame: false }) };
  made.ready = new Promise((resolve) => (made.setReady = resolve));
  made.window.on('closed', () => call === made && (call = undefined));
  call = made;
  return made;
}

function hide() {
  incoming.webContents.send('bare', { name: null });
  incoming.hide();
}

const fromPages = {
  prepare: () => void prepareCall(),
  dial: async () => {
    const { window, ready } = prepareCall();
    window.show();
    await ready;
    window.webContents.send('bare', { type: 'place' });
  },
  ready: () => call?.setReady(),
  invite: () => post({ type: 'invite' }),
  painted: () => post({ type: 'ringing' }),
  'hang-up': () => {
    post({ type: 'hang-up' });
    call?.window.close();
  },
};

const fromRelay = {
  ok: () => isKnown(),
  invite: () => {
    const { workArea } = screen.getPrimaryDisplay();
    incoming.webContents.send('bare', { name: peer });
    incoming.setBounds({ ...cardSize, x: workArea.width - 416, y: workArea.height - 248 });
    incoming.showInactive();
  },
  'hang-up': hide,
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
  post({ type: 'hello', n: 1 });
  await known;

  home = open('home', { width: 420, height: 640, show: true });
  home.on('closed', () => app.quit());
  incoming = open('incoming', {
    ...cardSize,
    type: 'notification',
    frame: false,
    focusable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    backgroundColor: '#ffffff',
  });
});
