/** The program inside the app, and what it says to main as main reads it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type FromEmbedded,
  type ToEmbedded,
  parseFromEmbedded,
} from '#main/embedded/embedded-messages';
import { makeScratchDir, repositoryRoot } from '../../support/scratch';
import { certificateAt } from '../../support/tls';

const scratch = makeScratchDir('embedded');
let program = '';
let child: ChildProcess;

beforeAll(async () => {
  await build({
    configFile: false,
    root: repositoryRoot,
    logLevel: 'error',
    build: {
      ssr: 'server/embedded.ts',
      outDir: join(scratch.path, 'out'),
      target: 'node20.18',
      rolldownOptions: { external: ['libsql', '@node-rs/argon2', 'pg'] },
    },
  });
  program = join(scratch.path, 'out/embedded.js');
});
afterEach(() => child.kill('SIGKILL'));
afterAll(() => scratch.close());

function begin(): void {
  const parentPort = join(repositoryRoot, 'tests/support/parent-port.mjs');
  child = fork(program, { execArgv: ['--import', parentPort] });
}

/** The next thing it says, if main can read it. */
async function ask(message: ToEmbedded): Promise<FromEmbedded | null> {
  const answer = once(child, 'message') as Promise<unknown[]>;
  child.send(message);
  return parseFromEmbedded((await answer)[0]);
}

describe('the embedded server', () => {
  it('starts, opens and stops when it is told, and is open at the next start', async () => {
    const start = { type: 'start', data: join(scratch.path, 'data'), name: 'Anna Li' } as const;
    begin();
    const started = await ask(start);
    expect(started).toMatchObject({ type: 'started', userId: 'anna-li' });
    expect(started).not.toHaveProperty('opened');
    const opened = await ask({ type: 'open' });
    if (opened?.type !== 'opened') throw new Error(`It said ${opened?.type ?? 'nonsense'}.`);
    const { port, keyHash } = opened;
    expect((await certificateAt(port)).keyHash).toBe(keyHash);
    const exited = once(child, 'exit');
    child.send({ type: 'stop' } satisfies ToEmbedded);
    expect(await exited).toEqual([0, null]);

    begin();
    expect(await ask(start)).toMatchObject({ type: 'started', opened: { port, keyHash } });
  });

  it('says why it cannot', async () => {
    begin();
    expect(await ask({ type: 'open' })).toMatchObject({ type: 'open-failed' });
    const start = { type: 'start', data: '/dev/null/none', name: 'Anna' } as const;
    expect(await ask(start)).toMatchObject({ type: 'failed' });
  });
});
