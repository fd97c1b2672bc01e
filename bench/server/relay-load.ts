/**
 * A closed loop: so many signals are always on their way, and each that arrives sends off the next one, from whichever
 * connection is next in the round. With many connections none of them sends faster than a client may.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { busySeconds, cpuSeconds } from '../lib/machine';
import { waitFor } from '../../tests/support/wait';
import { type Contender, type Member, serverCore } from './contender';

export interface RelaySample {
  readonly perSecond: number;
  /** Processor time of the server for a thousand signals, in milliseconds. */
  readonly cpuMsPerThousand: number;
  /** Share of the server's core that others took. */
  readonly foreign: number;
}

interface Sender {
  readonly member: Member;
  readonly frame: Buffer;
}

/** Who is in a call and silent for longer counts as gone (protocol/limits.ts, heartbeatGraceInCallMs). */
const signOfLifeMs = 2_000;

export class RelayLoad {
  readonly #contender: Contender;
  readonly #senders: Sender[] = [];
  #next = 0;
  #sent = 0;
  #delivered = 0;
  #running = false;
  readonly #signsOfLife: NodeJS.Timeout;

  constructor(contender: Contender) {
    this.#contender = contender;
    this.#signsOfLife = setInterval(() => {
      if (this.#running) return;
      for (let n = 0; n < this.#senders.length; n += 1) this.#send();
    }, signOfLifeMs);
  }

  /** Both send to each other from now on, once the load runs. */
  async add(one: Member, other: Member): Promise<void> {
    const [fromOne, fromOther] = await this.#contender.link(one, other);
    this.#senders.push({ member: one, frame: fromOne }, { member: other, frame: fromOther });
    const { signalPrefix } = this.#contender;
    for (const { socket } of [one, other]) {
      socket.onMessage = (payload) => {
        if (payload.toString('latin1', 0, signalPrefix.length) === signalPrefix) this.#arrived();
      };
    }
  }

  /** Throws when one signal gets lost: then it was no relay, or the load was not what it says. */
  async run(inFlight: number, { warmUpMs, measuredMs }: RunTimes): Promise<RelaySample> {
    await this.#allArrived();
    this.#running = true;
    for (let n = 0; n < inFlight; n += 1) this.#send();
    await delay(warmUpMs);
    const before = this.#reading();
    await delay(measuredMs);
    const after = this.#reading();
    this.#running = false;
    await this.#allArrived();
    const seconds = after.at - before.at;
    const delivered = after.delivered - before.delivered;
    const cpu = after.cpu - before.cpu;
    return {
      perSecond: delivered / seconds,
      cpuMsPerThousand: (cpu * 1_000_000) / delivered,
      foreign: (after.busy - before.busy - cpu) / seconds,
    };
  }

  close(): void {
    clearInterval(this.#signsOfLife);
  }

  #allArrived(): Promise<true> {
    const limits = { withinMs: 10_000, everyMs: 5 };
    return waitFor(() => this.#delivered === this.#sent, {
      what: 'every signal arrives',
      ...limits,
    });
  }

  #reading(): Record<'at' | 'delivered' | 'cpu' | 'busy', number> {
    return {
      at: performance.now() / 1000,
      delivered: this.#delivered,
      cpu: cpuSeconds(this.#contender.pid),
      busy: busySeconds(serverCore),
    };
  }

  #arrived(): void {
    this.#delivered += 1;
    if (this.#running) this.#send();
  }

  #send(): void {
    const sender = this.#senders[this.#next];
    if (!sender) return;
    this.#next = (this.#next + 1) % this.#senders.length;
    this.#sent += 1;
    sender.member.socket.send(sender.frame);
  }
}

export interface RunTimes {
  readonly warmUpMs: number;
  readonly measuredMs: number;
}
