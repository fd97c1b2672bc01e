#!/usr/bin/env node
// electron-builder makes a .deb by fpm, which it downloads and Debian does not have. This stands in for it where only
// dpkg-deb is at hand: the part of fpm's command line that electron-builder uses. What goes into the package, the
// scripts and the desktop entry stay those of electron-builder.

import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const FLAGS = new Set(['--force']);
const SHORT = { '-s': '--input-type', '-t': '--output-type', '-d': '--depends' };
const SCRIPTS = { '--after-install': 'postinst', '--after-remove': 'postrm' };
/** A package for a test is made and read once; one for people is sent a thousand times. */
const COMPRESSION = process.env.PEAL_DEB_FAST ? ['-Zzstd', '-z1'] : ['-Zxz', '-z6'];

/** Options by name, each with all its values, and the pairs SOURCE=TARGET. */
export function parseArguments(args) {
  const options = new Map();
  const pairs = [];
  const rest = [...args];
  while (rest.length > 0) {
    const [word, inline] = splitOption(rest.shift());
    if (FLAGS.has(word)) continue;
    if (!word.startsWith('-')) {
      const at = word.lastIndexOf('=');
      pairs.push({ from: word.slice(0, at), to: word.slice(at + 1) });
      continue;
    }
    const name = SHORT[word] ?? word;
    options.set(name, [...(options.get(name) ?? []), inline ?? rest.shift()]);
  }
  return { options, pairs };
}

function splitOption(word) {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** The file `control`. Lines of a description after the first one begin with a space, empty ones with a dot. */
export function controlFile(options, installedKiB) {
  const one = (name) => options.get(name)?.at(-1);
  const list = (name) => options.get(name)?.join(', ');
  const [synopsis, ...lines] = (one('--description') ?? '').trim().split('\n');
  const description = [synopsis, ...lines.map((line) => ` ${line.trim() || '.'}`)].join('\n');
  const fields = {
    Package: one('--name'),
    Version: one('--version'),
    Architecture: one('--architecture'),
    Maintainer: one('--maintainer'),
    'Installed-Size': installedKiB,
    Depends: list('--depends'),
    Recommends: list('--deb-recommends'),
    Section: one('--category') ?? 'net',
    Priority: one('--deb-priority') ?? 'optional',
    Homepage: one('--url'),
    Description: description,
  };
  return Object.entries(fields)
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

function put({ from, to }, stage) {
  const target = path.join(stage, to);
  mkdirSync(path.dirname(target), { recursive: true });
  if (statSync(from).isDirectory())
    cpSync(from, target, { recursive: true, verbatimSymlinks: true });
  else copyFileSync(from, target);
}

function makePackage({ options, pairs }) {
  const one = (name) => options.get(name)?.at(-1);
  if (one('--output-type') !== 'deb') throw new Error('only .deb can be made here: install fpm');
  const stage = mkdtempSync(path.join(tmpdir(), 'peal-deb-'));
  try {
    for (const pair of pairs) put(pair, stage);
    // Whatever the umask of this machine is.
    execFileSync('chmod', ['-R', 'u+rwX,go-w,a+rX', stage]);
    const size = execFileSync('du', ['-sk', '--apparent-size', stage], { encoding: 'utf8' });
    mkdirSync(path.join(stage, 'DEBIAN'));
    writeFileSync(path.join(stage, 'DEBIAN/control'), controlFile(options, parseInt(size, 10)));
    for (const [option, name] of Object.entries(SCRIPTS)) {
      const script = one(option);
      if (script === undefined) continue;
      copyFileSync(script, path.join(stage, 'DEBIAN', name));
      chmodSync(path.join(stage, 'DEBIAN', name), 0o755);
    }
    const out = one('--package');
    rmSync(out, { force: true });
    const args = ['--root-owner-group', ...COMPRESSION, '--build', stage, out];
    execFileSync('dpkg-deb', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) makePackage(parseArguments(process.argv.slice(2)));
