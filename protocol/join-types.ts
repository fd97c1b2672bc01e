import type { JoinType } from './primitives';

/** The documented numbers: what becomes of a call that another device of the user is in. */
export const joinTypes = { kick: 0, refuse: 1, coexist: 2 } as const satisfies Record<
  string,
  JoinType
>;
