/**
 * Everybody of the call as this window knows them: who is in it by the newest snapshot, what comes from each of them, and
 * how this person wants to see and hear them. Also follows a call between two, which may become a group call while it
 * runs. It must never decide who is in the call: the snapshots say it.
 */
import type { CallAssignment, CallGroup } from '#common/ipc';
import type { CallApi } from '#common/window-api';
import type { UserProfile } from '#protocol/messages';
import { type CallSnapshot, type Leg, isPresent, legOf } from '#protocol/snapshot';
import { type IMuteUser, RCPlayCode, type RCTrack } from '../caller';
import type { LinkState } from '../media/ports';
import type { CallPhase, CallView, GroupLook } from './call-view';
import type { Reply } from './ending';
import { groupPhase } from './group-phase';
import { type MemberMedia, fullVolume, membersOf, nothingYet, orderOfMembers } from './members';
import { plannedCall } from './place-call';
import { lastReply, replyOf } from './reply';

export interface GroupViewPorts {
  readonly peal: Pick<CallApi, 'findPeople'>;
  readonly warn: (message: string, cause?: unknown) => void;
  /** What `look` and `phase` say may be different now. */
  readonly changed: () => void;
}

/** What the window knows of this user's own media. */
type Own = Pick<CallView, 'phase' | 'isVideo' | 'isMuted' | 'isCameraOn' | 'ownPicture'>;

/** Not yet this window's to say, or for good. */
const fixedPhases: readonly CallPhase[] = ['waiting', 'incoming', 'ended'];

/** What comes from one leg of a person: who leaves and comes back begins anew. */
interface Heard {
  readonly legId: string;
  readonly media: MemberMedia;
  readonly voice: RCTrack | null;
}

export class GroupView {
  readonly #ports: GroupViewPorts;
  readonly #heard = new Map<string, Heard>();
  readonly #profiles = new Map<string, UserProfile>();
  /** The question for the name of each of these is on its way. */
  readonly #asked = new Map<string, Promise<void>>();
  readonly #volumes = new Map<string, number>();
  #selfId = '';
  #group: CallGroup = { groupId: null, name: null };
  #call: CallSnapshot | undefined;
  #order: readonly string[] = [];
  /** Who came with the newest snapshot. */
  #added: readonly Leg[] = [];
  #speakingIds: ReadonlySet<string> = new Set();
  #pinnedId: string | null = null;
  /** Whom the call is, or was last, with. */
  #others: readonly UserProfile[] = [];

  constructor(ports: GroupViewPorts) {
    this.#ports = ports;
  }

  /** Everybody who is called is there at once, before the server has answered. */
  begin(assignment: CallAssignment): void {
    const { self, peer, group } = assignment;
    this.#selfId = self.userId;
    if (group) this.#group = group;
    for (const profile of [peer, self]) this.#profiles.set(profile.userId, profile);
    if (assignment.purpose === 'place-group') this.#follow(plannedCall(assignment));
    else if (assignment.purpose === 'answer') this.#follow(assignment.call);
  }

  handleCall(call: CallSnapshot): void {
    if (this.#call && call.revision <= this.#call.revision) return;
    this.#follow(call);
    this.#ports.changed();
  }

  get isGroup(): boolean {
    return this.#call?.kind === 'group';
  }

  /** Null where the call is none of a group, or not this device's yet, or over. */
  phase(before: CallPhase): CallPhase | null {
    if (!this.#call || !this.isGroup || fixedPhases.includes(before)) return null;
    const next = groupPhase(this.#call, this.#selfId, (userId) => this.#mediaOf(userId).link);
    // What was connected once is mended, not made.
    return before === 'reconnecting' && next === 'connecting' ? before : next;
  }

  look(own: Own): GroupLook | null {
    const call = this.#call;
    if (!call || !this.isGroup) return null;
    const isOver = own.phase === 'ended';
    const members = isOver ? [] : membersOf(this.#membersInput(call, own));
    const others = members.filter(({ isSelf }) => !isSelf).map(({ profile }) => profile);
    if (others.length > 0) this.#others = others;
    return { ...this.#group, members, others: this.#others };
  }

  nameOf(userId: string): string {
    return this.#profiles.get(userId)?.name ?? userId;
  }

  /** What this person said while declining. */
  replyOf(userId: string): string | null {
    return replyOf(this.#call, userId);
  }

  /** What ended the call, where that was somebody's words. */
  lastReply(): Reply | null {
    const last = lastReply(this.#call, this.#selfId);
    return last && { name: this.nameOf(last.userId), text: last.reply };
  }

  /** Waits for the names of these that were asked for, and no longer. Never rejects. */
  async learnNames(userIds: readonly string[]): Promise<void> {
    await Promise.all(userIds.flatMap((userId) => this.#asked.get(userId) ?? []));
  }

  /** Whom this person has just asked in. */
  idsInvitedBy(userId: string): readonly string[] {
    const asked = this.#added.filter((leg) => leg.invitedBy === userId && isPresent(leg));
    return asked.map((leg) => leg.userId);
  }

  // -- what comes from the others

  /** The voice plays as loud as this person wants it. False: nothing is heard. */
  async playVoice(track: RCTrack): Promise<boolean> {
    const userId = track.getUserId();
    this.#hear(userId, { voice: track }, { isMuted: track.isOwnerMuted() });
    const { code } = await track.play(undefined, { volume: this.#volumeOf(userId) });
    return code === RCPlayCode.SUCCESS;
  }

  handlePicture(track: RCTrack): void {
    this.#hear(track.getUserId(), {}, { picture: track, isCameraOff: track.isOwnerMuted() });
  }

  handleMute({ userId, kind, muted }: IMuteUser): void {
    this.#hear(userId, {}, kind === 'audio' ? { isMuted: muted } : { isCameraOff: muted });
  }

  handleLink(userId: string, state: LinkState): void {
    const { link } = this.#mediaOf(userId);
    if (state === 'live') this.#hear(userId, {}, { link: 'live' });
    else if (link === 'live') this.#hear(userId, {}, { link: 'broken' });
  }

  handleSpeaking(userIds: readonly string[]): void {
    this.#speakingIds = new Set(userIds);
    this.#ports.changed();
  }

  /** The call has sound only from now on. */
  forgetPictures(): void {
    for (const userId of this.#heard.keys())
      this.#hear(userId, {}, { picture: null, isCameraOff: false });
  }

  // -- what this person wants

  pin(userId: string | null): void {
    this.#pinnedId = userId;
    this.#ports.changed();
  }

  async setVolume(userId: string, volume: number): Promise<void> {
    this.#volumes.set(userId, volume);
    this.#ports.changed();
    await this.#heard.get(userId)?.voice?.play(undefined, { volume });
  }

  #follow(call: CallSnapshot): void {
    const known = new Set(this.#call?.legs.map(({ legId }) => legId));
    this.#added = call.legs.filter(({ legId }) => !known.has(legId));
    this.#call = call;
    this.#order = orderOfMembers(this.#order, call);
    for (const [userId, { legId }] of this.#heard) {
      const leg = presentLegOf(call, userId);
      if (leg?.legId !== legId) this.#heard.delete(userId);
    }
    if (this.#pinnedId !== null && !presentLegOf(call, this.#pinnedId)) this.#pinnedId = null;
    if (this.isGroup) this.#askForNames();
  }

  /** One question for each unknown person. Whoever was not found is asked for again with the next snapshot. */
  #askForNames(): void {
    const userIds = this.#order.filter(
      (userId) => !this.#profiles.has(userId) && !this.#asked.has(userId),
    );
    if (userIds.length === 0) return;
    const asking = this.#findNames(userIds);
    for (const userId of userIds) this.#asked.set(userId, asking);
  }

  async #findNames(userIds: string[]): Promise<void> {
    try {
      const found = await this.#ports.peal.findPeople({ userIds });
      for (const profile of found.ok ? found.value : [])
        this.#profiles.set(profile.userId, profile);
    } catch (cause) {
      this.#ports.warn('main does not say who is in the call', cause);
    }
    for (const userId of userIds) this.#asked.delete(userId);
    this.#ports.changed();
  }

  #hear(userId: string, heard: Partial<Heard>, media: Partial<MemberMedia>): void {
    const leg = this.#call && legOf(this.#call, userId);
    const { legId = leg?.legId ?? '', voice = null } = this.#heard.get(userId) ?? {};
    const now = { ...this.#mediaOf(userId), ...media };
    this.#heard.set(userId, { legId, voice, ...heard, media: now });
    this.#ports.changed();
  }

  #membersInput(call: CallSnapshot, own: Own): Parameters<typeof membersOf>[0] {
    const ownMedia: MemberMedia = {
      picture: own.ownPicture,
      isMuted: own.isMuted,
      isCameraOff: own.isVideo && !own.isCameraOn,
      link: 'none',
    };
    const others = [...this.#heard].map(([userId, { media }]) => [userId, media] as const);
    return {
      ...{ call, selfId: this.#selfId, order: this.#order, profiles: this.#profiles },
      ...{ speakingIds: this.#speakingIds, pinnedId: this.#pinnedId, volumes: this.#volumes },
      media: new Map([...others, [this.#selfId, ownMedia]]),
    };
  }

  #mediaOf(userId: string): MemberMedia {
    return this.#heard.get(userId)?.media ?? nothingYet;
  }

  #volumeOf(userId: string): number {
    return this.#volumes.get(userId) ?? fullVolume;
  }
}

function presentLegOf(call: CallSnapshot, userId: string): Leg | undefined {
  const leg = legOf(call, userId);
  return leg && isPresent(leg) ? leg : undefined;
}
