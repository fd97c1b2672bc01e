/**
 * The notifications of the system about calls, one a call: compares what should be there with what was shown. One that
 * tells of a missed call is shown once and stays until the person has dealt with it.
 */
import type { CallGroup } from '#common/ipc';
import type { UserProfile } from '#protocol/messages';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';
import type { CallStore } from './call-store';
import type { DesktopPort } from './ports';
import type { RingReport } from './ring-report';
import { type NoticeKind, wantedNotice } from './rules/notices';
import { shownRings } from './rules/wanted';

/** The card is first on the screen; a card that does not come keeps the notification no longer than this. */
const cardFirstMs = 700;

export interface NoticesOptions {
  readonly store: CallStore;
  readonly viewer: Viewer;
  readonly rings: RingReport;
  readonly desktop: Pick<DesktopPort, 'showNotice' | 'removeNotice' | 'clearNotices'>;
  readonly callerOf: (call: CallSnapshot) => UserProfile;
  readonly groupOf: (call: CallSnapshot) => CallGroup | null;
  /** The server's clock. */
  readonly nowMs: () => number;
}

interface Shown {
  /** Null: it was there once. */
  readonly kind: NoticeKind | null;
  /** As they were shown: the names may come after the ring. */
  readonly names: string;
}

export class Notices {
  readonly #options: NoticesOptions;
  /** What the person was told of each call. */
  readonly #shown = new Map<string, Shown>();
  /** Since when each ring is known here. */
  readonly #ringsSince = new Map<string, number>();

  constructor(options: NoticesOptions) {
    this.#options = options;
  }

  update(): void {
    const { store, viewer } = this.#options;
    const rings = this.#tellableRings();
    for (const entry of store.known()) {
      const { callId } = entry.call;
      const facts = { rings: rings.has(callId), told: this.#shown.has(callId) };
      this.#mend(entry.call, wantedNotice(entry, viewer, facts));
    }
  }

  delete(callId: string): void {
    this.#shown.delete(callId);
    this.#ringsSince.delete(callId);
  }

  /** Nothing of this session stays: the next person at this desk is told no names. */
  stop(): void {
    this.#shown.clear();
    this.#options.desktop.clearNotices();
  }

  #mend(call: CallSnapshot, wanted: NoticeKind | null): void {
    const { desktop, callerOf, groupOf } = this.#options;
    const { callId, mediaType, push } = call;
    const shown = this.#shown.get(callId);
    if (wanted === null) {
      if (shown?.kind !== 'incoming') return;
      this.#shown.set(callId, { ...shown, kind: null });
      desktop.removeNotice(callId);
      return;
    }
    const caller = callerOf(call).name;
    const group = groupOf(call);
    const names = `${caller}\n${group?.name ?? ''}`;
    const isSame = shown?.kind === wanted && (wanted === 'missed' || shown.names === names);
    if (isSame) return;
    this.#shown.set(callId, { kind: wanted, names });
    const words = { ...(group && { group }), ...(push && { push }) };
    desktop.showNotice({ callId, kind: wanted, caller, mediaType, ...words });
  }

  #tellableRings(): ReadonlySet<string> {
    const { store, viewer, rings, nowMs } = this.#options;
    const now = nowMs();
    const ids = shownRings(store.known(), viewer, now).map(({ call }) => call.callId);
    for (const callId of this.#ringsSince.keys()) {
      if (!ids.includes(callId)) this.#ringsSince.delete(callId);
    }
    const isDue = (callId: string): boolean => {
      const since = this.#ringsSince.get(callId) ?? now;
      this.#ringsSince.set(callId, since);
      return rings.isPainted(callId) || now - since >= cardFirstMs;
    };
    return new Set(ids.filter(isDue));
  }
}
