/** What a call's set-up is made of, for every contender alike, and how the marks of a call become times. */
import { median } from '../lib/statistics';

/** Where a stage can be seen: on which side, in which page. */
export interface Stage {
  readonly name: string;
  readonly words: string;
  readonly half: 'dial' | 'accept';
  readonly seenAt: readonly { readonly side: 'caller' | 'callee'; readonly page: PageName }[];
}

export type PageName = 'home' | 'incoming' | 'call';

const caller = (page: PageName) => ({ side: 'caller', page }) as const;
const callee = (page: PageName) => ({ side: 'callee', page }) as const;

/** In the order of a call. Sound and picture count when both sides have them. */
export const stages = [
  { name: 'shown', words: 'call window shown', half: 'dial', seenAt: [caller('call')] },
  { name: 'captured', words: 'microphone and camera open', half: 'dial', seenAt: [caller('call')] },
  { name: 'started', words: 'server accepted the start', half: 'dial', seenAt: [caller('call')] },
  { name: 'painted', words: 'popup painted there', half: 'dial', seenAt: [callee('incoming')] },
  { name: 'claimed', words: 'claim confirmed', half: 'accept', seenAt: [callee('call')] },
  { name: 'answering', words: 'call window shown', half: 'accept', seenAt: [callee('call')] },
  { name: 'opened', words: 'microphone and camera open', half: 'accept', seenAt: [callee('call')] },
  { name: 'joined', words: 'joined', half: 'accept', seenAt: [callee('call')] },
  { name: 'offered', words: 'offer sent', half: 'accept', seenAt: [callee('call')] },
  {
    name: 'sound',
    words: 'first sound, both sides',
    half: 'accept',
    seenAt: [callee('call'), caller('call')],
  },
  {
    name: 'frame',
    words: 'first picture, both sides',
    half: 'accept',
    seenAt: [callee('call'), caller('call')],
  },
] as const satisfies readonly Stage[];

export type StageName = (typeof stages)[number]['name'];

/** Milliseconds from the click that began the half to each stage. */
export type Sample = Readonly<Record<StageName, number>>;

/** The whole set-up without the time in which a person decides: the last stage of each half. */
export const sumOf = (sample: Sample): number => sample.painted + sample.frame;

export const medianOf = (samples: readonly Sample[], stage: StageName): number =>
  median(samples.map((sample) => sample[stage]));
