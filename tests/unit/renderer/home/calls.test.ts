import { beforeEach, describe, expect, it } from 'vitest';
import type { DeskCallView } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { type Result, err, ok } from '#protocol/result';
import { useCalls } from '../../../../renderer/home/stores/calls';
import { deskCall } from './support/desk-call';
import { onHomePage } from './support/home-page';

let asked: unknown[];
let reply: Result<null, CallProblem>;
let push: (calls: readonly DeskCallView[]) => void;
let calls: ReturnType<typeof useCalls>;

const answer = (request: unknown): Promise<Result<null, CallProblem>> => {
  asked.push(request);
  return Promise.resolve(reply);
};

beforeEach(async () => {
  asked = [];
  reply = ok(null);
  calls = onHomePage(
    {
      listCalls: () => Promise.resolve([deskCall({ canReturn: true })]),
      placeCall: answer,
      placeGroupCall: answer,
      returnToCall: answer,
      hangUp: answer,
      onCallsChanged: (listener) => {
        push = listener;
        return () => undefined;
      },
    },
    () => useCalls(),
  );
  await calls.start();
});

describe('the calls in home', () => {
  it('are those that are not over', () => {
    expect(calls.held).toEqual([deskCall({ canReturn: true })]);
    push([deskCall({ phase: 'ended', endReason: 13 })]);
    expect(calls.held).toEqual([]);
  });

  it('are shown and ended by their id', async () => {
    await calls.show('call-1');
    await calls.hangUp('call-1');
    expect(asked).toEqual([{ callId: 'call-1' }, { callId: 'call-1' }]);
    expect(calls.barProblem).toBeNull();
  });

  it('say why the bar did nothing, until something changes', async () => {
    reply = err('offline');
    await calls.hangUp('call-1');
    expect(calls.barProblem).toBe('offline');
    expect(calls.problem).toBeNull();
    push([]);
    expect(calls.barProblem).toBeNull();
  });

  it('take a call over from another device only when asked to', async () => {
    reply = err('in-call-elsewhere');
    await calls.place('bao', 2);
    expect(calls.problem).toBe('in-call-elsewhere');
    reply = ok(null);
    await calls.place('bao', 2, true);
    expect(calls.problem).toBeNull();
    expect(asked).toEqual([
      { targetId: 'bao', mediaType: 2 },
      { targetId: 'bao', mediaType: 2, switchHere: true },
    ]);
  });

  it('are placed to several people, of a group or of none, and once', async () => {
    const first = calls.placeGroup({ groupId: 'sales', userIds: ['bao', 'chen'] }, 2);
    await calls.placeGroup({ groupId: 'sales', userIds: ['bao', 'chen'] }, 2);
    await first;
    reply = err('call-full');
    await calls.placeGroup({ userIds: ['dora'] }, 1, true);
    expect(calls.problem).toBe('call-full');
    expect(asked).toEqual([
      { groupId: 'sales', userIds: ['bao', 'chen'], mediaType: 2 },
      { userIds: ['dora'], mediaType: 1, switchHere: true },
    ]);
  });
});
