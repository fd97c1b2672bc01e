/**
 * Whether somebody can see a window, for a page that never sleeps: it is "visible" to itself even when it is minimised.
 * Where the desktop tells nothing, the window counts as seen: a picture too many is better than none.
 */
import type { EventEmitter } from 'node:events';

/** A minimised window may come back maximised. The focus says nothing: it may come to a minimised window, too. */
const sightEvents = ['minimize', 'hide', 'restore', 'show', 'maximize'] as const;

interface SightSource extends Pick<EventEmitter, 'on'> {
  isVisible: () => boolean;
  isMinimized: () => boolean;
}

/** Tells changes only; a window begins as one that is seen. */
export function followSight(window: SightSource, tell: (isSeen: boolean) => void): void {
  let wasSeen = true;
  const look = (): void => {
    const isSeen = window.isVisible() && !window.isMinimized();
    if (isSeen === wasSeen) return;
    wasSeen = isSeen;
    tell(isSeen);
  };
  for (const event of sightEvents) window.on(event, look);
}
