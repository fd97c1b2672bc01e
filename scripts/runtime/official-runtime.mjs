// Electron's own installer, run so that it can fail early and never leaves a half-made runtime behind: it works in a
// private folder beside the package's files and its result is renamed into place. A network that swallows packets would
// let it wait for minutes, so it is stopped when nothing at all has arrived after a few seconds.

import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';

const FIRST_BYTE_LIMIT_MS = 8_000;
const TOTAL_LIMIT_MS = 10 * 60_000;
const POLL_MS = 250;
const INSTALLER_FILES = ['install.js', 'package.json', 'checksums.json'];
/** The installer's download and its unpacked result, inside the private folder. */
const GROWING = ['tmp', 'dist'];

function hasBytes(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => statSync(path.join(folder, name), { throwIfNoEntry: false }))
    .some((found) => found?.isFile() && found.size > 0);
}

function copyInstaller(packageFolder) {
  const work = mkdtempSync(path.join(packageFolder, '.install-'));
  for (const name of INSTALLER_FILES) {
    copyFileSync(path.join(packageFolder, name), path.join(work, name));
  }
  for (const name of GROWING) mkdirSync(path.join(work, name));
  return work;
}

function runInstaller(work, say) {
  const temporary = path.join(work, 'tmp');
  const child = spawn(process.execPath, [path.join(work, 'install.js')], {
    env: { ...process.env, TMPDIR: temporary, TMP: temporary, TEMP: temporary },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  return new Promise((resolve) => {
    const startedAt = Date.now();
    let reason;
    let arriving = false;
    const stop = (why) => {
      reason = why;
      child.kill('SIGKILL');
    };
    const timer = setInterval(() => {
      const spentMs = Date.now() - startedAt;
      if (!arriving && GROWING.some((name) => hasBytes(path.join(work, name)))) {
        arriving = true;
        say('downloading the official Electron');
      }
      if (!arriving && spentMs > FIRST_BYTE_LIMIT_MS) stop('no answer within 8 s');
      else if (spentMs > TOTAL_LIMIT_MS) stop('not finished within 10 min');
    }, POLL_MS);
    child.on('error', (error) => (reason = error.message));
    child.on('close', (code) => {
      clearInterval(timer);
      resolve(code === 0 ? undefined : (reason ?? shorten(complaint)));
    });
  });
}

function shorten(complaint) {
  const known = /\b(E[A-Z_]{4,}|HTTP\w*Error[^\n]*|Response code \d+[^\n]*)/.exec(complaint);
  return known?.[1] ?? (complaint.trim().split('\n')[0] || 'the installer gave no reason');
}

/**
 * Installs the official runtime into the electron package.
 * @returns undefined when it is there, else in a few words why it is not.
 */
export async function installOfficial(packageFolder, say) {
  const work = copyInstaller(packageFolder);
  try {
    const problem = await runInstaller(work, say);
    if (problem !== undefined) return problem;
    const target = path.join(packageFolder, 'dist');
    rmSync(target, { recursive: true, force: true });
    renameSync(path.join(work, 'dist'), target);
    renameSync(path.join(work, 'path.txt'), path.join(packageFolder, 'path.txt'));
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
