/** Which sound each ringtone is. Apart from the files, so that rules can be tested without them. */
import type { RingTone } from '#common/settings';
import type { Sound } from './index';

export const ringSounds: Readonly<Record<RingTone, Sound>> = {
  peal: 'ring',
  classic: 'ringClassic',
  marimba: 'ringMarimba',
  soft: 'ringSoft',
  pulse: 'ringPulse',
};

export const ringTones = Object.keys(ringSounds) as readonly RingTone[];

/** So many people may have one of their own; the oldest choices go. */
const mostTones = 200;

/** Null: this person rings as everybody does. */
export function withTone(
  tones: Readonly<Record<string, RingTone>>,
  userId: string,
  tone: RingTone | null,
): Record<string, RingTone> {
  const others = Object.entries(tones).filter(([id]) => id !== userId);
  const all = tone === null ? others : [...others, [userId, tone] as const];
  return Object.fromEntries(all.slice(-mostTones));
}
