import { describe, expect, it } from 'vitest';
import type { UserProfile } from '#protocol/messages';
import type { CallSnapshot, Leg, LegState } from '#protocol/snapshot';
import {
  type MemberMedia,
  type MemberView,
  type MembersInput,
  membersOf,
  orderOfMembers,
} from '../../../../renderer/call/members';
import type { RCTrack } from '../../../../renderer/caller';

let legs = 0;
const leg = (userId: string, state: LegState): Leg => ({
  ...{ legId: `leg-${(legs += 1)}`, userId, state, invitedBy: 'anna', ringingOn: 0 },
});
const callOf = (...all: readonly Leg[]): CallSnapshot => ({
  ...{ callId: 'call-1', revision: 1, kind: 'group', mediaType: 2, callerId: 'anna' },
  createdAt: 0,
  legs: all,
});
const profile = (userId: string): UserProfile => ({ userId, name: userId.toUpperCase() });
const picture = { getUserId: () => 'bao' } as RCTrack;
const live: MemberMedia = { picture, isMuted: false, isCameraOff: false, link: 'live' };

const members = (call: CallSnapshot, over: Partial<MembersInput> = {}): readonly MemberView[] =>
  membersOf({
    call,
    selfId: 'anna',
    order: orderOfMembers([], call),
    profiles: new Map(['anna', 'bao', 'chen'].map((userId) => [userId, profile(userId)])),
    media: new Map(),
    speakingIds: new Set(),
    pinnedId: null,
    volumes: new Map(),
    ...over,
  });
const states = (all: readonly MemberView[]): string[] =>
  all.map(({ userId, state }) => `${userId} ${state}`);
const bao = (all: readonly MemberView[]): MemberView | undefined =>
  all.find(({ userId }) => userId === 'bao');

describe('the members of a call', () => {
  it('are all who were invited, from the start and in the order of their invitations', () => {
    const call = callOf(leg('anna', 'joined'), leg('chen', 'invited'), leg('bao', 'ringing'));
    expect(states(members(call))).toEqual(['anna active', 'chen ringing', 'bao ringing']);
  });

  it('are connecting from their answer until they can be heard', () => {
    const claimed = callOf(leg('anna', 'joined'), leg('bao', 'claimed'));
    const joined = callOf(leg('anna', 'joined'), leg('bao', 'joined'));
    const heard = members(joined, { media: new Map([['bao', live]]) });
    expect(states(members(claimed))).toEqual(['anna active', 'bao connecting']);
    expect(states(members(joined))).toEqual(['anna active', 'bao connecting']);
    expect(states(heard)).toEqual(['anna active', 'bao active']);
  });

  it('are reconnecting while the way to them is broken, and keep their picture', () => {
    const call = callOf(leg('anna', 'joined'), leg('bao', 'joined'));
    const media = new Map([['bao', { ...live, link: 'broken' } as const]]);
    expect(bao(members(call, { media }))).toMatchObject({ state: 'reconnecting', picture });
  });

  it('go when they leave, refuse or do not answer', () => {
    const call = callOf(leg('anna', 'joined'), leg('bao', 'left'), leg('chen', 'ringing'));
    expect(states(members(call))).toEqual(['anna active', 'chen ringing']);
  });

  it('are there once and in their old place after another invitation', () => {
    const call = callOf(
      ...[leg('anna', 'joined'), leg('bao', 'left'), leg('chen', 'joined'), leg('bao', 'ringing')],
    );
    expect(states(members(call))).toEqual(['anna active', 'bao ringing', 'chen connecting']);
  });

  it('keep their place when the server drops an old leg', () => {
    const before = callOf(leg('anna', 'joined'), leg('bao', 'left'), leg('chen', 'joined'));
    const after = callOf(leg('anna', 'joined'), leg('chen', 'joined'), leg('bao', 'joined'));
    expect(orderOfMembers(orderOfMembers([], before), after)).toEqual(['anna', 'bao', 'chen']);
  });

  it('show nothing of a former leg while they ring again', () => {
    const call = callOf(leg('anna', 'joined'), leg('bao', 'left'), leg('bao', 'ringing'));
    const media = new Map([['bao', { ...live, isMuted: true }]]);
    const shown = bao(members(call, { media, speakingIds: new Set(['bao']) }));
    expect(shown).toMatchObject({ picture: null, isMuted: false, isSpeaking: false });
  });

  it('have no picture while the camera is off, and say so', () => {
    const call = callOf(leg('anna', 'joined'), leg('bao', 'joined'));
    const media = new Map([['bao', { ...live, isCameraOff: true }]]);
    expect(bao(members(call, { media }))).toMatchObject({ picture: null, isCameraOff: true });
  });

  it('speak only while they can be heard', () => {
    const call = callOf(leg('anna', 'joined'), leg('bao', 'joined'));
    const speaks = (media: MemberMedia): boolean | undefined =>
      bao(members(call, { media: new Map([['bao', media]]), speakingIds: new Set(['bao']) }))
        ?.isSpeaking;
    expect(speaks(live)).toBe(true);
    expect(speaks({ ...live, isMuted: true })).toBe(false);
    expect(speaks({ ...live, link: 'broken' })).toBe(false);
  });

  it('are named by the directory, and until it answers by their id', () => {
    const call = callOf(leg('anna', 'joined'), leg('dora', 'ringing'));
    expect(members(call).map((member) => member.profile)).toEqual([
      { userId: 'anna', name: 'ANNA' },
      { userId: 'dora', name: 'dora' },
    ]);
  });

  it('show oneself, the pinned one and how loud each was made', () => {
    const call = callOf(leg('anna', 'joined'), leg('bao', 'joined'));
    const own: MemberMedia = { ...live, link: 'none' };
    const shown = members(call, {
      media: new Map([['anna', own]]),
      pinnedId: 'bao',
      volumes: new Map([['bao', 50]]),
    });
    expect(shown).toMatchObject([
      { isSelf: true, state: 'active', picture, isPinned: false, volume: 100 },
      { isSelf: false, picture: null, isPinned: true, volume: 50 },
    ]);
  });
});
