/** Commands that are on their way at the same moment reach decide() in some order: here in every order. */
import { describe, expect, it } from 'vitest';
import { endReasonFor } from '#protocol/end-reason-for';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import type { CallCommand } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import {
  anna,
  bao,
  baoTwo,
  leg,
  reasons,
  ringing,
  startCommand,
  t0,
  world,
} from '../../../support/calls';

const oneAnswers = { type: 'claim', ...bao } as const;
const twoAnswers = { type: 'claim', ...baoTwo } as const;
const annaCancels = { type: 'leave', ...anna, why: 'hangup' } as const;
const baoDeclines = { type: 'leave', ...bao, why: 'hangup' } as const;
const timeIsUp = { type: 'deadline' } as const;

/** All orders of the commands. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

interface Outcome {
  readonly call: CallState;
  /** The devices whose claim was accepted. */
  readonly winners: readonly string[];
}

/** The very moment at which the ring's time is up. */
const at = t0 + 60_000;

function play(commands: readonly CallCommand[]): Outcome {
  let call = ringing();
  const winners: string[] = [];
  for (const command of commands) {
    const decision = decide(world(call), command, at);
    if (!decision.ok) continue;
    if (command.type === 'claim') winners.push(command.deviceId);
    call = decision.call;
  }
  return { call, winners };
}

const views = (call: CallState) =>
  [anna, bao, baoTwo].map((viewer) => endReasonFor(toSnapshot(call), viewer));

const named = (commands: readonly CallCommand[]): string =>
  commands.map((one) => ('deviceId' in one ? `${one.deviceId} ${one.type}` : one.type)).join(', ');

describe('commands of the same moment', () => {
  const claims = orders([oneAnswers, twoAnswers]).map((list) => [named(list), list] as const);

  it.each(claims)('[CR20] have one winner among two claims: %s', (_order, commands) => {
    const { call, winners } = play(commands);
    expect(winners).toEqual([commands[0]?.deviceId]);
    expect(leg(call, 'bao')).toMatchObject({ state: 'claimed', deviceId: winners[0] });
    expect(views(call)).toEqual([
      null,
      winners[0] === 'bao-1' ? null : 101,
      winners[0] === 'bao-2' ? null : 101,
    ]);
  });

  const all = orders([oneAnswers, twoAnswers, annaCancels, baoDeclines, timeIsUp]);

  it('[CR51] end with one reason each that fits what came first, in all of 120 orders', () => {
    expect(all).toHaveLength(120);
    for (const commands of all) {
      const { call, winners } = play(commands);
      expect([named(commands), call.endedAt, winners.length <= 1]).toEqual([
        ...[named(commands), at, true],
      ]);
      expect([named(commands), reasons(call)]).toEqual([named(commands), expected(commands)]);
      expect(call.legs.every((row) => row.state === 'left' && row.cause !== undefined)).toBe(true);
    }
  });

  it('[CR45] never end a call by its ring’s time when the claim came first', () => {
    const { call, winners } = play([oneAnswers, timeIsUp]);
    expect([winners, leg(call, 'bao').state]).toEqual([['bao-1'], 'claimed']);
    expect(reasons(play([timeIsUp, oneAnswers]).call)).toEqual({ anna: 15, bao: 5 });
  });

  it('[CR8] make one call of two, whoever comes first', () => {
    const fromAnna = startCommand();
    const fromBao = startCommand({ ...bao, targetId: 'anna', callId: 'call-2' });
    for (const [first, second] of [
      [fromAnna, fromBao],
      [fromBao, fromAnna],
    ] as const) {
      const older = decide(world(null), first, t0);
      if (!older.ok) throw new Error(older.error);
      const merged = decide(world(null, [older.call]), second, t0);
      expect(merged).toMatchObject({ ok: true, call: { callId: first.callId, revision: 2 } });
      if (merged.ok)
        expect(merged.call.legs.map(({ state }) => state)).toEqual(['joined', 'joined']);
    }
  });
});

/**
 * Told again without states: the first command that ends or answers decides. After an answer only its own device, the
 * other person and no time limit can end the call.
 */
function expected(commands: readonly CallCommand[]): Record<string, number> {
  const [first, ...rest] = commands;
  if (first === annaCancels) return { anna: 1, bao: 11 };
  if (first === baoDeclines) return { anna: 12, bao: 2 };
  if (first === timeIsUp) return { anna: 15, bao: 5 };
  const mayHangUp = first === oneAnswers ? [annaCancels, baoDeclines] : [annaCancels];
  const ending = rest.find((one) => mayHangUp.some((may) => may === one));
  return ending === annaCancels ? { anna: 1, bao: 11 } : { anna: 13, bao: 3 };
}
