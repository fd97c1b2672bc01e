/**
 * What an admin sees of live calls, and putting somebody out of one. It works on the database alone, also from another
 * process: a removal makes the leg due at once, and the server that runs finds it within a second like every other
 * time limit.
 */
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from '../clock';
import type { CallStore } from '../store/store';
import type { CallState } from './rules/call-state';
import type { CallTimes } from './rules/command';
import { decide } from './rules/decide';
import { isPresent, legOfUser } from './rules/legs';
import { writeDecision } from './write-decision';

/** ringing – nobody has answered yet. connecting – somebody has. connected – two people or more are in it. */
type CallStage = 'ringing' | 'connecting' | 'connected';

export interface ListedCall {
  readonly callId: string;
  /** Those who are in it or may still come, oldest first. */
  readonly userIds: readonly string[];
  readonly ageMs: number;
  readonly stage: CallStage;
}

/** call-unknown – no such call. not-in-call – the call is over, or the user is not in it (any more). */
export type RemovalProblem = 'call-unknown' | 'not-in-call';

interface CallAdminOptions {
  readonly store: { readonly calls: CallStore };
  readonly clock: Clock;
  readonly times: CallTimes;
}

export class CallAdmin {
  readonly #options: CallAdminOptions;

  constructor(options: CallAdminOptions) {
    this.#options = options;
  }

  /** Unended ones, the oldest first. */
  async list(): Promise<readonly ListedCall[]> {
    const { store, clock } = this.#options;
    const now = clock.now();
    const unended = await store.calls.unended();
    return unended
      .toSorted((one, other) => one.createdAt - other.createdAt)
      .map((call) => ({
        callId: call.callId,
        userIds: [...new Set(call.legs.filter(isPresent).map((leg) => leg.userId))],
        ageMs: Math.max(0, now - call.createdAt),
        stage: stageOf(call),
      }));
  }

  remove(callId: string, userId: string): Promise<Result<null, RemovalProblem>> {
    const { store, clock, times } = this.#options;
    return store.calls.transaction({ callId, userIds: [] }, async (tx) => {
      const { call } = tx.world;
      if (!call) return err('call-unknown');
      const leg = legOfUser(call.legs, userId);
      if (call.endedAt !== undefined || !leg || !isPresent(leg)) return err('not-in-call');
      // Whose devices are there matters to rings only.
      const nobody = { freeUserIds: new Set<string>(), deviceIds: new Map() };
      const world = { ...tx.world, ...nobody, times };
      const decision = decide(world, { type: 'remove', userId }, clock.now());
      if (!decision.ok) return err('not-in-call');
      await writeDecision(tx, decision);
      return ok(null);
    });
  }
}

function stageOf({ legs }: CallState): CallStage {
  if (legs.filter((leg) => leg.state === 'joined').length > 1) return 'connected';
  return legs.some((leg) => leg.state === 'claimed') ? 'connecting' : 'ringing';
}
