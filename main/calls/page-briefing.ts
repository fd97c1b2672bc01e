/**
 * What the pages of call windows have been told. A page says when it is ready; until then it is told nothing. What it
 * gets is derived from its window's purpose, so a page that becomes ready late gets the present, not a replay.
 */
import type { CallAssignment } from '#common/ipc';
import type { UserProfile } from '#protocol/messages';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';
import type { MediaState } from './page-reports';
import type { DesktopPort, PeoplePort, WindowId } from './ports';
import { peerIdOf } from './rules/desk-call';
import { isHeldHere } from './rules/wanted';

/** A person to call, as it was clicked. */
export interface PlaceOrder {
  readonly targetId: string;
  readonly mediaType: 1 | 2;
  /** The call this user has on another device ends for it. */
  readonly switchHere: boolean;
}

export type Purpose =
  | { readonly kind: 'warm'; readonly sinceMs: number }
  | ({ readonly kind: 'place' } & PlaceOrder)
  /** `resumes`: the former page of this call had been in it already. */
  | { readonly kind: 'answer'; readonly callId: string; readonly resumes: boolean };

/** The window as the briefing sees it; everything else about it is call-windows.ts's. */
export interface BriefedWindow {
  readonly id: WindowId;
  readonly purpose: Purpose;
  readonly callId: string | null;
  ready: boolean;
  /** Set while the other person's name is looked up, and for ever once the page has its assignment. */
  assigned: 'no' | 'asking' | 'yes';
  acceptedSent: boolean;
  sentRevision: number;
}

/** A page that was just loaded knows nothing. */
export const untold = {
  ready: false,
  assigned: 'no',
  acceptedSent: false,
  sentRevision: 0,
} as const;

export interface PageBriefingOptions {
  readonly desktop: DesktopPort;
  readonly people: PeoplePort;
  readonly self: UserProfile;
  readonly viewer: Viewer;
  readonly callOf: (callId: string) => CallSnapshot | undefined;
  readonly mediaOf: (call: CallSnapshot) => MediaState;
}

export class PageBriefing {
  readonly #options: PageBriefingOptions;

  constructor(options: PageBriefingOptions) {
    this.#options = options;
  }

  /** Tells the page what it does not know yet. */
  update(window: BriefedWindow): void {
    if (!window.ready || window.purpose.kind === 'warm') return;
    if (window.assigned === 'no') void this.#assign(window);
    else if (window.assigned === 'yes') this.#tell(window);
  }

  async #assign(window: BriefedWindow): Promise<void> {
    const { desktop, people, self, viewer } = this.#options;
    window.assigned = 'asking';
    const peer = await people.find(this.#peerId(window));
    // The page was loaded anew meanwhile: that one has its own question under way.
    if (!isAsking(window)) return;
    const what = this.#purposeNow(window);
    window.assigned = 'yes';
    if (!what) return;
    desktop.pushAssigned(window.id, { self, deviceId: viewer.deviceId, peer, ...what });
    this.#tell(window);
  }

  #peerId({ purpose, callId }: BriefedWindow): string {
    if (purpose.kind === 'place') return purpose.targetId;
    const call = callId === null ? undefined : this.#options.callOf(callId);
    return call ? peerIdOf(call, this.#options.viewer) : this.#options.self.userId;
  }

  #purposeNow(window: BriefedWindow): PurposeNow | null {
    const { purpose } = window;
    if (purpose.kind === 'place') {
      return { purpose: 'place', targetId: purpose.targetId, mediaType: purpose.mediaType };
    }
    const call = window.callId === null ? undefined : this.#options.callOf(window.callId);
    if (!call) return null;
    window.sentRevision = call.revision;
    window.acceptedSent = isHeldHere(call, this.#options.viewer);
    const resumes = purpose.kind === 'answer' && purpose.resumes && window.acceptedSent;
    return {
      purpose: 'answer',
      call,
      accepted: window.acceptedSent,
      ...(resumes ? { resume: this.#options.mediaOf(call) } : {}),
    };
  }

  #tell(window: BriefedWindow): void {
    const call = window.callId === null ? undefined : this.#options.callOf(window.callId);
    if (!call) return;
    const { desktop, viewer } = this.#options;
    if (call.revision > window.sentRevision) {
      window.sentRevision = call.revision;
      desktop.pushSnapshot(window.id, call);
    }
    const accepted = window.purpose.kind === 'answer' && isHeldHere(call, viewer);
    if (accepted && !window.acceptedSent) {
      window.acceptedSent = true;
      desktop.pushAccepted(window.id, call.callId);
    }
  }
}

type Assigned<P extends CallAssignment['purpose']> = Omit<
  Extract<CallAssignment, { purpose: P }>,
  'self' | 'deviceId' | 'peer'
>;
type PurposeNow = Assigned<'place'> | Assigned<'answer'>;

function isAsking(window: BriefedWindow): boolean {
  return window.assigned === 'asking';
}
