/** What people hear of a call with several: who rings, comes, goes, and who is asked in. */
import { describe, expect, it } from 'vitest';
import { type CallEvent, diffCalls } from '#protocol/call-diff';
import { endReasonFor } from '#protocol/end-reason-for';
import type { Viewer } from '#protocol/snapshot';
import { type CallState, toSnapshot } from '#server/calls/rules/call-state';
import { decide } from '#server/calls/rules/decide';
import { accepted, anna, bao, carla, joined, startCommand, t0, times } from '../../support/calls';
import {
  deng,
  emil,
  group,
  groupWorld,
  inviting,
  joining,
  leaving,
  linking,
  told,
  twoOfFour,
} from '../../support/group-calls';

const at = t0 + 9_000;

const heard = (before: CallState | null, after: CallState, viewer: Viewer): string[] =>
  diffCalls(before && toSnapshot(before), toSnapshot(after), viewer).map(inWords);

function inWords(event: CallEvent): string {
  switch (event.type) {
    case 'invited':
      return `${event.by} invited ${event.userIds.join(' ')}`;
    case 'hungup':
      return `${event.userId} hungup ${String(event.reason)}`;
    case 'ringing':
    case 'accepted':
    case 'media':
      return `${event.userId} ${event.type}`;
  }
}

const everybody = [anna, bao, carla, deng];
const byAll = (before: CallState, after: CallState): string[] =>
  everybody.map((viewer) => heard(before, after, viewer).join(', '));

/** Of no group: anna and bao are in it, carla and deng ring. */
const open = (): CallState => joining(group({ groupId: undefined }), bao, t0 + 1_000);

describe('an invitation into a call', () => {
  it('[CR153] is told with all who ring, to everybody but the one who asks', () => {
    const after = told(open(), inviting(bao, ['emil']), at);
    const news = 'bao invited carla deng emil';
    expect(byAll(open(), after)).toEqual([news, '', news, news]);
  });

  it('[CR153] is told before the ring of who was asked', () => {
    const after = told(told(open(), inviting(bao, ['emil']), at), { type: 'ringing', ...emil }, at);
    expect(heard(open(), after, anna)).toEqual(['bao invited carla deng emil', 'emil ringing']);
  });

  it('[CR153] is no news to who was asked, nor to who hears of the call for the first time', () => {
    const after = told(open(), inviting(bao, ['emil']), at);
    expect(heard(open(), after, emil)).toEqual([]);
    expect(heard(null, after, anna).filter((news) => news.includes('invited'))).toEqual([]);
  });

  it('[CR153] is told of each who asked in the meantime', () => {
    const one = told(open(), inviting(bao, ['emil']), at);
    const two = told(one, inviting(anna, ['u6']), at);
    const all = 'carla deng emil u6';
    expect(heard(open(), two, carla)).toEqual([`bao invited ${all}`, `anna invited ${all}`]);
    expect(heard(open(), two, bao)).toEqual([`anna invited ${all}`]);
  });

  it('[CR153] of who is busy is told as their leaving only', () => {
    const other = told(null, startCommand({ ...emil, callId: 'call-9', targetId: 'u6' }), t0);
    const decision = decide(groupWorld(open(), [other]), inviting(bao, ['emil']), at);
    const { call } = accepted(decision);
    expect(byAll(open(), call)).toEqual(everybody.map(() => 'emil hungup 14'));
  });

  it('[CR153] is told when a call of two becomes one of several', () => {
    const after = told(joined(), inviting(bao, ['carla'], 'extend'), at);
    expect(heard(joined(), after, anna)).toEqual(['bao invited carla']);
    expect(heard(joined(), after, bao)).toEqual([]);
  });

  it('[CR153] is none of somebody who comes without being asked', () => {
    const before = leaving(twoOfFour(), deng, at);
    const enters = { type: 'enter', legId: 'entered', ...deng } as const;
    const coming = told(before, enters, at);
    expect(heard(before, coming, anna)).toEqual([]);
    const there = told(coming, { type: 'join', ...deng }, at);
    expect(heard(coming, there, anna)).toEqual(['deng accepted']);
    const late = told(linking(coming, at), { type: 'deadline' }, at + times.joinMs);
    expect(heard(coming, late, anna)).toEqual([]);
  });
});

describe('in a call with several', () => {
  it('[CR75] everybody hears the ring of everybody else', () => {
    const after = told(group(), { type: 'ringing', ...bao }, at);
    const news = 'bao ringing';
    expect(byAll(group(), after)).toEqual([news, '', news, news]);
  });

  it('[CR76] everybody hears who accepts, who rings included', () => {
    const news = 'carla accepted';
    expect(byAll(twoOfFour(), joining(twoOfFour(), carla, at))).toEqual([news, news, '', news]);
  });

  it('[CR77] everybody hears who declines or hangs up, the caller too', () => {
    const declined = leaving(twoOfFour(), carla, at);
    const news = 'carla hungup 12';
    expect(byAll(twoOfFour(), declined)).toEqual([news, news, '', news]);
    const gone = 'anna hungup 13';
    expect(byAll(twoOfFour(), leaving(twoOfFour(), anna, at))).toEqual(['', gone, gone, gone]);
  });

  it('[CR77] who talks hears that somebody did not answer', () => {
    const before = linking(twoOfFour(), at);
    const after = told(before, { type: 'deadline' }, t0 + times.ringMs);
    for (const viewer of [anna, bao]) {
      expect(heard(before, after, viewer)).toEqual(['carla hungup 15', 'deng hungup 15']);
    }
    expect(endReasonFor(toSnapshot(after), carla)).toBe(5);
  });

  it('[CR78] who rang in vain does not hear of the others’ time limits', () => {
    const after = told(group(), { type: 'deadline' }, t0 + times.ringMs);
    expect(byAll(group(), after).slice(1)).toEqual(['', '', '']);
    expect(heard(group(), after, anna)).toHaveLength(3);
    expect(endReasonFor(toSnapshot(after), anna)).toBe(15);
  });

  it('[CR78] who rings hears the cancel', () => {
    const after = leaving(group(), anna, at);
    expect(heard(group(), after, carla)).toEqual(['anna hungup 11']);
    expect(endReasonFor(toSnapshot(after), carla)).toBe(11);
  });
});

describe('the first that somebody hears of a call', () => {
  const asked = (): CallState => told(open(), inviting(bao, ['emil']), at);

  it('[CR154] is not that others had joined', () => {
    expect(heard(null, asked(), emil)).toEqual([]);
    expect(heard(asked(), joining(asked(), carla, at), emil)).toEqual(['carla accepted']);
  });

  it('[CR154] is not who had left before they were asked in', () => {
    const gone = leaving(leaving(joining(open(), carla, at), deng, at), carla, at);
    expect(heard(null, told(gone, inviting(bao, ['emil']), at), emil)).toEqual([]);
  });

  it('[CR154] is not what happened before they came in by themselves', () => {
    const before = leaving(leaving(twoOfFour(), carla, at), deng, at);
    const enters = told(before, { type: 'enter', legId: 'entered', ...deng }, at);
    expect(heard(null, enters, deng)).toEqual([]);
    const there = told(enters, { type: 'join', ...deng }, at);
    expect(heard(enters, there, deng)).toEqual([]);
  });

  it('[CR154] is who rings, and who of those asked with them has said no', () => {
    const declined = leaving(told(group(), { type: 'ringing', ...bao }, at), deng, at);
    expect(heard(null, declined, carla)).toEqual(['bao ringing', 'deng hungup 12']);
    expect(heard(null, leaving(joining(group(), bao, at), anna, at), carla)).toEqual([]);
  });

  it('[CR154] is everything, for who has placed the call', () => {
    const news = ['bao accepted', 'carla hungup 12'];
    expect(heard(null, leaving(twoOfFour(), carla, at), anna)).toEqual(news);
    const gone = leaving(joining(twoOfFour(), carla, at), bao, at);
    expect(heard(null, gone, anna)).toEqual(['bao accepted', 'bao hungup 13', 'carla accepted']);
  });

  it('[CR154] is, for who was in it already, who came after them', () => {
    expect(heard(null, joining(twoOfFour(), carla, at), bao)).toEqual(['carla accepted']);
    expect(heard(null, joining(twoOfFour(), carla, at), carla)).toEqual([]);
  });
});
