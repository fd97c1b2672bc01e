/**
 * Tells the server how it stands at this computer: left alone, or its system says that the user is not to be disturbed.
 * With each sign-in, so that nobody is shown as online who is not, and whenever it changes. A level: what should have been told is compared with what was told, at each look, so that a report that got lost is
 * made up for at the next one.
 */
import type { RequestBody } from '#protocol/messages';
import { attempt } from '../attempt';
import type { SignalingPort } from '../calls/ports';
import type { Clock } from '../clock';
import type { Log } from '../log';

/** How the person is at this computer, as its system says. */
export interface AttentionPort {
  /** Nobody has touched it for as long as the settings say, or its screen is locked. */
  isLeftAlone(): boolean;
  /** Its system shows no notifications. */
  isQuiet(): boolean;
  /** One of them may have changed just now. Returns its stop. */
  onChanged(listener: () => void): () => void;
}

type Report = RequestBody<'presence.report'>;

/** Coming back is seen as soon as that, too. */
const lookEveryMs = 5_000;
/** What the server takes a device for whose sign-in says nothing. */
const unsaid: Report = { isAway: false, isQuiet: false };

export interface PresenceReportOptions {
  readonly signaling: Pick<SignalingPort, 'isOnline' | 'request'>;
  readonly attention: AttentionPort;
  /** Whoever talks is here, whether or not the computer is touched. */
  readonly isInCall: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

export class PresenceReport {
  readonly #options: PresenceReportOptions;
  /** Null: nobody knows what the server has heard. */
  #told: Report | null = null;
  /** What the last sign-in has said. */
  #signedInAs: Report = unsaid;
  #isTelling = false;
  #welcomes = 0;
  #cancelLook: () => void = () => undefined;
  #stopHearing: () => void = () => undefined;
  #isOver = false;

  constructor(options: PresenceReportOptions) {
    this.#options = options;
  }

  /** For a sign-in. Its welcome follows, or another sign-in. */
  atSignIn(): Report {
    this.#signedInAs = unsaid;
    this.#signedInAs = this.#now();
    return this.#signedInAs;
  }

  handleWelcome(): void {
    if (this.#isOver) return;
    this.#welcomes += 1;
    this.#told = this.#signedInAs;
    this.#stopHearing();
    this.#stopHearing = this.#options.attention.onChanged(() => this.#look());
    this.#lookAgain();
    this.#look();
  }

  stop(): void {
    this.#isOver = true;
    this.#cancelLook();
    this.#stopHearing();
  }

  /** The next look is set first: one that fails must not be the last. */
  #lookAgain(): void {
    this.#cancelLook();
    this.#cancelLook = this.#options.clock.after(lookEveryMs, () => {
      this.#lookAgain();
      this.#look();
    });
  }

  #look(): void {
    attempt(this.#options.log, 'presence report', () => void this.#tell(this.#now()));
  }

  #now(): Report {
    const { attention, isInCall } = this.#options;
    return { isAway: !isInCall() && attention.isLeftAlone(), isQuiet: attention.isQuiet() };
  }

  /** One at a time. What changes meanwhile is seen at the next look. */
  async #tell(now: Report): Promise<void> {
    const { signaling } = this.#options;
    if (this.#isOver || this.#isTelling || !signaling.isOnline() || isSame(now, this.#told)) return;
    const welcomes = this.#welcomes;
    this.#isTelling = true;
    const answer = await signaling.request('presence.report', now);
    this.#isTelling = false;
    // Which of two sign-ins a report that took that long has reached, nobody knows.
    this.#told = answer.ok && welcomes === this.#welcomes ? now : null;
  }
}

function isSame(one: Report, other: Report | null): boolean {
  return one.isAway === other?.isAway && one.isQuiet === other.isQuiet;
}
