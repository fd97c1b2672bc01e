/**
 * What the pages of call windows have been told. A page says when it is ready; until then it is told nothing. What it
 * gets is derived from its window's purpose, so a page that becomes ready late gets the present, not a replay.
 */
import type { CallAssignment, CallGroup } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import type { UserProfile } from '#protocol/messages';
import type { Result } from '#protocol/result';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';
import type { MediaState } from './page-reports';
import type { DesktopPort, GroupsPort, PeoplePort, WindowId } from './ports';
import { groupOf, peerIdOf } from './rules/desk-call';
import type { PlacePurpose } from './rules/orders';
import { isHeldHere } from './rules/wanted';

export type Purpose =
  | { readonly kind: 'warm'; readonly sinceMs: number }
  | PlacePurpose
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
  readonly groups: GroupsPort;
  readonly self: UserProfile;
  readonly viewer: Viewer;
  readonly callOf: (callId: string) => CallSnapshot | undefined;
  readonly mediaOf: (call: CallSnapshot) => MediaState;
  /** Whether the call of this window may be placed now. */
  readonly mayPlace: (windowId: WindowId) => Result<null, CallProblem>;
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
    const [peer] = await Promise.all([people.find(this.#peerId(window)), this.#findGroup(window)]);
    // The page was loaded anew meanwhile: that one has its own question under way.
    if (!isAsking(window)) return;
    const what = this.#purposeNow(window);
    window.assigned = 'yes';
    if (!what) return;
    const group = this.#groupNow(window);
    const who = { self, deviceId: viewer.deviceId, peer, ...(group && { group }) };
    desktop.pushAssigned(window.id, { ...who, ...what });
    this.#tell(window);
  }

  #peerId({ purpose, callId }: BriefedWindow): string {
    if (purpose.kind === 'place') return purpose.targetId;
    const call = callId === null ? undefined : this.#options.callOf(callId);
    return call ? peerIdOf(call, this.#options.viewer) : this.#options.self.userId;
  }

  async #findGroup({ purpose, callId }: BriefedWindow): Promise<void> {
    const call = callId === null ? undefined : this.#options.callOf(callId);
    const groupId = purpose.kind === 'place-group' ? purpose.groupId : call?.groupId;
    if (groupId) await this.#options.groups.find(groupId);
  }

  #groupNow({ purpose, callId }: BriefedWindow): CallGroup | null {
    const known = (groupId: string) => this.#options.groups.known(groupId);
    const call = callId === null ? undefined : this.#options.callOf(callId);
    if (call) return groupOf(call, known);
    if (purpose.kind !== 'place-group') return null;
    const { groupId } = purpose;
    return { groupId, name: groupId === null ? null : (known(groupId)?.name ?? null) };
  }

  #purposeNow(window: BriefedWindow): PurposeNow | null {
    const { purpose } = window;
    if (purpose.kind === 'place') {
      const { targetId, mediaType } = purpose;
      return { purpose: 'place', targetId, mediaType, may: this.#options.mayPlace(window.id) };
    }
    if (purpose.kind === 'place-group') {
      const { groupId, userIds, mediaType } = purpose;
      const may = this.#options.mayPlace(window.id);
      const group = groupId !== null && { groupId };
      return { purpose: 'place-group', userIds, mediaType, may, ...group };
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
  'self' | 'deviceId' | 'peer' | 'group'
>;
type PurposeNow = Assigned<'place'> | Assigned<'place-group'> | Assigned<'answer'>;

function isAsking(window: BriefedWindow): boolean {
  return window.assigned === 'asking';
}
