/**
 * What each outgoing link may take. Everybody sends a picture of their own to everybody, so both the sending line and
 * the encoder carry one less than there are people, times this. The voice is never off and never waits for a picture:
 * whatever is short is taken from the camera, and the voice gets smaller only where that was measured to keep it whole.
 * What a link and the machine carry comes from pressure.ts.
 */
import type { VoiceForm } from './voice-form';

/** null: as the camera gives it and the browser likes. */
export interface PictureBudget {
  readonly isOn: boolean;
  readonly height: number | null;
  readonly frameRate: number | null;
  /** Bits per second. */
  readonly bitrate: number | null;
}

export interface LinkBudget {
  readonly camera: PictureBudget;
  /** Bits per second; null: as the browser likes, which is 32,000. */
  readonly voiceBitrate: number | null;
  readonly voiceForm: VoiceForm;
}

/** How much a link carries: free – as much as is asked. narrow – a voice and a stamp. voice – nothing but a voice. */
export const linkRooms = ['free', 'narrow', 'voice'] as const;
export type LinkRoom = (typeof linkRooms)[number];

export interface LinkFacts {
  /** The height in pixels at which the other end shows us; 0 where nobody sees us, null where it never said. */
  readonly shownHeight: number | null;
  readonly room: LinkRoom;
  /** It loses packets although it is not full. */
  readonly isLossy: boolean;
}

export interface CallFacts {
  /** Everybody in the call, oneself included. */
  readonly participants: number;
  /** Oneself, now: who speaks gets the quality. */
  readonly isSpeaking: boolean;
  /** How many steps smaller a listener's picture must be because the own processor does not keep up. */
  readonly strain: number;
}

/**
 * The steps, smallest first. Bits per second are chosen for the size, except for the stamp.
 *  - stamp: at a 100 kbit/s uplink 160x120 at 5 frames and 25 kbit/s, with the voice at 16, concealed 0.0 % of the voice
 *    in every window; the browser's own settings 21, 5 and 4 %; 40 kbit/s at 320x240 still 2.3 % in the first seconds.
 *  - small: five people at 320x180 and 15 frames took 1.5 cores, all five on one machine of two.
 *  - large: three at 640x480 and 15 frames took 1.4 cores and every stream kept 14 to 15 frames.
 */
const steps = {
  stamp: { isOn: true, height: 120, frameRate: 5, bitrate: 25_000 },
  small: { isOn: true, height: 180, frameRate: 15, bitrate: 150_000 },
  medium: { isOn: true, height: 360, frameRate: 15, bitrate: 400_000 },
  large: { isOn: true, height: 480, frameRate: 15, bitrate: 800_000 },
  full: { isOn: true, height: null, frameRate: null, bitrate: null },
} as const satisfies Record<string, PictureBudget>;

type Step = keyof typeof steps;
const ladder = ['stamp', 'small', 'medium', 'large', 'full'] as const;

const off: PictureBudget = { isOn: false, height: null, frameRate: null, bitrate: null };

/** With the stamp beside it; alone it would need no such limit, but then the link is already worse than that. */
const narrowVoice = 16_000;

interface Row {
  readonly upTo: number;
  readonly speaking: Step;
  readonly listening: Step;
}

/**
 * One speaker among listeners. Machines do not carry the whole call, but all rows except the last were kept to what
 * one machine of two cores carried for all at once, so a modest laptop has room to spare.
 *  - 3: measured (above). 640x480 for everybody.
 *  - 4 to 6: four at 640x480 filled the two cores and streams fell to between 5 and 20 frames, hence one step less for
 *    who speaks and two for who listens. At five that is 28 million pixels a second, the measured load of three at large.
 *  - beyond: a calculation, no measurement. Eight at 160x90 and 7 frames came out at 2 frames when one machine carried
 *    them all. A speaker sends 1.2 Mbit/s to eight others, a listener 0.2.
 */
const table: readonly Row[] = [
  { upTo: 2, speaking: 'full', listening: 'full' },
  { upTo: 3, speaking: 'large', listening: 'large' },
  { upTo: 6, speaking: 'medium', listening: 'small' },
];
const beyond: Omit<Row, 'upTo'> = { speaking: 'small', listening: 'stamp' };

export function budgetOf(call: CallFacts, link: LinkFacts): LinkBudget {
  const voice = voiceOf(link);
  if (link.room === 'voice' || link.shownHeight === 0) return { camera: off, ...voice };
  if (link.room === 'narrow') return { camera: narrowPicture(call.participants), ...voice };
  const row = table.find(({ upTo }) => call.participants <= upTo) ?? beyond;
  const wished = ladder.indexOf(call.isSpeaking ? row.speaking : row.listening);
  const at = Math.min(Math.max(wished - takenFrom(call), 0), stepThatFills(link.shownHeight));
  return { camera: steps[ladder[at] ?? 'stamp'], ...voice };
}

/** What is too narrow for one link is mostly too narrow for all: they share the stamp's bits. */
function narrowPicture(participants: number): PictureBudget {
  return { ...steps.stamp, bitrate: Math.round(steps.stamp.bitrate / (participants - 1)) };
}

/** A full line that has to carry more loses more, whatever else it loses. */
function voiceOf({ room, isLossy }: LinkFacts): Omit<LinkBudget, 'camera'> {
  if (room !== 'free') return { voiceBitrate: narrowVoice, voiceForm: 'long' };
  return { voiceBitrate: null, voiceForm: isLossy ? 'twice' : 'plain' };
}

/**
 * Who listens gives first, and who speaks is one step behind. Not more than one: strain is what the own machine lacks,
 * only the own pictures relieve it, and a machine that is full ends by breaking the voice. In lines, of four people:
 *
 *   strain      0    1    2    3
 *   speaking  360  360  180  120
 *   listening 180  120  120  120
 */
function takenFrom({ isSpeaking, strain }: CallFacts): number {
  return isSpeaking ? Math.max(strain - 1, 0) : strain;
}

/** The smallest step with as many lines as are shown: more would be thrown away at the other end. */
function stepThatFills(shownHeight: number | null): number {
  const largest = ladder.length - 1;
  if (shownHeight === null) return largest;
  const at = ladder.findIndex((step) => (steps[step].height ?? Infinity) >= shownHeight);
  return at < 0 ? largest : at;
}

/** Nobody has more to give, but for who speaks in a call of two, and there it is one picture. */
export const mostStrain = ladder.length - 1;
