/** Who meets in the database, and what a scene of commands that meet is made of. */
import type { CallState, LegRow } from '#server/calls/rules/call-state';
import type { CallCommand, StartCommand } from '#server/calls/rules/command';
import type { CallRules } from '#protocol/messages';
import { type Act, type Outcome, t0 } from './meeting-commands';

/** People and calls of their own for each run, so that one database serves all of them. */
export class Cast {
  readonly #tag: string;

  constructor(run: number) {
    this.#tag = `-${String(run)}`;
  }

  id(name: string): string {
    return `${name}${this.#tag}`;
  }

  device(name: string, place: string) {
    return { userId: this.id(name), deviceId: `${name}-${place}` };
  }

  start(name: string, place: string, target: string, more: Partial<StartCommand> = {}): Act {
    const from = this.device(name, place);
    const command: StartCommand = {
      type: 'start',
      ...{ callId: this.id(`${name}-${target}`), mediaType: 1, targetId: this.id(target) },
      ...{
        callerLegId: this.id(`${name}-${target}-1`),
        calleeLegId: this.id(`${name}-${target}-2`),
      },
      ...from,
      ...more,
    };
    const scope = { callId: null, userIds: [from.userId, this.id(target)] };
    return { name: `${name} ${place} calls ${target}`, scope, command, nowMs: t0 };
  }

  act(name: string, call: string, command: CallCommand, nowMs = t0 + 1_000): Act {
    const userIds = 'userId' in command ? [command.userId] : [];
    return { name, nowMs, command, scope: { callId: this.id(call), userIds } };
  }

  claim(
    place: string,
    call = 'anna-bao',
    more: { joinType?: 0 | 1 | 2; nowMs?: number } = {},
  ): Act {
    const { nowMs, ...said } = more;
    const command = { type: 'claim', ...this.device('bao', place), ...said } as const;
    return this.act(`bao ${place} claims ${call}`, call, command, nowMs);
  }

  join(place: string, call = 'anna-bao'): Act {
    const command = { type: 'join', ...this.device('bao', place) } as const;
    return this.act(`bao ${place} joins ${call}`, call, command);
  }

  /** Of any people; the call is called `<caller>-group`. */
  startGroup(name: string, targets: readonly string[]): Act {
    const callId = this.id(`${name}-group`);
    const userIds = targets.map((target) => this.id(target));
    const command = {
      ...({ type: 'start-group', callId, mediaType: 1, userIds } as const),
      ...{ callerLegId: `${callId}-0`, legIds: userIds.map((userId) => `${callId}-${userId}`) },
      ...this.device(name, 'desk'),
    };
    const scope = { callId: null, userIds: [command.userId, ...userIds] };
    return { name: `${name} calls ${targets.join(' and ')}`, scope, command, nowMs: t0 };
  }

  /** In by the ring there is, and at once. */
  answer(name: string, call: string): Act[] {
    const from = this.device(name, 'desk');
    return [
      this.act(`${name} claims ${call}`, call, { type: 'claim', ...from }),
      this.act(`${name} joins ${call}`, call, { type: 'join', ...from }),
    ];
  }

  ask(how: 'invite' | 'extend', name: string, target: string, call: string): Act {
    const userIds = [this.id(target)];
    const legIds = [this.id(`${name}-asks-${target}`)];
    const command = { type: how, userIds, legIds, ...this.device(name, 'desk') } as const;
    const act = this.act(`${name} asks ${target} (${how})`, call, command);
    return { ...act, scope: { ...act.scope, userIds: [command.userId, ...userIds] } };
  }

  enter(name: string, call: string): Act {
    const command = { type: 'enter', legId: this.id(`${name}-enters`) } as const;
    return this.act(`${name} enters ${call}`, call, { ...command, ...this.device(name, 'desk') });
  }

  leave(name: string, place: string, call = 'anna-bao'): Act {
    const command = { type: 'leave', why: 'hangup', ...this.device(name, place) } as const;
    return this.act(`${name} ${place} leaves ${call}`, call, command);
  }

  deadline(nowMs: number, call = 'anna-bao'): Act {
    return this.act('deadline', call, { type: 'deadline' }, nowMs);
  }

  remove(name: string, call = 'anna-bao'): Act {
    return this.act(`removal of ${name}`, call, { type: 'remove', userId: this.id(name) });
  }
}

/** What is there when all have met. */
export interface After {
  readonly cast: Cast;
  readonly outcomes: readonly Outcome[];
  readonly call: (name: string) => CallState | undefined;
  readonly leg: (call: string, name: string) => LegRow | undefined;
  /** The names of the acts that were accepted. */
  readonly accepted: readonly string[];
  readonly errors: readonly string[];
}

export interface Scene {
  readonly title: string;
  readonly rules?: Readonly<Record<string, Partial<Omit<CallRules, 'blockedUserIds'>>>>;
  readonly before: (cast: Cast) => readonly Act[];
  readonly acts: (cast: Cast) => readonly Act[];
  readonly check: (after: After) => void;
}
