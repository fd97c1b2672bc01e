/** A real PostgreSQL of Debian for tests: an own folder, an own socket, no durability. Its owner stops it. */
import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { waitFor } from './wait';

const run = promisify(execFile);
const bin = '/usr/lib/postgresql/15/bin';

export const hasPostgres = existsSync(join(bin, 'postgres'));

export interface TestPostgres {
  /** An empty database, made anew at each call. */
  makeDatabase(): Promise<string>;
  stop(): Promise<void>;
}

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: then it runs as the user its package made. */
async function findOwner(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  return { uid: uid!, gid: gid! };
}

export async function startPostgres(): Promise<TestPostgres> {
  const owner = await findOwner();
  // Not in the checkout: the other user may not be allowed to look into it, and socket paths are short.
  const folder = mkdtempSync(join(tmpdir(), 'peal-pg-'));
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid!);
  const data = join(folder, 'data');
  const port = await freePort();
  const asOwner = { ...owner, cwd: folder };
  const initdb = ['-D', data, '-U', 'peal', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  await run(join(bin, 'initdb'), initdb, asOwner);
  const quick = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const settings = [...quick, `unix_socket_directories=${folder}`].flatMap((one) => ['-c', one]);
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...settings],
    { ...asOwner, stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const urlOf = (name: string): string => `postgres://peal@127.0.0.1:${String(port)}/${name}`;
  const query = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: urlOf('postgres') });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  await waitFor(
    () =>
      query('select 1').then(
        () => true,
        () => false,
      ),
    {
      what: 'PostgreSQL accepts connections',
      withinMs: 30_000,
    },
  );
  let databases = 0;
  return {
    makeDatabase: async () => {
      databases += 1;
      const name = `peal_${String(databases)}`;
      await query(`create database ${name}`);
      return urlOf(name);
    },
    stop: async () => {
      server.kill('SIGINT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
