// npm run release:feed: the feed that tells running copies of a newer version, and its signature. See docs/admin.md.
//
//   npm run release:feed -- keys FILE
//       makes a key pair: the private key in FILE, readable by this user alone; prints the public one
//   npm run release:feed -- sign --key FILE --notes FILE [--folder dist] [--page ADDRESS]
//       writes feed.json and feed.json.sig for the packages of this version that lie in the folder

import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { main, ROOT } from './lib/tools.mjs';

const PLATFORMS = { '.exe': 'win32', '.dmg': 'darwin', '.deb': 'linux', '.tar.gz': 'linux' };
const USAGE = `usage: release:feed keys FILE
       release:feed sign --key FILE --notes FILE [--folder dist] [--page ADDRESS]`;

/** The last 32 bytes of its DER are the key itself. */
const publicText = (key) =>
  key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');

function makeKeys(file) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' });
  // An older key is never written over: whoever loses it cannot tell anybody of anything any more.
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
  console.log(publicText(publicKey));
}

async function hashOf(file) {
  const hash = createHash('sha512');
  for await (const piece of createReadStream(file)) hash.update(piece);
  return hash.digest('base64');
}

async function describeFile(folder, name) {
  const [, platform] = Object.entries(PLATFORMS).find(([end]) => name.endsWith(end));
  const file = path.join(folder, name);
  return {
    ...{
      platform,
      arch: /arm64|aarch64/.test(name) ? 'arm64' : 'x64',
      url: encodeURIComponent(name),
    },
    ...{ size: statSync(file).size, sha512: await hashOf(file) },
  };
}

function packagesIn(folder, version) {
  const isPackage = (name) => Object.keys(PLATFORMS).some((end) => name.endsWith(end));
  const names = readdirSync(folder).filter((name) => isPackage(name) && name.includes(version));
  if (names.length === 0) throw new Error(`${folder} has no package of version ${version}.`);
  return names.sort();
}

function readNotes(file) {
  const { en, 'zh-CN': zh } = JSON.parse(readFileSync(file, 'utf8'));
  const areLines = [en, zh].every(
    (lines) => Array.isArray(lines) && lines.every((line) => typeof line === 'string'),
  );
  if (!areLines) throw new Error(`${file} needs lists of lines under "en" and "zh-CN".`);
  return { en, 'zh-CN': zh };
}

async function signFeed({ key: keyFile, notes, folder, page }) {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const key = createPrivateKey(readFileSync(keyFile));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${keyFile} is no key for Ed25519.`);
  const files = [];
  for (const name of packagesIn(folder, version)) files.push(await describeFile(folder, name));
  const feed = {
    ...{ product: 'peal', format: 1, version, signedAt: Date.now(), notes: readNotes(notes) },
    ...(page === undefined ? {} : { page }),
    files,
  };
  const bytes = Buffer.from(`${JSON.stringify(feed, null, 2)}\n`);
  writeFileSync(path.join(folder, 'feed.json'), bytes);
  writeFileSync(
    path.join(folder, 'feed.json.sig'),
    `${sign(null, bytes, key).toString('base64')}\n`,
  );
  console.log(`${version}: ${files.length} files, for ${publicText(createPublicKey(key))}`);
}

await main(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      notes: { type: 'string' },
      folder: { type: 'string', default: path.join(ROOT, 'dist') },
      page: { type: 'string' },
    },
  });
  const [command, file] = positionals;
  if (command === 'keys' && file !== undefined) makeKeys(file);
  else if (command === 'sign' && values.key && values.notes) await signFeed(values);
  else throw new Error(USAGE);
});
