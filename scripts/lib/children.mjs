// Child processes with an owner: each gets a process group of its own, and whatever is left of the group goes when the
// step is over or when this script is told to stop. Nothing that a script starts outlives it.

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const KILL_AFTER_MS = 5_000;
const POLL_MS = 50;
const groups = new Set();

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false; // nobody is left in the group
  }
}

/** State and process group of one process, where the system has a /proc. The name before them may hold anything. */
function stateOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, group: Number(group) };
  } catch {
    return undefined; // it ended meanwhile
  }
}

/**
 * Whether anything of a group still runs. Not every container has an init that asks for the end of orphans; one that
 * ended without being asked for answers signals for ever, so where /proc can be read its state decides.
 */
function groupRuns(pid) {
  if (!signalGroup(pid, 0)) return false;
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(stateOf)
    .some((found) => found?.group === pid && found.state !== 'Z' && found.state !== 'X');
}

/** Ends what is left of a group: first politely, after a while by force. */
async function endGroup(pid) {
  signalGroup(pid, 'SIGTERM');
  for (let waited = 0; waited < KILL_AFTER_MS && groupRuns(pid); waited += POLL_MS) {
    await delay(POLL_MS);
  }
  signalGroup(pid, 'SIGKILL');
  groups.delete(pid);
}

let stopping = false;
async function stopAll(signal) {
  if (stopping) return;
  stopping = true;
  await Promise.all([...groups].map(endGroup));
  process.exit(signal === 'SIGINT' ? 130 : 143);
}
for (const signal of END_SIGNALS) process.on(signal, () => void stopAll(signal));
process.on('exit', () => groups.forEach((pid) => signalGroup(pid, 'SIGKILL')));

/**
 * Starts a command in a group of its own. `ended` gives its exit code once the whole group is gone; `stop()` ends it.
 * A command that cannot be started ends with 127.
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options, detached: true });
  const { pid } = child;
  if (pid !== undefined) groups.add(pid);
  const ended = new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => {
      void endGroup(pid).then(() => resolve(code ?? 1));
    });
  });
  return {
    child,
    ended,
    stop: () => (pid === undefined ? ended : endGroup(pid).then(() => ended)),
  };
}

/**
 * Such a child gets the time that nobody else wants: all but that of a higher niceness. Linux may share the processor
 * among sessions first, and each child is a session of its own: then it is that share which counts.
 */
function giveWay(pid, niceness) {
  setPriority(pid, niceness);
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // No such sharing on this system.
  }
}

/** Runs a command to its end and gives its exit code. */
export function run(command, args, options) {
  return start(command, args, options).ended;
}

/** Runs a command to its end, keeping what it prints. With a `niceness` (up to 19), in the time that others leave. */
export async function capture(command, args, { niceness = 0, ...options } = {}) {
  const { child, ended } = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  if (niceness > 0 && child.pid !== undefined) giveWay(child.pid, niceness);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  return { code: await ended, output };
}
