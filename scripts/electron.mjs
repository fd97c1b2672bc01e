// How scripts and tests start Electron. The shipped app is started by nothing of this: only here, and only for root
// (a container, a CI machine), Chromium is told to run without its sandbox, because it refuses to start otherwise.

import { spawn } from 'node:child_process';
import { ensureElectron } from './ensure-electron.mjs';

/** The binary of this checkout's runtime, fetched first if need be. */
export async function electronPath() {
  return (await ensureElectron()).binary;
}

/** Flags that every start needs on this machine. */
export function chromiumFlags() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Starts Electron with the machine's flags before `args`; the caller owns the child process. */
export async function run(args, options = {}) {
  return spawn(await electronPath(), [...chromiumFlags(), ...args], {
    stdio: 'inherit',
    ...options,
  });
}
