import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type UpdateSource, administratorFile, updateSource } from '#main/update/configuration';
import { type ScratchDir, makeScratchDir } from '../../../support/scratch';
import { KeptLog } from '../silent-log';

const source = { feed: 'https://peal.example/feed.json', keys: [`${'A'.repeat(43)}=`] };
const other = { ...source, feed: 'https://other.example/feed.json' };

let scratch: ScratchDir;
let log: KeptLog;

beforeEach(() => {
  scratch = makeScratchDir('config');
  mkdirSync(join(scratch.path, 'etc'), { mode: 0o755 });
  log = new KeptLog();
});
afterEach(() => scratch.close());

const built = (): string => join(scratch.path, 'update.json');
const chosen = (): string => join(scratch.path, 'etc', 'peal.json');

function write(path: string, value: unknown): void {
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value), { mode: 0o644 });
}

/** The user of the test plays the administrator. */
function read(uid = process.getuid?.() ?? 0): UpdateSource | null {
  return updateSource({ built: built(), administrator: chosen(), administratorUid: uid }, log);
}

it('looks for nothing where neither build nor administrator names a feed', () => {
  expect(read()).toBeNull();
  write(built(), {});
  expect(read()).toBeNull();
  expect(log.lines).toEqual([]);
});

it('is what the build says, unless an administrator says something else', () => {
  write(built(), { updates: source });
  expect(read()).toEqual(source);
  write(chosen(), {});
  expect(read()).toEqual(source);
  write(chosen(), { updates: other });
  expect(read()).toEqual(other);
  write(chosen(), { updates: false });
  expect(read()).toBeNull();
  expect(log.lines).toEqual([]);
});

it.each<[string, unknown]>([
  ['is no JSON', '{'],
  ['has another shape', { updates: true }],
  ['names a feed without TLS', { updates: { ...source, feed: 'http://peal.example/feed.json' } }],
  ['names no key', { updates: { ...source, keys: [] } }],
  ['has a key of another kind', { updates: { ...source, keys: ['c2hvcnQ='] } }],
  ['says something unknown', { update: false }],
])('switches updates off, and says so, where the administrator’s file %s', (_what, value) => {
  write(built(), { updates: source });
  write(chosen(), value);
  expect(read()).toBeNull();
  expect(log.lines).toHaveLength(1);
});

it.skipIf(process.platform === 'win32').each<[string, () => void]>([
  ['may be written by others', () => chmodSync(chosen(), 0o666)],
  ['may be written by a group', () => chmodSync(chosen(), 0o664)],
  ['lies where others may write', () => chmodSync(join(scratch.path, 'etc'), 0o777)],
  [
    'leads elsewhere',
    () => {
      renameSync(chosen(), `${chosen()}.real`);
      symlinkSync(`${chosen()}.real`, chosen());
    },
  ],
])('does not trust a file that %s', (_what, spoil) => {
  write(chosen(), { updates: source });
  expect(read()).toEqual(source);
  spoil();
  expect(read()).toBeNull();
  expect(log.lines).toHaveLength(1);
});

it('does not trust a file of anybody but the administrator', () => {
  write(chosen(), { updates: source });
  expect(read((process.getuid?.() ?? 0) + 1)).toBeNull();
});

it('lies where only an administrator may write', () => {
  expect(administratorFile('linux', {})).toBe('/etc/peal/peal.json');
  expect(administratorFile('darwin', {})).toBe('/Library/Application Support/Peal/peal.json');
  expect(administratorFile('win32', { CommonProgramFiles: 'C:/Common' })).toMatch(
    /^C:.Common.Peal.peal\.json$/,
  );
});
