/**
 * When the window learns whose call it is, the microphone is to be opened and the window to be drawn for the first time.
 * Each takes as long as the other, and the microphone needs no page for it: it goes first.
 */
import type { CallPorts } from './ports';
import { type CallView, emptyView } from './call-view';

type Show = (view: CallView) => void;

/** The same, but for the first view of a call: it is shown as soon as whatever else the page does now is done. */
export function firstLookLater(show: Show, after: CallPorts['after']): Show {
  let newest = emptyView;
  let isDue = false;
  return (view) => {
    const isFirst = newest.phase === 'waiting' && view.phase !== 'waiting';
    newest = view;
    if (!isFirst && !isDue) show(view);
    if (!isFirst) return;
    isDue = true;
    after(0, () => {
      isDue = false;
      show(newest);
    });
  };
}
