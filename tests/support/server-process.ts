/**
 * The server as a program of its own, so that it can be killed as a power cut would kill it, and started again on the
 * same port and the same data. What it stored is read past it, from its database file.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import type { CallRecord } from '#protocol/messages';
import { fillWithAccounts, serverProgram } from './accounts';
import { run, startChild, type Child } from './child';
import { building, type Cleanup } from './cleanup';
import { anna, bao, type Person } from './people';
import { makeScratchDir } from './scratch';
import { waitFor } from './wait';

export interface ServerProcessOptions {
  readonly people?: readonly Person[];
  /** The admin's configuration file (docs/server.md). */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** How a call ended for somebody: what the server wrote into the history. */
export interface StoredEnding {
  readonly userId: string;
  readonly endReason: number;
  readonly direction: CallRecord['direction'];
  readonly seen: boolean;
}

export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  /** The end of the process at once, without a word. */
  kill(): Promise<void>;
  /** Starts it again where it was. */
  start(): Promise<void>;
  /** Runs the admin's program on the same data and gives what it printed. */
  admin(...args: readonly string[]): Promise<string>;
  /** The newest call's records, by user; waits until a call has ended for `users` people since they were forgotten. */
  endings(users?: number): Promise<readonly StoredEnding[]>;
  /** Of the same call, the end reasons by user. */
  reasons(users?: number): Promise<Readonly<Record<string, number>>>;
  /** What has ended so far is no news to endings() any more. */
  forgetEndings(): void;
  /** How many calls have ever ended here. */
  endedCalls(): number;
  close(): Promise<void>;
}

export async function startServerProcess(
  options: ServerProcessOptions = {},
): Promise<ServerProcess> {
  return building(async (cleanup) => {
    const data = cleanup.own(makeScratchDir('server')).path;
    await fillWithAccounts(data, options.people ?? [anna, bao]);
    const file = join(data, 'config.json');
    writeFileSync(file, JSON.stringify({ ...options.config, data }));
    const server = new RunningServerProcess(data, file, cleanup);
    await server.start();
    return server;
  });
}

class RunningServerProcess implements ServerProcess {
  port = 0;
  private child: Child | undefined;
  private readonly forgotten = new Set<string>();

  constructor(
    private readonly data: string,
    private readonly configFile: string,
    private readonly cleanup: Cleanup,
  ) {
    cleanup.add(() => this.child?.close());
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const args = ['--port', String(this.port), '--config', this.configFile];
    this.child = startChild(process.execPath, [serverProgram, ...args]);
    this.port = Number(await this.child.firstMatch(/"server started".*"port":(\d+)/));
  }

  async kill(): Promise<void> {
    this.child?.signal('SIGKILL');
    await this.child?.exited;
  }

  admin(...args: readonly string[]): Promise<string> {
    return run(process.execPath, [serverProgram, ...args, '--data', this.data]);
  }

  endings(users = 2): Promise<readonly StoredEnding[]> {
    const find = (): readonly StoredEnding[] | undefined => {
      const records = readRecords(this.data);
      const newest = newestCall(records.filter(({ callId }) => !this.forgotten.has(callId)));
      return newest.length >= users ? newest : undefined;
    };
    return waitFor(find, { what: `the records of ${users} people`, withinMs: 10_000 });
  }

  async reasons(users?: number): Promise<Readonly<Record<string, number>>> {
    const endings = await this.endings(users);
    return Object.fromEntries(endings.map(({ userId, endReason }) => [userId, endReason]));
  }

  forgetEndings(): void {
    for (const { callId } of readRecords(this.data)) this.forgotten.add(callId);
  }

  endedCalls(): number {
    return new Set(readRecords(this.data).map(({ callId }) => callId)).size;
  }

  close(): Promise<void> {
    return this.cleanup.close();
  }
}

type StoredRecord = StoredEnding & { readonly callId: string; readonly createdAt: number };

/** Straight from the file, past the server. */
export function readRecords(dataFolder: string): readonly StoredRecord[] {
  const database = new Database(join(dataFolder, 'peal.db'), { readonly: true });
  try {
    const rows = database
      .prepare('select user_id, seen, data from records order by created_at')
      .all() as readonly { user_id: string; seen: number; data: string }[];
    return rows.map(({ user_id: userId, seen, data }) => ({
      ...(JSON.parse(data) as Omit<StoredRecord, 'userId' | 'seen'>),
      userId,
      seen: seen === 1,
    }));
  } finally {
    database.close();
  }
}

/** Those of the call that began last, by user. */
function newestCall(records: readonly StoredRecord[]): readonly StoredEnding[] {
  const newest = records.at(-1)?.callId;
  return records
    .filter(({ callId }) => callId === newest)
    .map(({ userId, endReason, direction, seen }) => ({ userId, endReason, direction, seen }))
    .toSorted((a, b) => a.userId.localeCompare(b.userId));
}
