/** What the server does by itself every second, with a database that is slow or fails. */
import { afterEach, describe, expect, it } from 'vitest';
import type { CallSnapshot } from '#protocol/snapshot';
import type { CallStore, Store } from '#server/store/store';
import { WireServer, type WireServerOptions } from '../../support/wire-server';
import { waitFor } from '../../support/wait';

/** The store as it is, but for some of what it does with calls. */
const withCalls =
  (change: (calls: CallStore) => Partial<CallStore>) =>
  (store: Store): Store => ({ ...store, calls: { ...store.calls, ...change(store.calls) } });

describe('the upkeep of calls', () => {
  let server: WireServer;

  const boot = async (options: WireServerOptions): Promise<void> => {
    server = await WireServer.start(options);
  };
  afterEach(() => server.stop());

  const dial = async (caller: string, callee: string): Promise<CallSnapshot> => {
    const client = await server.join(caller);
    return (await client.request('call.start', { targetId: callee, mediaType: 1 })).call;
  };

  it('finds silent sockets also while the database does not answer', async () => {
    let release: (() => void) | undefined;
    const due = (): Promise<readonly string[]> =>
      new Promise((resolve) => (release = () => resolve([])));
    const timing = { heartbeatGraceIdleMs: 300 };
    await boot({ timing, wrapStore: withCalls(() => ({ due })) });
    await waitFor(() => release !== undefined, { what: 'the database is asked' });
    const client = await server.join('anna');
    expect(await client.waitForClose()).toBe(4408);
    release?.();
  });

  it('notes a lost device although the database failed when its socket closed', async () => {
    let stored: CallStore | undefined;
    let failures = 0;
    const wrapStore = withCalls((calls) => {
      stored = calls;
      return {
        unendedOf: (userId) => {
          if (failures === 0) return calls.unendedOf(userId);
          failures -= 1;
          return Promise.reject(new Error('away'));
        },
      };
    });
    await boot({ wrapStore });
    const bao = await server.join('bao');
    const { callId } = await dial('anna', 'bao');
    await bao.request('call.claim', { callId });
    await bao.request('call.join', { callId });
    failures = 1;
    await bao.cut();
    await waitFor(() => failures === 0, { what: 'the database fails' });
    const isLost = async (): Promise<boolean> => {
      const [call] = await stored!.find([callId]);
      return call?.legs.find(({ userId }) => userId === 'bao')?.lostAt !== undefined;
    };
    await waitFor(isLost, { what: 'the lost device is noted' });
  });

  it('notes a device as lost that joins by a request carried out after its socket closed', async () => {
    let stored: CallStore | undefined;
    let isHeld = false;
    let release: (() => void) | undefined;
    let served = 0;
    const wrapStore = withCalls((calls) => {
      stored = calls;
      return {
        transaction: async (scope, work) => {
          // What the server does by itself names nobody.
          const isOfDevice = scope.userIds.length > 0;
          if (isHeld && isOfDevice) await new Promise<void>((resolve) => (release = resolve));
          const outcome = await calls.transaction(scope, work);
          if (!isOfDevice) served += 1;
          return outcome;
        },
      };
    });
    await boot({ wrapStore });
    const bao = await server.join('bao');
    const { callId } = await dial('anna', 'bao');
    await bao.request('call.claim', { callId });
    isHeld = true;
    bao.sendRequest('call.join', { callId });
    await waitFor(() => release !== undefined, { what: 'the join is under way' });
    served = 0;
    await bao.cut();
    await waitFor(() => served > 0, { what: 'the server has looked for what its socket meant' });
    isHeld = false;
    release?.();
    const isLost = async (): Promise<boolean> => {
      const [call] = await stored!.find([callId]);
      const leg = call?.legs.find(({ userId }) => userId === 'bao');
      return leg?.state === 'joined' && leg.lostAt !== undefined;
    };
    await waitFor(isLost, { what: 'the lost device is noted' });
  });

  describe('with one call that cannot be written', () => {
    let brokenId: string | null = null;
    const wrapStore = withCalls((calls) => ({
      transaction: (scope, work) =>
        scope.callId !== null && scope.callId === brokenId
          ? Promise.reject(new Error('broken'))
          : calls.transaction(scope, work),
    }));
    afterEach(() => {
      brokenId = null;
    });

    it('ends the other ones in time', async () => {
      await boot({ ringMs: 300, wrapStore });
      await server.join('bao');
      const dora = await server.join('dora');
      brokenId = (await dial('anna', 'bao')).callId;
      const { callId } = await dial('cem', 'dora');
      await dora.waitForCall((call) => call.callId === callId && call.endedAt !== undefined);
    });

    it('starts, and recovers the other ones', async () => {
      await boot({ wrapStore });
      const dora = await server.join('dora');
      await server.join('bao');
      brokenId = (await dial('anna', 'bao')).callId;
      const { callId } = await dial('cem', 'dora');
      await dora.request('call.claim', { callId });
      await server.halt();
      await server.boot();
      const again = await server.join('dora');
      const { call } = await again.request('call.join', { callId });
      expect(call.revision).toBeGreaterThan(2);
    });
  });
});
