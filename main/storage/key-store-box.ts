/**
 * Electron's safeStorage as a SecretBox. Where it can only be asked in a way that blocks (older runtimes), Linux asks
 * it in a copy of the app that lives for one question: a locked keyring blocks whoever asks, for ever.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app, safeStorage } from 'electron';
import type { SecretBox } from './key-store';

const helperSwitch = '--peal-key-store';
/** The answer is one line among whatever else the runtime writes. */
const answerMark = 'peal-key-store:';
/** A helper ends itself, whatever became of whoever asked. A little later than anybody waits for it. */
const helperLimitMs = 10_000;

interface Question {
  readonly what: 'encrypt' | 'decrypt';
  readonly text: string;
}

export function createSecretBox(profileFolder: string): SecretBox {
  if (isAsyncThere()) return asyncBox;
  return process.platform === 'linux' ? helperBox(profileFolder) : directBox;
}

function isAsyncThere(): boolean {
  return 'encryptStringAsync' in safeStorage;
}

/** Hiding by a password that is written in Chromium's source is no keeping. Says so without asking any key store. */
function hasRealStore(): boolean {
  if (process.platform !== 'linux') return true;
  return !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

const asyncBox: SecretBox = {
  isThere: async () => hasRealStore() && (await safeStorage.isAsyncEncryptionAvailable()),
  encrypt: async (text) => (await safeStorage.encryptStringAsync(text)).toString('base64'),
  decrypt: async (text) =>
    (await safeStorage.decryptStringAsync(Buffer.from(text, 'base64'))).result,
};

const directBox: SecretBox = {
  isThere: () => Promise.resolve(hasRealStore()),
  encrypt: (text) => Promise.resolve().then(() => answerHere({ what: 'encrypt', text })),
  decrypt: (text) => Promise.resolve().then(() => answerHere({ what: 'decrypt', text })),
};

function helperBox(profileFolder: string): SecretBox {
  const ask = (question: Question): Promise<string> => askHelper(question, profileFolder);
  return {
    isThere: () => Promise.resolve(hasRealStore()),
    encrypt: (text) => ask({ what: 'encrypt', text }),
    decrypt: (text) => ask({ what: 'decrypt', text }),
  };
}

/** Blocks until the key store answers. */
function answerHere({ what, text }: Question): string {
  /* eslint-disable @typescript-eslint/no-deprecated -- the older runtime has nothing else */
  return what === 'encrypt'
    ? safeStorage.encryptString(text).toString('base64')
    : safeStorage.decryptString(Buffer.from(text, 'base64'));
  /* eslint-enable @typescript-eslint/no-deprecated */
}

// ---- the copy that asks

/** Secrets go through its standard input and output, never over its command line, which everybody may read. */
function askHelper(question: Question, profileFolder: string): Promise<string> {
  const args = [
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    helperSwitch,
    `--user-data-dir=${join(profileFolder, 'key-store')}`,
    ...['no-sandbox', 'password-store'].flatMap(passedOn),
  ];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    child.once('close', () => {
      process.removeListener('exit', end);
      const line = output.split('\n').find((each) => each.startsWith(answerMark));
      if (line === undefined) reject(new Error('no answer'));
      else resolve(line.slice(answerMark.length));
    });
    // A helper that could not start closes its end: what is written then is nobody's.
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(question));
  });
}

function passedOn(name: string): string[] {
  if (!app.commandLine.hasSwitch(name)) return [];
  const value = app.commandLine.getSwitchValue(name);
  return [value === '' ? `--${name}` : `--${name}=${value}`];
}

/** Whether this process is such a copy. */
export function isKeyStoreHelper(argv: readonly string[]): boolean {
  return argv.includes(helperSwitch);
}

/** Answers one question and ends. Without an answer nothing is said. */
export async function runKeyStoreHelper(): Promise<void> {
  app.disableHardwareAcceleration();
  // In a thread of its own, since this one may soon stand still.
  new Worker(`setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${helperLimitMs})`, {
    eval: true,
  });
  let input = '';
  for await (const chunk of process.stdin) input += String(chunk);
  await app.whenReady();
  try {
    const question = JSON.parse(input) as Question;
    const answer = answerHere(question);
    process.stdout.write(`${answerMark}${answer}\n`, () => app.exit(0));
  } catch {
    app.exit(1);
  }
}
