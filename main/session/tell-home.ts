import type { PushChannel, Pushes } from '#common/ipc';

/** Tells home something, if it is there. */
export type TellHome = <C extends PushChannel<'home'>>(
  channel: C,
  payload: Pushes['home'][C],
) => void;
