import { randomBytes } from 'node:crypto';

/** Time from outside, so that tests own it. */
export interface Clock {
  /** Wall clock, ms since 1970: what calls, tokens and records are stamped with. */
  now(): number;
  /** Never jumps: what rates and silences are measured with. */
  monotonic(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** Makes ids of calls and legs: 128 random bits, safe in urls and file names. */
export type MakeId = () => string;

export const randomId: MakeId = () => randomBytes(16).toString('base64url');
