/**
 * The server inside the app, in a process of its own, so that a call window never waits for a database. Runs at most
 * once at a time; ends with the app. No handler runs in it when the app is killed, so it stores at every step.
 */
import { type UtilityProcess, utilityProcess } from 'electron';
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from './clock';
import { type ToEmbedded, parseFromEmbedded } from './embedded-messages';
import type { Log } from './log';
import type { EmbeddedPort, EmbeddedStarted } from './session/session-keeper';

const startLimitMs = 15_000;
const stopLimitMs = 2_000;

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
    const started = await this.#firstMessage(child, { type: 'start', data, name });
    log.info(`embedded server: ${started.ok ? 'started' : 'failed'}`);
    // It may have ended between its word and ours.
    if (started.ok && this.#process !== child) return err('embedded-failed');
    running = started.ok;
    if (!started.ok) child.kill();
    return started;
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
    const exited = new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(stopLimitMs, () => {
        child.kill();
        resolve();
      });
      child.once('exit', () => {
        cancel();
        resolve();
      });
    });
    child.postMessage({ type: 'stop' } satisfies ToEmbedded);
    await exited;
  }

  #firstMessage(
    child: UtilityProcess,
    start: ToEmbedded,
  ): Promise<Result<EmbeddedStarted, 'embedded-failed'>> {
    const { clock, log } = this.#options;
    return new Promise((resolve) => {
      const settle = (answer: Result<EmbeddedStarted, 'embedded-failed'>): void => {
        cancel();
        child.removeListener('exit', handleExit);
        resolve(answer);
      };
      const fail = (why: string): void => {
        log.error(`embedded server: ${why}`);
        settle(err('embedded-failed'));
      };
      const handleExit = (): void => fail('ended while starting');
      const cancel = clock.after(startLimitMs, () => fail('no answer in time'));
      child.once('exit', handleExit);
      child.once('message', (message: unknown) => {
        const parsed = parseFromEmbedded(message);
        if (parsed?.type !== 'started') {
          fail(parsed?.message ?? 'unreadable answer');
          return;
        }
        const { url, userId, appToken } = parsed;
        settle(ok({ url, userId, appToken }));
      });
      child.once('spawn', () => child.postMessage(start));
    });
  }
}
