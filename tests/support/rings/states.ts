/** In what state somebody may be rung: how it is entered, and what the bound of the ring is then. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Callee } from './callee';
import type { Caller } from './callers';
import { shuffled, type Random } from './random';

export const stateNames = [
  'hidden',
  'minimised',
  'reconnected',
  'another popup',
  'do not disturb off',
  'starting',
  'half dead',
] as const;
export type StateName = (typeof stateNames)[number];

export interface Scene {
  readonly callee: Callee;
  /** Somebody else than who is going to dial. */
  readonly other: Caller;
  readonly random: Random;
}

export interface Entered {
  /** After the dialling: what has to happen before the card can come; gives when it did. */
  readonly open?: () => Promise<number>;
  readonly leave?: () => Promise<void>;
}

export interface State {
  /** Of twenty calls, so many are in this state. */
  readonly weight: number;
  /**
   * What the time until the card is made of: nothing but the ring; the start of the app; or the three seconds that the
   * server gives a device before it takes its line for dead.
   */
  readonly bound: 'ring' | 'start' | 'probe';
  enter(scene: Scene): Promise<Entered>;
}

/** Within it an app begins, signs in and is ready: anywhere in it somebody may call. */
const startSpanMs = 900;

export const states: Readonly<Record<StateName, State>> = {
  hidden: {
    weight: 4,
    bound: 'ring',
    enter: async ({ callee }) => {
      await callee.hideHome();
      return { leave: () => callee.showHome() };
    },
  },
  minimised: {
    weight: 4,
    bound: 'ring',
    enter: async ({ callee }) => {
      await callee.minimiseHome();
      return { leave: () => callee.showHome() };
    },
  },
  reconnected: {
    weight: 4,
    bound: 'ring',
    enter: async ({ callee }) => {
      await callee.reconnect();
      return {};
    },
  },
  'another popup': {
    weight: 4,
    bound: 'ring',
    enter: async ({ callee, other }) => {
      const first = await other.dial();
      await callee.watch.waitForColour(other.colour, 10_000);
      return { open: () => first.cancel() };
    },
  },
  'do not disturb off': {
    weight: 2,
    bound: 'ring',
    enter: async ({ callee }) => {
      const on = { until: 0, schedule: null, favouritesRing: false };
      await callee.setRules({ doNotDisturb: on });
      await callee.setRules({ doNotDisturb: { ...on, until: null } });
      return {};
    },
  },
  starting: {
    weight: 1,
    bound: 'start',
    enter: async ({ callee, random }) => {
      await callee.desk.endApp();
      const started = callee.desk.start();
      // Told when the state is left; until then the card that does not come is the failure.
      started.catch(() => undefined);
      await delay(random() * startSpanMs);
      return { leave: () => started };
    },
  },
  'half dead': {
    weight: 1,
    bound: 'probe',
    enter: ({ callee }) => {
      callee.line.deaden();
      return Promise.resolve({});
    },
  },
};

const weights = Object.values(states).reduce((sum, { weight }) => sum + weight, 0);

/** The states of so many calls in a random order, each as often as its weight says. */
export function statesOf(calls: number, random: Random): StateName[] {
  const round = stateNames.flatMap((name) => Array<StateName>(states[name].weight).fill(name));
  const rounds = Math.ceil(calls / weights);
  return Array.from({ length: rounds }, () => shuffled(round, random))
    .flat()
    .slice(0, calls);
}
