/**
 * The server inside the app, in a process of its own, so that a call window never waits for a database. Runs at most
 * once at a time; ends with the app. No handler runs in it when the app is killed, so it stores at every step.
 */
import { type UtilityProcess, utilityProcess } from 'electron';
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from '../clock';
import { type FromEmbedded, type ToEmbedded, parseFromEmbedded } from './embedded-messages';
import { endChild } from './end-child';
import type { Log } from '../log';
import type { EmbeddedOpened, EmbeddedPort, EmbeddedStarted } from '../session/ports';

const startLimitMs = 15_000;
/** The first time, it makes a key. */
const openLimitMs = 10_000;

export interface EmbeddedServerOptions {
  /** The built entry. */
  readonly entry: string;
  /** The folder of its database. */
  readonly data: string;
  readonly clock: Clock;
  readonly log: Log;
}

export class EmbeddedServer implements EmbeddedPort {
  readonly #options: EmbeddedServerOptions;
  #process: UtilityProcess | null = null;
  /** Counts starts and stops, so that an overtaken start is recognised. */
  #turn = 0;
  /** A stop under way: the next start must not meet the former server in the database. */
  #stopping: Promise<void> | null = null;
  #opening: Promise<Result<EmbeddedOpened, 'embedded-failed'>> | null = null;

  constructor(options: EmbeddedServerOptions) {
    this.#options = options;
  }

  async start(
    name: string,
    onExit: () => void,
  ): Promise<Result<EmbeddedStarted, 'embedded-failed'>> {
    const stopped = this.stop();
    const turn = this.#turn;
    await stopped;
    // A newer stop or start came meanwhile: nobody would own this one.
    if (this.#turn !== turn) return err('embedded-failed');
    const { entry, data, log } = this.#options;
    const child = utilityProcess.fork(entry, [], { serviceName: 'Peal server', stdio: 'inherit' });
    this.#process = child;
    let running = false;
    child.once('exit', (code) => {
      if (this.#process !== child) return;
      this.#process = null;
      log.warn(`embedded server: exit ${code}`);
      if (running) onExit();
    });
    const started = await this.#start(child, { type: 'start', data, name });
    log.info(`embedded server: ${started.ok ? 'started' : 'failed'}`);
    // It may have ended between its word and ours.
    if (started.ok && this.#process !== child) return err('embedded-failed');
    running = started.ok;
    if (!started.ok) child.kill();
    return started;
  }

  /** One question at a time: a second one shares the answer of the first. */
  open(): Promise<Result<EmbeddedOpened, 'embedded-failed'>> {
    const child = this.#process;
    if (!child) return Promise.resolve(err('embedded-failed'));
    this.#opening ??= this.#open(child).finally(() => (this.#opening = null));
    return this.#opening;
  }

  stop(): Promise<void> {
    this.#turn += 1;
    const child = this.#process;
    this.#process = null;
    if (child) {
      const stopping = this.#end(child).finally(() => {
        if (this.#stopping === stopping) this.#stopping = null;
      });
      this.#stopping = stopping;
    }
    return this.#stopping ?? Promise.resolve();
  }

  async #end(child: UtilityProcess): Promise<void> {
    const { clock, log } = this.#options;
    if (!(await endChild(child, clock))) log.error('embedded server: cannot be ended');
  }

  async #open(child: UtilityProcess): Promise<Result<EmbeddedOpened, 'embedded-failed'>> {
    const answer = this.#nextMessage(child, openLimitMs);
    child.postMessage({ type: 'open' } satisfies ToEmbedded);
    const message = await answer;
    if (message?.type !== 'opened') return this.#failed('open', message);
    this.#options.log.info('embedded server: open to the network');
    return ok({ port: message.port, keyHash: message.keyHash });
  }

  async #start(
    child: UtilityProcess,
    start: ToEmbedded,
  ): Promise<Result<EmbeddedStarted, 'embedded-failed'>> {
    const answer = this.#nextMessage(child, startLimitMs);
    child.once('spawn', () => child.postMessage(start));
    const message = await answer;
    if (message?.type === 'started') {
      const { url, userId, appToken, echoToken } = message;
      return ok({ url, userId, appToken, echoToken });
    }
    return this.#failed('start', message);
  }

  #failed(what: string, message: FromEmbedded | null): Result<never, 'embedded-failed'> {
    const why = message && 'message' in message ? message.message : 'no answer';
    this.#options.log.error(`embedded server: ${what}: ${why}`);
    return err('embedded-failed');
  }

  /** Null: none in time, one that cannot be read, or the end of the process. */
  #nextMessage(child: UtilityProcess, limitMs: number): Promise<FromEmbedded | null> {
    return new Promise((resolve) => {
      const settle = (message: FromEmbedded | null): void => {
        cancel();
        child.removeListener('exit', handleExit);
        child.removeListener('message', handleMessage);
        resolve(message);
      };
      const handleExit = (): void => settle(null);
      const handleMessage = (message: unknown): void => settle(parseFromEmbedded(message));
      const cancel = this.#options.clock.after(limitMs, handleExit);
      child.once('exit', handleExit);
      child.once('message', handleMessage);
    });
  }
}
