/**
 * Programs that tests start. Each one leads its own session (so that all its descendants can be found and ended
 * together), dies with the test process (pdeathsig), and is gone for certain when `close` has returned.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { waitFor, within } from './wait';

const execute = promisify(execFile);

/** Runs a short program to its end and gives its standard output; rejects when it fails or takes over 20 s. */
export async function run(file: string, args: readonly string[], env?: Env): Promise<string> {
  const { stdout } = await execute(file, args, {
    timeout: 20_000,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
  });
  return stdout;
}

export type Env = Readonly<Record<string, string | undefined>>;

export interface ChildOptions {
  readonly env?: Env;
  readonly cwd?: string;
  /** Where to start the program: a network namespace of netns.ts. */
  readonly namespace?: string;
  readonly onStdout?: (chunk: Buffer) => void;
  readonly onStderrLine?: (line: string) => void;
}

export interface Child {
  readonly pid: number;
  /** Everything it wrote to standard error, for error messages. */
  readonly stderr: () => string;
  readonly exited: Promise<number | null>;
  readonly isRunning: () => boolean;
  /** The first capture group of the first match in its standard error or output. */
  firstMatch(pattern: RegExp, withinMs?: number): Promise<string>;
  signal(signal: NodeJS.Signals): void;
  /** Ends it with everything it started: first asks, then kills. */
  close(graceMs?: number): Promise<void>;
}

export function startChild(
  file: string,
  args: readonly string[],
  options: ChildOptions = {},
): Child {
  const inside = options.namespace ? ['ip', 'netns', 'exec', options.namespace] : [];
  // setpriv: a test process that is killed must not leave displays and sound servers behind.
  const command = ['--pdeathsig', 'KILL', ...inside, file, ...args];
  const child = spawn('setpriv', command, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
  });
  return new RunningChild(file, child, options);
}

class RunningChild implements Child {
  readonly pid: number;
  readonly exited: Promise<number | null>;
  private text = '';
  private errors = '';
  private running = true;

  constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
    options: ChildOptions,
  ) {
    this.pid = child.pid ?? 0;
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => (this.errors += String(error)));
      child.once('close', (code) => {
        this.running = false;
        resolve(code);
      });
    });
    this.collect(options);
  }

  private collect({ onStdout, onStderrLine }: ChildOptions): void {
    this.child.stdout?.on('data', (chunk: Buffer) => {
      if (onStdout) onStdout(chunk);
      else this.text += chunk.toString();
    });
    let partial = '';
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
      const lines = (partial + chunk.toString()).split('\n');
      partial = lines.pop() ?? '';
      for (const line of lines) onStderrLine?.(line);
    });
  }

  stderr = (): string => this.errors;
  isRunning = (): boolean => this.running;

  async firstMatch(pattern: RegExp, withinMs = 15_000): Promise<string> {
    const find = (): string | undefined => {
      const match = pattern.exec(this.errors) ?? pattern.exec(this.text);
      if (match) return match[1] ?? match[0];
      if (!this.running) throw new Error(`${this.name} ended early:\n${this.errors}${this.text}`);
      return undefined;
    };
    return waitFor(find, { what: `${this.name} says ${pattern}`, withinMs, everyMs: 10 });
  }

  signal(signal: NodeJS.Signals): void {
    for (const pid of sessionProcesses(this.pid)) tryKill(pid, signal);
  }

  async close(graceMs = 3_000): Promise<void> {
    if (this.running) tryKill(this.pid, 'SIGTERM');
    await within(this.exited, graceMs, this.name).catch(() => undefined);
    this.signal('SIGKILL');
    await waitFor(() => sessionProcesses(this.pid).length === 0, {
      what: `end of all processes of ${this.name}`,
      withinMs: 5_000,
      everyMs: 10,
    });
    await within(this.exited, 5_000, `exit of ${this.name}`);
  }
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The living processes of a session: the leader and whatever descends from it, zombies not counted. */
function sessionProcesses(session: number): number[] {
  return allProcesses().filter((pid) => {
    const stat = readProc(pid, 'stat');
    const [state, , , sid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(sid) === session && state !== 'Z' && state !== 'X';
  });
}

/** The living processes whose command line or environment carries the text. */
export function processesNaming(text: string): number[] {
  return allProcesses().filter(
    (pid) =>
      pid !== process.pid &&
      (readProc(pid, 'cmdline').includes(text) || readProc(pid, 'environ').includes(text)),
  );
}

export function commandLine(pid: number): string {
  return readProc(pid, 'cmdline').replaceAll('\0', ' ');
}

/** In ticks since the machine's start. */
export function startedAt(pid: number): number {
  const stat = readProc(pid, 'stat');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 0);
}

function allProcesses(): number[] {
  return readdirSync('/proc').map(Number).filter(Number.isInteger);
}

/** Empty when the process has ended meanwhile. */
function readProc(pid: number, file: 'stat' | 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
