import { describe, expect, it } from 'vitest';
import { type CallView, emptyView, mayShrink } from '../../../../renderer/call/call-view';
import type { MemberView } from '../../../../renderer/call/members';
import { Drag } from '../../../../renderer/call/mini/drag';
import { miniFace, miniHeights } from '../../../../renderer/call/mini/mini-face';
import { cornerKeys } from '../../../../renderer/call/use-call-keys';
import type { RCTrack } from '../../../../renderer/caller';

const picture = { name: 'a picture' } as unknown as RCTrack;
const bao = { userId: 'bao', name: 'Bao Tran' };

function member(userId: string, over: Partial<MemberView> = {}): MemberView {
  return {
    ...{ userId, profile: { userId, name: userId }, isSelf: userId === 'anna' },
    ...{ state: 'active', picture: null, isMuted: false, isCameraOff: false, isSpeaking: false },
    ...{ isPinned: false, volume: 100 },
    ...over,
  };
}

function groupOf(...members: readonly MemberView[]): CallView {
  return { ...emptyView, peer: bao, group: { groupId: null, name: null, members, others: [] } };
}

const faceId = (view: CallView, former: string | null = null): string | undefined =>
  miniFace(view, former).user?.userId;

describe('the face of the mini window', () => {
  it('is the other person’s, with the picture while there is one to be seen', () => {
    const view = { ...emptyView, peer: bao, peerPicture: picture };
    expect(miniFace(view, null)).toEqual({ user: bao, picture });
    expect(miniFace({ ...view, isPeerCameraOff: true }, null)).toEqual({
      user: bao,
      picture: null,
    });
  });

  it('is that of whoever speaks, and stays until somebody else does', () => {
    const [anna, chen, dora] = [
      member('anna', { isSpeaking: true }),
      member('chen'),
      member('dora', { isSpeaking: true, picture }),
    ];
    expect(miniFace(groupOf(anna, chen, dora), 'chen')).toMatchObject({
      user: { userId: 'dora' },
      picture,
    });
    expect(faceId(groupOf(anna, chen, member('dora')), 'dora')).toBe('dora');
    const speaking = member('chen', { isSpeaking: true });
    expect(faceId(groupOf(anna, speaking, dora), 'dora'), 'both speak').toBe('dora');
  });

  it('is somebody who is there, before anybody has spoken and after the last one left', () => {
    const anna = member('anna');
    const ringing = member('chen', { state: 'ringing' });
    expect(faceId(groupOf(anna, ringing, member('dora')))).toBe('dora');
    expect(faceId(groupOf(anna, ringing), 'dora')).toBe('chen');
    expect(faceId(groupOf(anna), 'dora')).toBeUndefined();
  });
});

describe('what the mini window shows of the others', () => {
  it('is one picture as high as the window, and nobody else’s is sent', () => {
    const view = groupOf(member('anna'), member('chen'), member('dora', { picture }));
    const face = miniFace(view, 'dora');
    expect([...miniHeights(view, face, 190)]).toEqual([
      ['chen', 0],
      ['dora', 190],
    ]);
  });

  it('is no picture at all where there is none to be seen', () => {
    const view = { ...emptyView, peer: bao };
    expect([...miniHeights(view, miniFace(view, null), 190)]).toEqual([['bao', 0]]);
  });
});

describe('a press on the mini window', () => {
  const at = (screenX: number, screenY: number) => ({ screenX, screenY });

  function drag() {
    const moves: unknown[] = [];
    return { moves, drag: new Drag((way) => moves.push(way)) };
  }

  it('that moves is a drag from where it began, and no click', () => {
    const { moves, drag: hand } = drag();
    hand.press(at(100, 100));
    hand.move(at(90, 103));
    hand.release(at(60, 120));
    expect(moves).toEqual([
      { dx: -10, dy: 3, isDone: false },
      { dx: -40, dy: 20, isDone: true },
    ]);
    expect(hand.swallowsClick).toBe(true);
  });

  it('that hardly moves is a click', () => {
    const { moves, drag: hand } = drag();
    hand.press(at(100, 100));
    hand.move(at(102, 101));
    hand.release(at(102, 101));
    hand.move(at(300, 300));
    expect(moves).toEqual([]);
    expect(hand.swallowsClick).toBe(false);
  });

  it('that was a drag before can be a click the next time', () => {
    const { moves, drag: hand } = drag();
    hand.press(at(0, 0));
    hand.move(at(50, 0));
    hand.release(at(50, 0));
    hand.press(at(50, 0));
    hand.release(at(50, 0));
    expect(moves).toHaveLength(2);
    expect(hand.swallowsClick).toBe(false);
  });
});

it('only a call that goes on becomes small', () => {
  const phases = ['dialing', 'ringing', 'connecting', 'active', 'reconnecting'] as const;
  expect(phases.filter(mayShrink)).toEqual(phases);
  expect((['waiting', 'incoming', 'ended'] as const).filter(mayShrink)).toEqual([]);
});

it('the arrow keys name the next corner', () => {
  const gone: string[] = [];
  const keys = cornerKeys((towards) => gone.push(towards));
  keys['arrowup']?.();
  keys['arrowleft']?.();
  expect(gone).toEqual(['up', 'left']);
});
