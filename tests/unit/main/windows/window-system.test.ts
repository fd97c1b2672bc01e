import { expect, it } from 'vitest';
import { mayFloat, type WindowSystemFacts } from '#main/windows/window-system';

const wayland = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };

interface Start {
  readonly major: number;
  readonly env?: WindowSystemFacts['env'];
  readonly switches?: Readonly<Record<string, string>>;
  readonly platform?: NodeJS.Platform;
}

function floats({ major, env = {}, switches = {}, platform = 'linux' }: Start): boolean {
  return mayFloat({ platform, major, env, switchValue: (name) => switches[name] ?? '' });
}

it.each([
  ['in a session of X11', { major: 45, env: { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' } }],
  ['where nobody says which session it is', { major: 45, env: { DISPLAY: ':0' } }],
  ['under Wayland, as long as Electron does not follow the session', { major: 33, env: wayland }],
  [
    'under Wayland, started for X11',
    { major: 45, env: wayland, switches: { 'ozone-platform': 'x11' } },
  ],
  [
    'under Wayland, with the wish for X11',
    { major: 37, env: { ...wayland, ELECTRON_OZONE_PLATFORM_HINT: 'x11' } },
  ],
  [
    'with the wish for Wayland where there is none',
    { major: 33, env: { DISPLAY: ':0' }, switches: { 'ozone-platform-hint': 'wayland' } },
  ],
  ['on macOS', { major: 45, platform: 'darwin', env: wayland }],
  ['on Windows', { major: 45, platform: 'win32' }],
] satisfies [string, Start][])('a window may stay above the others %s', (_where, start) => {
  expect(floats(start)).toBe(true);
});

it.each([
  ['in a session of Wayland', { major: 45, env: wayland }],
  ['where only the socket of Wayland is known', { major: 38, env: { WAYLAND_DISPLAY: 'w-0' } }],
  ['started for Wayland', { major: 33, switches: { 'ozone-platform': 'wayland' } }],
  [
    'with the wish to follow the session',
    { major: 33, env: wayland, switches: { 'ozone-platform-hint': 'auto' } },
  ],
  [
    'with the same wish in the environment',
    { major: 33, env: { ...wayland, ELECTRON_OZONE_PLATFORM_HINT: 'auto' } },
  ],
] satisfies [string, Start][])('a window may not %s', (_where, start) => {
  expect(floats(start)).toBe(false);
});
