import { beforeEach, describe, expect, it } from 'vitest';
import type { CallProblem } from '#common/problems';
import type { GroupCall } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { useCalls } from '../../../../renderer/home/stores/calls';
import { useGroups } from '../../../../renderer/home/stores/groups';
import { useRunningCalls } from '../../../../renderer/home/stores/running-calls';
import { useSession } from '../../../../renderer/home/stores/session';
import { onHomePage } from './support/home-page';
import { deskCall } from './support/desk-call';

const running = (groupId: string, ...joinedIds: string[]): GroupCall => ({
  ...{ callId: `call-${groupId}`, groupId, mediaType: 1, callerId: 'bao', createdAt: 0 },
  joinedIds,
});

/** What the server was asked, what it says next, and how it tells of changes. */
let asked: unknown[];
let answer: () => Promise<Result<readonly GroupCall[], 'offline'>>;
let entered: Result<null, CallProblem>;
let push: (groupId: string, call: GroupCall | null) => void;
let calls: ReturnType<typeof useRunningCalls>;
let showCalls: (...callIds: string[]) => void;

beforeEach(async () => {
  asked = [];
  answer = () => Promise.resolve(ok([running('sales', 'bao')]));
  entered = ok(null);
  const groupOf = (groupId: string) => ({ groupId, name: groupId.toUpperCase(), memberIds: [] });
  const groups = onHomePage(
    {
      listGroups: () => Promise.resolve(ok(['cooks', 'sales'].map(groupOf))),
      listCalls: () => Promise.resolve([]),
      onCallsChanged: (listener) => {
        showCalls = (...ids) => listener(ids.map((callId) => deskCall({ callId })));
        return () => undefined;
      },
      watchGroupCalls: ({ groupIds }) => {
        asked.push(groupIds);
        return answer();
      },
      onGroupCallChanged: (listener) => {
        push = (groupId, call) => listener({ groupId, call });
        return () => undefined;
      },
      enterCall: (request) => {
        asked.push(request);
        return Promise.resolve(entered);
      },
    },
    () => {
      useSession().self = { userId: 'anna', name: 'Anna' };
      void useCalls().start();
      calls = useRunningCalls();
      return useGroups();
    },
  );
  calls.start();
  await groups.load();
});

const joinable = (): string[] => calls.joinable.map(({ groupName }) => groupName);

describe('the running calls of the groups', () => {
  it('are those of the watched groups, and come and go as main tells', async () => {
    await calls.watch(['cooks', 'sales']);
    expect([asked, joinable()]).toEqual([[['cooks', 'sales']], ['SALES']]);
    push('cooks', running('cooks', 'chen'));
    push('sales', null);
    expect(joinable()).toEqual(['COOKS']);
  });

  it('are not offered where the user is in them already, here or on another device', async () => {
    await calls.watch(['sales']);
    showCalls('call-sales');
    expect(joinable()).toEqual([]);
    showCalls();
    push('sales', running('sales', 'bao', 'anna'));
    expect(joinable()).toEqual([]);
  });

  it('are asked for once for a list of groups, and anew after a refusal or a new connection', async () => {
    answer = () => Promise.resolve(err('offline'));
    await calls.watch(['sales']);
    answer = () => Promise.resolve(ok([running('sales', 'bao')]));
    await calls.watch(['sales']);
    await calls.watch(['sales']);
    expect(asked).toHaveLength(2);
    calls.forgetWatch();
    answer = () => Promise.resolve(ok([]));
    await calls.watch(['sales']);
    expect(joinable()).toEqual([]);
  });

  it('are not undone by an answer that is older than the news', async () => {
    const asking = calls.watch(['cooks', 'sales']);
    push('sales', null);
    push('cooks', running('cooks', 'chen'));
    await asking;
    expect(joinable()).toEqual(['COOKS']);
  });

  it('are entered by their id, and say why that did not work while they run', async () => {
    await calls.watch(['sales']);
    entered = err('in-call-elsewhere');
    await calls.enter('call-sales');
    expect(calls.problem).toEqual({ callId: 'call-sales', why: 'in-call-elsewhere' });
    entered = ok(null);
    await calls.enter('call-sales', true);
    expect(calls.problem).toBeNull();
    expect(asked.slice(1)).toEqual([
      { callId: 'call-sales' },
      { callId: 'call-sales', switchHere: true },
    ]);
    entered = err('call-full');
    await calls.enter('call-sales');
    push('sales', null);
    expect(calls.problem).toBeNull();
  });

  it('are under way one by one: what else could be joined shows nothing of that', async () => {
    answer = () => Promise.resolve(ok([running('cooks', 'chen'), running('sales', 'bao')]));
    await calls.watch(['cooks', 'sales']);
    expect(calls.enteringId).toBeNull();
    const entering = calls.enter('call-sales');
    expect(calls.enteringId).toBe('call-sales');
    void calls.enter('call-cooks');
    expect(calls.enteringId).toBe('call-sales');
    await entering;
    expect(calls.enteringId).toBeNull();
  });

  it('mean nothing to whoever signs in next', async () => {
    await calls.watch(['sales']);
    calls.reset();
    expect(joinable()).toEqual([]);
  });
});
