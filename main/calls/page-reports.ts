/** What the pages of call windows say of their media, by call. It outlives a page, so that the next one can go on. */
import type { CallAssignment } from '#common/ipc';
import type { CallSnapshot } from '#protocol/snapshot';

export type MediaState = NonNullable<Extract<CallAssignment, { purpose: 'answer' }>['resume']>;

export class PageReports {
  readonly #liveLegs = new Map<string, readonly string[]>();
  readonly #media = new Map<string, MediaState>();

  noteLinks(callId: string, legIds: readonly string[]): void {
    this.#liveLegs.set(callId, legIds);
  }

  /** Its page is gone, and every link with it. */
  forgetLinks(callId: string): void {
    this.#liveLegs.delete(callId);
  }

  liveLegs(callId: string): readonly string[] {
    return this.#liveLegs.get(callId) ?? [];
  }

  noteMedia(callId: string, state: MediaState): void {
    this.#media.set(callId, state);
  }

  /** As its page said last. */
  isMuted(callId: string): boolean {
    return this.#media.get(callId)?.voiceMuted ?? false;
  }

  /**
   * Of a call of a former run nothing is known, and the person may have been muted in it: it comes back private, so
   * that nobody is heard or seen who did not mean to be.
   */
  comeBackPrivate(callId: string): void {
    this.#media.set(callId, { voiceMuted: true, cameraOff: true });
  }

  /** What a page that goes on with the call sends. Nothing reported yet: what the call is for. */
  mediaOf({ callId, mediaType }: CallSnapshot): MediaState {
    return this.#media.get(callId) ?? { voiceMuted: false, cameraOff: mediaType === 1 };
  }

  delete(callId: string): void {
    this.#liveLegs.delete(callId);
    this.#media.delete(callId);
  }
}
