/** Commands that meet in the database: what somebody does, and what must come of it when they come one by one. */
import type { CallState } from '#server/calls/rules/call-state';
import type { CallCommand, CallTimes, World } from '#server/calls/rules/command';
import { decide } from '#server/calls/rules/decide';
import { writeDecision } from '#server/calls/write-decision';
import type { CallScope, Store } from '#server/store/store';

export const times: CallTimes = {
  ringMs: 60_000,
  joinMs: 15_000,
  graceMs: 30_000,
  lostMs: 600_000,
};

export const t0 = 1_790_000_000_000;

/** One thing somebody does: the command, when, and the users it has to hold. */
export interface Act {
  readonly name: string;
  readonly scope: CallScope;
  readonly command: CallCommand;
  readonly nowMs: number;
}

export interface Outcome {
  readonly name: string;
  readonly error: string | null;
  readonly callId: string | null;
}

type Rules = World['rules'];

/** Everybody has a device to spare: who is busy is decided by their rules. */
const worldOf = (world: Omit<World, 'freeUserIds' | 'deviceIds' | 'times'>): World => ({
  ...world,
  freeUserIds: world.knownUserIds,
  deviceIds: new Map([...world.knownUserIds].map((userId) => [userId, [`${userId}-spare`]])),
  times,
});

/** In one transaction, as the server does it. `inside` is called when everything is written and nothing committed. */
export function perform(
  store: Store,
  act: Act,
  inside: () => Promise<void> = () => Promise.resolve(),
): Promise<Outcome> {
  return store.calls.transaction(act.scope, async (tx) => {
    const decision = decide(worldOf(tx.world), act.command, act.nowMs);
    if (decision.ok) await writeDecision(tx, decision);
    await inside();
    return outcomeOf(act, decision);
  });
}

/** The same acts in this order on a world without a database, and without groups. */
export function performOneByOne(
  acts: readonly Act[],
  userIds: readonly string[],
  rules: Rules,
): { readonly outcomes: readonly Outcome[]; readonly calls: readonly CallState[] } {
  const calls = new Map<string, CallState>();
  const outcomes = acts.map((act) => {
    const call = calls.get(act.scope.callId ?? '') ?? null;
    const concerned = new Set([...act.scope.userIds, ...(call?.legs ?? []).map((l) => l.userId)]);
    const others = [...calls.values()]
      .filter((other) => other.endedAt === undefined && other !== call)
      .filter((other) => other.legs.some((leg) => concerned.has(leg.userId)))
      .toSorted((one, other) => (one.callId < other.callId ? -1 : 1));
    const world = { call, group: null, others, knownUserIds: new Set(userIds), rules };
    const decision = decide(worldOf(world), act.command, act.nowMs);
    if (decision.ok) {
      for (const next of [decision.call, ...(decision.also ?? [])]) calls.set(next.callId, next);
    }
    return outcomeOf(act, decision);
  });
  return { outcomes, calls: [...calls.values()] };
}

function outcomeOf({ name }: Act, decision: ReturnType<typeof decide>): Outcome {
  return decision.ok
    ? { name, error: null, callId: decision.call.callId }
    : { name, error: decision.error, callId: null };
}

/** Shut until it is opened; whoever comes to it waits. */
export class Gate {
  open: () => void = () => undefined;
  /** Resolves when somebody waits. */
  readonly reached: Promise<void>;
  readonly #opened: Promise<void>;
  #arrive: () => void = () => undefined;

  constructor() {
    this.#opened = new Promise((resolve) => (this.open = resolve));
    this.reached = new Promise((resolve) => (this.#arrive = resolve));
  }

  pass(): Promise<void> {
    this.#arrive();
    return this.#opened;
  }
}

export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) =>
    permutations(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  );
}
