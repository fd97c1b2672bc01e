/** Whatever lies in the profile folder, the app starts, says so in one line, and never takes it for something else. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err, ok } from '#protocol/result';
import { openProfile } from '#main/storage/profile';
import { Settings, AccountFile } from '#main/storage/schemas';
import { secretMark, spoil } from '../../support/junk';
import { type ScratchDir, makeScratchDir } from '../../support/scratch';
import { fits, fitting, unfitting } from '../../support/schema-values';
import { KeptLog } from '../main/silent-log';

let folder: ScratchDir;
let log: KeptLog;

beforeEach(() => {
  folder = makeScratchDir('profile');
  log = new KeptLog();
});
afterEach(() => folder.close());

const keyStore = { encrypt: () => Promise.resolve(null), decrypt: () => Promise.resolve(null) };
const open = () => openProfile({ folder: folder.path, keyStore, newId: () => 'made-id', log });
const settingsFile = () => join(folder.path, 'settings.json');
const accountFile = () => join(folder.path, 'account.json');

/** Contents of a file that once was right, and contents that never were. */
function contents(schema: object): fc.Arbitrary<string | Uint8Array> {
  return fc.oneof(
    { weight: 4, arbitrary: unfitting(schema).map((value) => JSON.stringify(value)) },
    {
      weight: 4,
      arbitrary: fc.tuple(fitting(schema), spoil).map(([value, by]) => by(JSON.stringify(value))),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  );
}

/** The value of a text by its schema, or null. */
function valueIn(content: string | Uint8Array, schema: object): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(content).toString('utf8'));
    return fits(schema, value) ? value : null;
  } catch {
    return null;
  }
}

function expectOneWarning(): void {
  expect(log.lines.filter((line) => line.startsWith('warn storage: '))).toHaveLength(1);
  expect(log.lines).toHaveLength(1);
  expect(log.lines[0]).not.toContain(secretMark);
  log.lines.length = 0;
}

describe('stored files', () => {
  it('are taken for an account only when they are one', async () => {
    const profile = open();
    await fc.assert(
      fc.asyncProperty(contents(AccountFile), async (content) => {
        writeFileSync(accountFile(), content);
        const value = valueIn(content, AccountFile);
        const loaded = await profile.account.load();
        if (value === null) {
          expect(loaded).toBeNull();
          expectOneWarning();
          // No key store here opens what another one sealed.
        } else
          expect(loaded).toEqual('tokens' in (value as object) ? ok(value) : err('secret-lost'));
      }),
      { numRuns: 1_200 },
    );
  }, 30_000);

  it('are taken for settings only when they are some, and are made anew otherwise', () => {
    fc.assert(
      fc.property(contents(Settings), (content) => {
        writeFileSync(settingsFile(), content);
        const value = valueIn(content, Settings);
        expect(open().settings.value).toEqual(value ?? { deviceId: 'made-id', server: '' });
        if (value === null) expectOneWarning();
        expect(valueIn(readFileSync(settingsFile()), Settings)).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  }, 30_000);

  it('are not read when they are huge', () => {
    writeFileSync(settingsFile(), '{}');
    truncateSync(settingsFile(), 64 * 1024 ** 2);
    expect(open().settings.value.deviceId).toBe('made-id');
    expectOneWarning();
  });

  it.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link into nowhere', (path: string) => symlinkSync('/no/such/file', path)],
    ['a link to itself', (path: string) => symlinkSync(path, path)],
    ['a link to an endless device', (path: string) => symlinkSync('/dev/zero', path)],
    ['a pipe that nobody writes to', (path: string) => execFileSync('mkfifo', [path])],
  ])('may be %s', (_what, make) => {
    make(settingsFile());
    make(accountFile());
    const profile = open();
    expect(profile.settings.value.deviceId).toBe('made-id');
    expect(profile.account.load()).toBeNull();
    profile.account.clear();
    expect(log.lines.join('\n')).not.toContain(secretMark);
  });

  it('are replaced, not followed, when they are links', () => {
    const target = join(folder.path, 'target');
    writeFileSync(target, 'untouched');
    symlinkSync(target, settingsFile());
    open().settings.update({ server: 'localhost' });
    expect(readFileSync(target, 'utf8')).toBe('untouched');
    expect(readFileSync(settingsFile(), 'utf8')).toContain('localhost');
    expect(existsSync(`${settingsFile()}.tmp`)).toBe(false);
  });

  it('may lie below a folder that is a file', () => {
    rmSync(folder.path, { recursive: true });
    writeFileSync(folder.path, 'not a folder');
    expect(open().settings.value.deviceId).toBe('made-id');
    expect(open().account.load()).toBeNull();
  });
});
