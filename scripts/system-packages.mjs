// The Debian packages that this project needs beside Node: to run the app, and to test it. What is missing is installed
// by apt-get where this is nobody's own machine (root in a container, a chroot or CI); anywhere else one line that can
// be copied names it.
//
//   node scripts/system-packages.mjs [run|test]

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { hasDisplay } from './lib/display.mjs';

const library = (name) => () => libraries().includes(name);
const program = (name) => () =>
  [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'].some((folder) =>
    existsSync(path.join(folder, name)),
  );
const file = (name) => () => existsSync(name);

/** package → how to see that it is there; by files, since other releases give other names to the same thing. */
const RUN = {
  'ca-certificates': file('/etc/ssl/certs/ca-certificates.crt'),
  'dbus-bin': program('dbus-send'),
  'fonts-dejavu-core': file('/usr/share/fonts/truetype/dejavu'),
  libasound2: library('libasound.so.2'),
  libgbm1: library('libgbm.so.1'),
  'libgtk-3-0': library('libgtk-3.so.0'),
  libnotify4: library('libnotify.so.4'),
  libnss3: library('libnss3.so'),
};
const VIRTUAL_DISPLAY = { xvfb: program('Xvfb') };
const TEST = {
  'at-spi2-core': file('/usr/libexec/at-spi-bus-launcher'),
  dbus: program('dbus-run-session'),
  'dbus-x11': program('dbus-launch'),
  dunst: program('dunst'),
  'espeak-ng': program('espeak-ng'),
  ffmpeg: program('ffmpeg'),
  'fonts-wqy-microhei': file('/usr/share/fonts/truetype/wqy'),
  git: program('git'),
  imagemagick: program('import'),
  iproute2: program('ip'),
  iptables: program('iptables'),
  'libglib2.0-bin': program('gio'),
  'libsecret-1-0': library('libsecret-1.so.0'),
  libxss1: library('libXss.so.1'),
  libxtst6: library('libXtst.so.6'),
  openbox: program('openbox'),
  'postgresql-15': file('/usr/lib/postgresql/15/bin/postgres'),
  procps: program('ps'),
  pulseaudio: program('pulseaudio'),
  'pulseaudio-utils': program('pactl'),
  'python3-pyatspi': file('/usr/lib/python3/dist-packages/pyatspi'),
  sox: program('sox'),
  'x11-utils': program('xwininfo'),
  xauth: program('xauth'),
  'xdg-utils': program('xdg-open'),
  xdotool: program('xdotool'),
  'xfce4-panel': program('xfce4-panel'),
  xterm: program('xterm'),
};

let knownLibraries;
function libraries() {
  knownLibraries ??= spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  return knownLibraries;
}

function missingFrom(...lists) {
  const wanted = Object.entries(Object.assign({}, ...lists));
  return wanted.filter(([, isThere]) => !isThere()).map(([name]) => name);
}

/** No service manager runs in a container, a chroot or a build machine, or it says that it runs in one. */
export function isNobodysMachine() {
  if (process.env.CI) return true;
  return !existsSync('/run/systemd/system') || existsSync('/run/systemd/container');
}

function aptGet(args) {
  // Run level 1 keeps packages from starting their services at installation.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const options = ['-qq', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Use-Pty=0'];
  const result = spawnSync('apt-get', [...options, ...args], { encoding: 'utf8', env });
  if (result.status === 0) return;
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}`;
  throw new Error(`apt-get ${args[0]} failed:\n${output.split('\n').slice(-15).join('\n')}`);
}

function install(packages, say) {
  say(`installing ${packages.length} Debian packages: ${packages.join(' ')}`);
  aptGet(['update']);
  aptGet(['install', '--yes', '--no-install-recommends', ...packages]);
  knownLibraries = undefined;
}

/**
 * Sees to it that the packages for `purpose` are there.
 * @returns undefined, or one line that says what the user has to do.
 */
export function ensurePackages(purpose) {
  if (process.platform !== 'linux') return undefined;
  const say = (text) => console.log(`packages: ${text}`);
  const lists = [RUN, ...(hasDisplay() && purpose === 'run' ? [] : [VIRTUAL_DISPLAY])];
  if (purpose === 'test') lists.push(TEST);
  const missing = missingFrom(...lists);
  if (missing.length === 0) return undefined;
  const command = `sudo apt-get install --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid() !== 0 || !isNobodysMachine()) return command;
  install(missing, say);
  const still = missingFrom(...lists);
  if (still.length === 0) return undefined;
  return `still missing after the installation: ${still.join(' ')}`;
}

/** The same for scripts that cannot go on without: ends the process with the line. */
export function requirePackages(purpose) {
  const problem = ensurePackages(purpose);
  if (problem === undefined) return;
  console.error(`packages: something is missing, please run: ${problem}`);
  process.exit(1);
}

if (process.argv[1] === import.meta.filename) {
  requirePackages(process.argv[2] === 'run' ? 'run' : 'test');
}
