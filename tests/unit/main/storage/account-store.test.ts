import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { err, ok } from '#protocol/result';
import { systemClock } from '#main/clock';
import { AccountStore } from '#main/storage/account-store';
import { JsonFile } from '#main/storage/json-file';
import { KeyStore, type SecretBox } from '#main/storage/key-store';
import { AccountFile, type StoredAccount } from '#main/storage/schemas';
import { makeScratchDir, type ScratchDir } from '../../../support/scratch';
import { KeptLog } from '../silent-log';

const account: StoredAccount = {
  ...{ server: 's.example', url: 'wss://s.example/ws', self: { userId: 'anna', name: 'Anna' } },
  tokens: { access: 'secret-access', accessExpiresAt: 9, refresh: 'secret-refresh' },
};
const other = { ...account, tokens: { ...account.tokens, access: 'secret-other' } };

/** A key store of one person: what it wraps, only it unwraps. */
class Box implements SecretBox {
  questions: string[] = [];
  there: () => Promise<boolean> = () => Promise.resolve(true);
  answer: () => Promise<unknown> = () => Promise.resolve();

  isThere(): Promise<boolean> {
    return this.there();
  }

  async encrypt(text: string): Promise<string> {
    this.questions.push('encrypt');
    await this.answer();
    return `wrapped ${text}`;
  }

  async decrypt(text: string): Promise<string> {
    this.questions.push('decrypt');
    await this.answer();
    if (!text.startsWith('wrapped ')) throw new Error('not mine');
    return text.slice('wrapped '.length);
  }
}

const never = (): Promise<never> => new Promise(() => undefined);

let folder: ScratchDir;
let log: KeptLog;
let box: Box;

beforeEach(() => {
  folder = makeScratchDir('account');
  log = new KeptLog();
  box = new Box();
});
afterEach(() => {
  vi.useRealTimers();
  folder.close();
});

const path = (): string => join(folder.path, 'account.json');
const onDisk = (): string => readFileSync(path(), 'utf8');

/** As after a start of the app. */
function open(): AccountStore {
  const file = new JsonFile({ path: path(), schema: AccountFile, mode: 0o600, log });
  return new AccountStore(file, new KeyStore(box, systemClock, log));
}

async function saved(what: StoredAccount = account): Promise<AccountStore> {
  const store = open();
  store.save(what);
  await store.settled();
  return store;
}

describe('with a key store', () => {
  it('no token lies on the disk, and the next start reads them all the same', async () => {
    const store = await saved();
    expect(store.place).toBe('keystore');
    expect(onDisk()).not.toContain('secret');
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    const next = open();
    expect(await next.load()).toEqual(ok(account));
    expect(next.place).toBe('keystore');
  });

  it('it is asked once in a run, and later tokens are on the disk at once', async () => {
    await saved();
    box.questions = [];
    const store = open();
    await store.load();
    store.save(other);
    expect(box.questions).toEqual(['decrypt']);
    expect(onDisk()).not.toContain('secret');
    expect(await open().load()).toEqual(ok(other));
  });

  it('tokens that lay in plain are sealed at the next chance', async () => {
    writeFileSync(path(), JSON.stringify(account));
    const store = open();
    expect(await store.load()).toEqual(ok(account));
    store.save(other);
    await store.settled();
    expect(onDisk()).not.toContain('secret');
  });

  it('whose key is another one now, the sign-in is lost, and the file is kept', async () => {
    await saved();
    const stored = JSON.parse(onDisk()) as { sealed: { key: string } };
    for (const key of ['nonsense', `wrapped ${'A'.repeat(43)}=`]) {
      stored.sealed.key = key;
      writeFileSync(path(), JSON.stringify(stored));
      expect(await open().load()).toEqual(err('secret-lost'));
    }
    expect(onDisk()).toContain('sealed');
  });

  it('what somebody changed in the sealed text is noticed', async () => {
    await saved();
    const stored = JSON.parse(onDisk()) as { sealed: { text: string } };
    const { text } = stored.sealed;
    for (const changed of ['', 'AAAA', text.slice(0, -8), `${text.slice(0, -8)}AAAAAAA=`]) {
      stored.sealed.text = changed;
      writeFileSync(path(), JSON.stringify(stored));
      expect(await open().load()).toEqual(err('secret-lost'));
    }
  });

  it('that has not answered yet, the sign-in is on the disk all the same, for this user only, and sealed then', async () => {
    let answer: () => void = () => undefined;
    box.answer = () => new Promise<void>((resolve) => (answer = resolve));
    const store = open();
    store.save(account);
    expect(await open().load()).toEqual(ok(account));
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    store.save(other);
    expect(await open().load()).toEqual(ok(other));
    await vi.waitFor(() => expect(box.questions).toEqual(['encrypt']));
    answer();
    await store.settled();
    expect(onDisk()).not.toContain('secret');
    box.answer = () => Promise.resolve();
    expect(await open().load()).toEqual(ok(other));
  });

  it('that answers late does not bring back who was signed in before', async () => {
    await saved();
    let answer: () => void = () => undefined;
    box.answer = () => new Promise<void>((resolve) => (answer = resolve));
    const store = open();
    const loading = store.load();
    await vi.waitFor(() => expect(box.questions).toContain('decrypt'));
    const opened = answer;
    store.save(other);
    opened();
    await loading;
    expect(store.current).toEqual(other);
    await vi.waitFor(() => expect(box.questions.at(-1)).toBe('encrypt'));
    answer();
    await store.settled();
    box.answer = () => Promise.resolve();
    expect(await open().load()).toEqual(ok(other));
  });

  it('that is locked, nobody waits longer than the limit: the file it is, with one warning', async () => {
    vi.useFakeTimers();
    box.answer = never;
    const store = open();
    store.save(account);
    await vi.advanceTimersByTimeAsync(8_000);
    await store.settled();
    expect(store.place).toBe('file');
    expect(onDisk()).toContain('secret-access');
    store.save(other);
    expect(onDisk()).toContain('secret-other');
    expect(log.lines).toEqual(['warn key store: cannot keep the sign-in (late)']);
  });

  it('that is locked at the start, the sign-in waits in the file for the next one', async () => {
    await saved();
    vi.useFakeTimers();
    box.answer = never;
    const loading = open().load();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await loading).toEqual(err('secret-lost'));
    box.answer = () => Promise.resolve();
    expect(await open().load()).toEqual(ok(account));
  });
});

describe('without a key store', () => {
  it.each([
    ['that is real', () => Promise.resolve(false), 0],
    ['that says whether it is there', never, 1],
    ['that does not fail', () => Promise.reject(new Error('no bus')), 1],
  ])('%s, the tokens lie in a file for this user only', async (_what, there, warnings) => {
    vi.useFakeTimers();
    box.there = there;
    const store = open();
    store.save(account);
    await vi.advanceTimersByTimeAsync(8_000);
    await store.settled();
    expect(store.place).toBe('file');
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(await open().load()).toEqual(ok(account));
    expect(box.questions).toEqual([]);
    expect(log.lines).toHaveLength(warnings);
  });
});

it('a sign-out while the key store is asked leaves nothing on the disk', async () => {
  let answer: () => void = () => undefined;
  box.answer = () => new Promise<void>((resolve) => (answer = resolve));
  const store = open();
  store.save(account);
  await vi.waitFor(() => expect(box.questions).toEqual(['encrypt']));
  store.clear();
  answer();
  await store.settled();
  expect(open().load()).toBeNull();
});
