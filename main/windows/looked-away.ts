/**
 * The person turned to something that is not Peal. Between two windows of ours the focus is nowhere for a moment; only
 * when no window of ours has it after that, somebody has looked away.
 */
import type { Clock } from '../clock';

const settleMs = 200;

export interface FocusPorts {
  readonly clock: Pick<Clock, 'after'>;
  readonly hasFocus: () => boolean;
  readonly onLookedAway: () => void;
}

/** To be called whenever a window of ours loses the focus. */
export function createLookedAway({ clock, hasFocus, onLookedAway }: FocusPorts): () => void {
  let cancel: () => void = () => undefined;
  return () => {
    cancel();
    cancel = clock.after(settleMs, () => {
      if (!hasFocus()) onLookedAway();
    });
  };
}
