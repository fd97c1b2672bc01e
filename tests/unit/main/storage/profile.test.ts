import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '#protocol/result';
import { openProfile } from '#main/storage/profile';
import { KeptLog } from '../silent-log';

const account = {
  server: 'peal.example.com',
  url: 'wss://peal.example.com/ws',
  self: { userId: 'anna', name: 'Anna' },
  tokens: { access: 'a', accessExpiresAt: 1, refresh: 'r' },
};

let folder: string;
let log: KeptLog;

beforeEach(() => {
  const parent = resolve(import.meta.dirname, '../../../../.tmp/mainroom');
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(join(parent, 'profile-'));
  log = new KeptLog();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keyStore = { encrypt: () => Promise.resolve(null), decrypt: () => Promise.resolve(null) };
const open = (at = folder, id = 'made-id') =>
  openProfile({ folder: at, keyStore, newId: () => id, log });

describe('a profile', () => {
  it('makes its device id once', () => {
    expect(open().settings.value).toEqual({ deviceId: 'made-id', server: '' });
    expect(open(folder, 'other').settings.value.deviceId).toBe('made-id');
    expect(log.lines).toEqual([]);
  });

  it('keeps settings and leaves no temporary file', () => {
    open().settings.update({ server: 'localhost:4000' });
    expect(open().settings.value.server).toBe('localhost:4000');
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('lets only this user read the tokens, whatever the file was before', async () => {
    writeFileSync(join(folder, 'account.json.tmp'), 'old', { mode: 0o666 });
    writeFileSync(join(folder, 'account.json'), '{}', { mode: 0o666 });
    const { account: kept } = open();
    kept.save(account);
    await kept.settled();
    expect(statSync(join(folder, 'account.json')).mode & 0o777).toBe(0o600);
    expect(await open().account.load()).toEqual(ok(account));
  });

  it('forgets the account, also one that is still on its way to the disk', async () => {
    const profile = open();
    profile.account.save(account);
    profile.account.clear();
    await profile.account.settled();
    expect(profile.account.load()).toBeNull();
  });

  it.each(['', '{', '{"deviceId":7}', '[]', 'null'])(
    'starts anew with a warning when settings are %j',
    (text) => {
      writeFileSync(join(folder, 'settings.json'), text);
      expect(open().settings.value.deviceId).toBe('made-id');
      expect(log.lines).toHaveLength(1);
      expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toContain('made-id');
    },
  );

  it.each([
    { x: 1e300, y: 0, width: 800, height: 600 },
    { x: 0, y: 0, width: 0, height: 600 },
    { x: 0, y: 0, width: 800, height: 4_294_967_296 },
    { x: 0.5, y: 0, width: 800, height: 600 },
  ])('starts anew when home would have been at $x, $y, $width wide and $height high', (home) => {
    writeFileSync(
      join(folder, 'settings.json'),
      JSON.stringify({ deviceId: 'stored', server: '', home }),
    );
    expect(open().settings.value).toEqual({ deviceId: 'made-id', server: '' });
    expect(log.lines).toHaveLength(1);
  });

  it('never writes what a broken account holds into the log', () => {
    writeFileSync(join(folder, 'account.json'), '{"tokens":{"access":"secret-token');
    expect(open().account.load()).toBeNull();
    expect(log.lines.join()).toContain('account.json');
    expect(log.lines.join()).not.toContain('secret');
  });

  it('reports a disk that cannot be written and goes on', async () => {
    const profile = open(join(folder, 'settings.json', 'no-folder'), 'id');
    writeFileSync(join(folder, 'blocked'), '');
    expect(profile.settings.value.deviceId).toBe('id');
    const blocked = open(join(folder, 'blocked'), 'id');
    blocked.account.save(account);
    await blocked.account.settled();
    expect(log.lines.some((line) => line.startsWith('error storage'))).toBe(true);
  });
});
