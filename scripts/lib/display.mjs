// A screen for machines without one. Xvfb chooses a free number by itself and tells it, so any number may run at once.

import { start } from './children.mjs';

const READY_LIMIT_MS = 10_000;

export function hasDisplay(env = process.env) {
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY) || process.platform !== 'linux';
}

/**
 * Starts a virtual screen; the caller stops it.
 * @throws when it is not up within 10 s.
 */
export async function startDisplay(size = '1280x800x24') {
  const args = ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'];
  const server = start('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Xvfb did not start in 10 s')), READY_LIMIT_MS);
    server.child.stdio[3].setEncoding('utf8').once('data', (text) => {
      clearTimeout(timer);
      resolve(text.trim());
    });
    void server.ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`Xvfb ended with code ${code}`));
    });
  }).catch(async (error) => {
    await server.stop();
    throw error;
  });
  return { display: `:${number}`, stop: server.stop };
}

/** The environment for a window: the display that is there, or a virtual one, which is then said in one line. */
export async function displayEnvironment(say) {
  if (hasDisplay()) return { env: process.env, stop: async () => {} };
  const { display, stop } = await startDisplay();
  say(`no display here: the window opens on a virtual one, DISPLAY=${display}`);
  // Without this an app that finds no session bus starts one, which stays behind when the app has gone.
  const bus = process.env.DBUS_SESSION_BUS_ADDRESS ?? 'disabled:';
  return { env: { ...process.env, DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: bus }, stop };
}
