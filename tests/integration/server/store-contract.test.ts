/** One suite for every database the server runs on. What is said here is all that the server relies on. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CallState, LegRow } from '#server/calls/rules/call-state';
import { decide } from '#server/calls/rules/decide';
import { limits } from '#protocol/limits';
import { defaultCallRules } from '#protocol/messages';
import { err, ok } from '#protocol/result';
import { defaultUserRules } from '#server/calls/rules/user-rules';
import { silentLog } from '#server/log';
import { type StorePlace, openStore } from '#server/store/open-store';
import type { CallScope, CommandAnswer, DeviceRow, OwnedRecord, Store } from '#server/store/store';
import { storeBenches } from '../../support/store-benches';

const times = { ringMs: 60_000, joinMs: 15_000, graceMs: 30_000, lostMs: 600_000 };
const t0 = 1_790_000_000_000;

describe.each(storeBenches)('the store on $name', ({ bench }) => {
  let place: StorePlace;
  let store: Store;

  beforeAll(() => bench.start());
  afterAll(() => bench.stop());
  beforeEach(async () => {
    place = await bench.place();
    store = await openStore(place, silentLog);
  });
  afterEach(() => store.close());

  const addUsers = async (...userIds: string[]): Promise<void> => {
    for (const userId of userIds) {
      await store.users.add({
        userId,
        name: `Name of ${userId}`,
        passwordHash: 'h',
        createdAt: t0,
      });
    }
  };

  const secondStore = (): Promise<Store> =>
    bench.isShared ? openStore(place, silentLog) : Promise.resolve(store);

  /** Anna calls Bao: the row as decide() makes it. */
  const startCall = async (callId = 'c1'): Promise<CallState> => {
    const command = {
      type: 'start',
      callId,
      callerLegId: `${callId}-a`,
      calleeLegId: `${callId}-b`,
      userId: 'anna',
      deviceId: 'anna-desk',
      targetId: 'bao',
      mediaType: 1,
    } as const;
    return store.calls.transaction({ callId: null, userIds: ['anna', 'bao'] }, async (tx) => {
      const decision = decide(
        { ...tx.world, freeUserIds: new Set(), deviceIds: new Map(), times },
        command,
        t0,
      );
      if (!decision.ok) throw new Error(decision.error);
      await tx.save(decision.call);
      return decision.call;
    });
  };

  const claim = (from: Store, deviceId: string, nowMs = t0 + 1000): Promise<string> =>
    from.calls.transaction({ callId: 'c1', userIds: ['bao'] }, async (tx) => {
      const command = { type: 'claim', userId: 'bao', deviceId } as const;
      const decision = decide(
        { ...tx.world, freeUserIds: new Set(), deviceIds: new Map(), times },
        command,
        nowMs,
      );
      if (!decision.ok) return decision.error;
      if (decision.changed) await tx.save(decision.call);
      return 'won';
    });

  describe('users', () => {
    it('adds a user once', async () => {
      const anna = { userId: 'anna', name: 'Anna Li', passwordHash: 'hash', createdAt: t0 };
      expect(await store.users.add(anna)).toBe(true);
      expect(await store.users.add({ ...anna, name: 'Another' })).toBe(false);
      expect(await store.users.find('anna')).toEqual({ userId: 'anna', name: 'Anna Li' });
      expect(await store.users.passwordHash('anna')).toBe('hash');
      expect(await store.users.passwordHash('nobody')).toBeNull();
    });

    it('finds people by the beginning of their id, name or a later word, whatever the case', async () => {
      await store.users.add({ userId: 'u1', name: 'Anna Li', passwordHash: null, createdAt: t0 });
      await store.users.add({
        userId: 'u2',
        name: 'Bao Anders',
        passwordHash: null,
        createdAt: t0,
      });
      await store.users.add({ userId: 'an3', name: '李小龙', passwordHash: null, createdAt: t0 });
      const ids = async (query: string): Promise<string[]> =>
        (await store.users.search(query, undefined, 10)).people.map((person) => person.userId);
      expect(await ids('AN')).toEqual(['u1', 'u2', 'an3']);
      expect(await ids('anna l')).toEqual(['u1']);
      expect(await ids('李')).toEqual(['an3']);
      expect(await ids('nna')).toEqual([]);
      expect(await ids('%')).toEqual([]);
      expect(await ids('')).toEqual(['u1', 'u2', 'an3']);
    });

    it('pages through many people without loss or repetition', async () => {
      for (let i = 0; i < 25; i += 1) {
        const name = `Twin ${String(i % 5)}`;
        await store.users.add({ userId: `t${String(i)}`, name, passwordHash: null, createdAt: t0 });
      }
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.users.search('twin', cursor, 10);
        seen.push(...page.people.map((person) => person.userId));
        cursor = page.cursor;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(25);
      expect(new Set(seen).size).toBe(25);
    });

    it('finds a renamed user under the new name only', async () => {
      await addUsers('anna');
      await store.users.change('anna', { name: 'Zoe' });
      expect((await store.users.search('zoe', undefined, 5)).people).toEqual([
        { userId: 'anna', name: 'Zoe' },
      ]);
      expect((await store.users.search('name', undefined, 5)).people).toEqual([]);
    });

    it('keeps the newest picture of a user, and names it wherever the user is named', async () => {
      await addUsers('anna', 'bao');
      const first = { pictureId: 'p1', picture: { type: 'image/png', data: 'AAAA' } } as const;
      const second = { pictureId: 'p2', picture: { type: 'image/jpeg', data: 'BBBB' } } as const;
      const anna = { userId: 'anna', name: 'Name of anna', pictureId: 'p2' };
      await store.users.change('anna', { picture: first });
      expect(await store.users.change('anna', { picture: second })).toEqual(anna);
      expect(await store.users.picture('anna', 'p2')).toEqual(second.picture);
      expect(await store.users.picture('anna', 'p1')).toBeNull();
      expect(await store.users.picture('bao', 'p2')).toBeNull();
      expect(await store.users.find('anna')).toEqual(anna);
      expect(await store.users.findMany(['anna'])).toEqual([anna]);
      expect((await store.users.search('name', undefined, 1)).people).toEqual([anna]);
    });

    it('changes what is named and leaves the rest', async () => {
      await addUsers('anna');
      const picture = { pictureId: 'p1', picture: { type: 'image/png', data: 'AAAA' } } as const;
      await store.users.change('anna', { picture });
      const renamed = { userId: 'anna', name: 'Zoe', pictureId: 'p1' };
      expect(await store.users.change('anna', { name: 'Zoe' })).toEqual(renamed);
      expect(await store.users.change('anna', {})).toEqual(renamed);
      const bare = { userId: 'anna', name: 'Zoe' };
      expect(await store.users.change('anna', { picture: null })).toEqual(bare);
      expect(await store.users.picture('anna', 'p1')).toBeNull();
      expect(await store.users.change('nobody', { name: 'X' })).toBeNull();
    });
  });

  describe('groups', () => {
    it('keeps members, and tells a user only of its own groups', async () => {
      await addUsers('anna', 'bao', 'cem');
      const sales = { groupId: 'sales', name: 'Sales', memberIds: ['anna', 'bao'] };
      expect(await store.groups.add({ ...sales, memberIds: ['bao', 'anna', 'bao'] })).toEqual(
        ok(sales),
      );
      expect(await store.groups.add(sales)).toEqual(err('taken'));
      expect(await store.groups.ofUser('bao')).toEqual([sales]);
      expect(await store.groups.ofUser('cem')).toEqual([]);
    });

    it('writes nothing when a member is no user', async () => {
      await addUsers('anna');
      const group = { groupId: 'g', name: 'G', memberIds: ['anna', 'ghost'] };
      expect(await store.groups.add(group)).toEqual(err('member-unknown'));
      expect(await store.groups.list()).toEqual([]);
    });

    it('is changed by a member only, whole or not at all', async () => {
      await addUsers('anna', 'bao', 'cem');
      const sales = { groupId: 'sales', name: 'Sales', memberIds: ['anna', 'bao'] };
      await store.groups.add(sales);
      const { groups } = store;
      const unknown = err('group-unknown');
      expect(await groups.change('sales', 'cem', { memberIds: ['cem'] })).toEqual(unknown);
      expect(await groups.change('none', 'anna', { name: 'X' })).toEqual(unknown);
      const ghost = { name: 'X', memberIds: ['anna', 'ghost'] };
      expect(await groups.change('sales', 'anna', ghost)).toEqual(err('member-unknown'));
      expect(await groups.list()).toEqual([sales]);
      const renamed = { ...sales, name: 'Shop' };
      const formerMemberIds = ['anna', 'bao'];
      expect(await groups.change('sales', 'bao', { name: 'Shop' })).toEqual(
        ok({ group: renamed, formerMemberIds }),
      );
      const left = { ...renamed, memberIds: ['anna', 'cem'] };
      expect(await groups.change('sales', 'bao', { memberIds: ['cem', 'anna'] })).toEqual(
        ok({ group: left, formerMemberIds }),
      );
      expect(await groups.ofUser('bao')).toEqual([]);
      expect(await groups.ofUser('cem')).toEqual([left]);
    });

    it('gives nobody more groups than can be told', async () => {
      await addUsers('anna', 'bao');
      for (let n = 0; n < limits.groupsPerUser; n += 1) {
        await store.groups.add({ groupId: `g${n}`, name: 'G', memberIds: ['anna'] });
      }
      const more = { groupId: 'more', name: 'More', memberIds: ['anna', 'bao'] };
      expect(await store.groups.add(more)).toEqual(err('too-large'));
      expect(await store.groups.add({ ...more, memberIds: ['bao'] })).toEqual(
        ok({ ...more, memberIds: ['bao'] }),
      );
      const both = { memberIds: ['anna', 'bao'] };
      expect(await store.groups.change('more', 'bao', both)).toEqual(err('too-large'));
      expect((await store.groups.change('g0', 'anna', { name: 'Renamed' })).ok).toBe(true);
      expect(await store.groups.ofUser('anna')).toHaveLength(limits.groupsPerUser);
    });

    it('loses no change of two members at once', async () => {
      const other = await secondStore();
      await addUsers('anna', 'bao', 'cem');
      await store.groups.add({ groupId: 'g', name: 'G', memberIds: ['anna', 'bao'] });
      const changes = await Promise.all([
        store.groups.change('g', 'anna', { name: 'New' }),
        other.groups.change('g', 'bao', { memberIds: ['anna', 'bao', 'cem'] }),
      ]);
      expect(changes.map(({ ok: isOk }) => isOk)).toEqual([true, true]);
      expect(await store.groups.list()).toEqual([
        { groupId: 'g', name: 'New', memberIds: ['anna', 'bao', 'cem'] },
      ]);
      if (other !== store) await other.close();
    });
  });

  describe('invitations', () => {
    const week = 7 * 24 * 60 * 60_000;
    const repeatMs = 600_000;
    const invitation = (codeHash: string, createdBy: string | null = 'anna') => ({
      ...{ codeHash, createdBy, createdAt: t0, expiresAt: t0 + week },
    });
    const newcomer = { name: 'Zoe Sun', secretHash: 's1' };
    const use = (codeHash: string, deviceId: string, nowMs = t0 + 1, from = store) =>
      from.invitations.use(codeHash, { ...newcomer, deviceId }, { nowMs, repeatMs });

    beforeEach(() => addUsers('anna'));

    it('make one user, once', async () => {
      expect(await store.invitations.add(invitation('h1'))).toBe('added');
      expect(await use('h2', 'desk')).toBeNull();
      const used = { userId: 'zoe-sun', invitedBy: 'anna', isRepeated: false };
      expect(await use('h1', 'desk')).toEqual(used);
      expect(await store.users.find('zoe-sun')).toEqual({ userId: 'zoe-sun', name: 'Zoe Sun' });
      expect(await store.users.passwordHash('zoe-sun')).toBeNull();
      expect(await use('h1', 'another')).toBeNull();
      expect((await store.users.search('sun', undefined, 5)).people).toHaveLength(1);
    });

    it('let the same device come again for a while, and make nobody then', async () => {
      await store.invitations.add(invitation('h1', null));
      await use('h1', 'desk', t0 + 1);
      const again = { userId: 'zoe-sun', invitedBy: null, isRepeated: true };
      expect(await use('h1', 'desk', t0 + repeatMs)).toEqual(again);
      expect(await use('h1', 'desk', t0 + 1 + repeatMs)).toBeNull();
      expect(await store.users.list()).toHaveLength(2);
    });

    it('let nobody come again with another secret', async () => {
      await store.invitations.add(invitation('h1'));
      await use('h1', 'desk');
      const times = { nowMs: t0 + 2, repeatMs };
      const stranger = { ...newcomer, deviceId: 'desk', secretHash: 's2' };
      expect(await store.invitations.use('h1', stranger, times)).toBeNull();
      expect(await use('h1', 'desk')).toMatchObject({ userId: 'zoe-sun', isRepeated: true });
    });

    it('are worth nothing once they expired', async () => {
      await store.invitations.add(invitation('h1'));
      expect(await use('h1', 'desk', t0 + week)).toBeNull();
      expect(await store.users.list()).toHaveLength(1);
    });

    it('are won by one of many who come at once', async () => {
      const other = await secondStore();
      await store.invitations.add(invitation('h1'));
      const tries = Array.from({ length: 12 }, (_, n) =>
        use('h1', `desk-${n}`, t0 + 1, n % 2 === 0 ? store : other),
      );
      const won = (await Promise.all(tries)).filter((one) => one !== null);
      expect(won).toEqual([{ userId: 'zoe-sun', invitedBy: 'anna', isRepeated: false }]);
      expect(await store.users.list()).toHaveLength(2);
      if (other !== store) await other.close();
    });

    it('give each of many of one name an id of their own', async () => {
      const other = await secondStore();
      const hashes = Array.from({ length: 6 }, (_, n) => `h${n}`);
      for (const hash of hashes) await store.invitations.add(invitation(hash));
      const made = await Promise.all(
        hashes.map((hash, n) => use(hash, 'desk', t0 + 1, n % 2 === 0 ? store : other)),
      );
      expect(made.map((one) => one?.userId ?? 'none').toSorted()).toEqual(
        ['', '-2', '-3', '-4', '-5', '-6'].map((suffix) => `zoe-sun${suffix}`),
      );
      if (other !== store) await other.close();
    });

    it('of one user are so many at most, also when they are made at once', async () => {
      const other = await secondStore();
      await addUsers('bao');
      const hashes = Array.from({ length: limits.openInvites + 4 }, (_, n) => `h${n}`);
      const made = await Promise.all(
        hashes.map((hash, n) => (n % 2 === 0 ? store : other).invitations.add(invitation(hash))),
      );
      expect(made.filter((one) => one === 'added')).toHaveLength(limits.openInvites);
      expect(await store.invitations.add(invitation('b', 'bao'))).toBe('added');
      expect(await store.invitations.add(invitation('admin', null))).toBe('added');
      const later = { ...invitation('later'), createdAt: t0 + week };
      expect(await store.invitations.add(later)).toBe('added');
      if (other !== store) await other.close();
    });

    it('are forgotten after they expired', async () => {
      await store.invitations.add(invitation('h1'));
      await use('h1', 'desk');
      await store.invitations.prune(t0 + week);
      expect((await use('h1', 'desk'))?.isRepeated).toBe(true);
      await store.invitations.prune(t0 + week + 1);
      expect(await use('h1', 'desk')).toBeNull();
    });
  });

  describe('devices', () => {
    const row: DeviceRow = {
      userId: 'anna',
      deviceId: 'desk',
      name: 'Desk',
      family: 'f1',
      version: 1,
      previousHash: null,
      currentHashes: ['h1'],
      revokedAt: null,
      signedInAt: t0,
    };

    it('gives back what was put, times as numbers', async () => {
      await addUsers('anna');
      await store.devices.put({ ...row, revokedAt: t0 + 1 });
      expect(await store.devices.find('anna', 'desk')).toEqual({ ...row, revokedAt: t0 + 1 });
      expect(await store.devices.findFamily('f1')).toEqual({ ...row, revokedAt: t0 + 1 });
      expect(await store.devices.findFamily('f2')).toBeNull();
    });

    it('lets one of two updates at once win', async () => {
      await addUsers('anna');
      await store.devices.put(row);
      const won = await Promise.all([
        store.devices.update({ ...row, currentHashes: ['x'] }),
        store.devices.update({ ...row, currentHashes: ['y'] }),
      ]);
      expect(won.filter(Boolean)).toHaveLength(1);
      expect((await store.devices.findFamily('f1'))?.version).toBe(2);
    });
  });

  describe('calls', () => {
    beforeEach(() => addUsers('anna', 'bao', 'cem'));

    it('gives back exactly the row that was saved', async () => {
      const call = await startCall();
      expect(await store.calls.find(['c1'])).toEqual([call]);
      expect(await store.calls.unendedOf('bao')).toEqual([call]);
      expect(await store.calls.unendedOf('cem')).toEqual([]);
      expect(await store.calls.unended()).toEqual([call]);
    });

    it('shows the world: known users, the call, and their other calls only', async () => {
      const call = await startCall();
      const scope = { callId: null, userIds: ['cem', 'anna', 'ghost'] };
      const world = await store.calls.transaction(scope, (tx) => Promise.resolve(tx.world));
      expect(world).toEqual({
        call: null,
        group: null,
        others: [call],
        knownUserIds: new Set(['anna', 'cem']),
        rules: new Map(),
      });
      const own = await store.calls.transaction({ callId: 'c1', userIds: [] }, (tx) =>
        Promise.resolve(tx.world),
      );
      expect(own).toEqual({
        call,
        group: null,
        others: [],
        knownUserIds: new Set(['anna', 'bao']),
        rules: new Map(),
      });
    });

    it('shows the group of the call or of the one to be started, with its members of now', async () => {
      const groupOf = (scope: CallScope): Promise<unknown> =>
        store.calls.transaction(scope, (tx) => Promise.resolve(tx.world.group));
      await store.groups.add({ groupId: 'design', name: 'Design', memberIds: ['anna', 'bao'] });
      const both = { groupId: 'design', memberIds: new Set(['anna', 'bao']) };
      const named = { callId: null, userIds: ['anna', 'bao'], groupId: 'design' };
      expect(await groupOf(named)).toEqual(both);
      expect(await groupOf({ ...named, groupId: 'none' })).toBeNull();
      const call = await startCall();
      await store.calls.transaction({ callId: 'c1', userIds: [] }, (tx) =>
        tx.save({ ...call, revision: 2, kind: 'group', groupId: 'design' }),
      );
      const ofCall = { callId: 'c1', userIds: [] };
      expect(await groupOf(ofCall)).toEqual(both);
      await store.groups.change('design', 'bao', { memberIds: ['bao', 'cem'] });
      expect(await groupOf(ofCall)).toEqual({
        groupId: 'design',
        memberIds: new Set(['bao', 'cem']),
      });
      await store.groups.change('design', 'bao', { memberIds: [] });
      expect(await groupOf(ofCall)).toEqual({ groupId: 'design', memberIds: new Set() });
    });

    it('holds whoever is invited, and finds the call of each of them afterwards', async () => {
      const call = await startCall();
      const second = await secondStore();
      const legOf = (userId: string): LegRow => ({
        ...{ legId: `c1-${userId}`, userId, invitedBy: 'anna', state: 'invited' },
        ...{ ringingDeviceIds: [], liveLegIds: [] },
      });
      const inviteTo = (from: Store, userId: string): Promise<readonly string[]> =>
        from.calls.transaction({ callId: 'c1', userIds: ['anna', userId] }, async (tx) => {
          const now = tx.world.call ?? call;
          const legs = [...now.legs, legOf(userId)];
          await tx.save({ ...now, kind: 'group', revision: now.revision + 1, legs });
          return [...tx.world.knownUserIds].toSorted();
        });
      try {
        await addUsers('dora');
        const seen = await Promise.all([inviteTo(store, 'cem'), inviteTo(second, 'dora')]);
        // Whoever came second saw the first one's guest, and held them too.
        expect(seen.flat()).toEqual(expect.arrayContaining(['anna', 'bao', 'cem', 'dora']));
        expect(Math.max(...seen.map((ids) => ids.length))).toBe(4);
        const [stored] = await store.calls.find(['c1']);
        expect(stored?.legs.map(({ userId }) => userId).toSorted()).toEqual([
          'anna',
          'bao',
          'cem',
          'dora',
        ]);
        for (const userId of ['cem', 'dora']) {
          expect(await store.calls.unendedOf(userId)).toEqual([stored]);
        }
      } finally {
        if (second !== store) await second.close();
      }
    });

    it('lets exactly one of two devices claim at once', async () => {
      await startCall();
      const second = await secondStore();
      try {
        const won = await Promise.all([claim(store, 'bao-desk'), claim(second, 'bao-laptop')]);
        expect(won.toSorted()).toEqual(['already-claimed', 'won']);
      } finally {
        if (second !== store) await second.close();
      }
    });

    it('lets exactly one of two people who call each other at once through', async () => {
      const second = await secondStore();
      const dial = (from: Store, userId: string, targetId: string): Promise<string> =>
        from.calls.transaction({ callId: null, userIds: [userId, targetId] }, async (tx) => {
          if (tx.world.others.length > 0) return 'busy';
          const call = await makeCallOf(userId, targetId);
          await tx.save(call);
          return 'through';
        });
      const makeCallOf = (userId: string, targetId: string): Promise<CallState> => {
        const ids = {
          callId: `c-${userId}`,
          callerLegId: `${userId}-1`,
          calleeLegId: `${userId}-2`,
        };
        const command = { type: 'start', ...ids, userId, deviceId: 'd', targetId } as const;
        const world = {
          ...{ call: null, group: null, others: [], knownUserIds: new Set([userId, targetId]) },
          ...{ rules: new Map(), freeUserIds: new Set<string>(), deviceIds: new Map(), times },
        };
        const decision = decide(world, { ...command, mediaType: 1 }, t0);
        return decision.ok ? Promise.resolve(decision.call) : Promise.reject(new Error('refused'));
      };
      try {
        for (let round = 0; round < 10; round += 1) {
          const both = [dial(store, 'anna', 'bao'), dial(second, 'bao', 'anna')];
          const results = await Promise.all(both);
          expect(results.toSorted()).toEqual(['busy', 'through']);
          await endAll();
        }
      } finally {
        if (second !== store) await second.close();
      }
    });

    /** Takes the unended calls out of the way. */
    const endAll = async (): Promise<void> => {
      for (const { callId } of await store.calls.unended()) {
        await store.calls.transaction({ callId, userIds: [] }, async (tx) => {
          const { call } = tx.world;
          if (call) await tx.save({ ...call, revision: call.revision + 1, endedAt: t0 });
        });
      }
      await store.calls.prune(t0, t0 + 1);
    };

    it('undoes everything when the work fails', async () => {
      const call = await startCall();
      const failing = store.calls.transaction({ callId: 'c1', userIds: [] }, async (tx) => {
        await tx.save({ ...call, revision: 2 });
        throw new Error('on purpose');
      });
      await expect(failing).rejects.toThrow('on purpose');
      expect(await store.calls.find(['c1'])).toEqual([call]);
    });

    it('lists unended calls whose deadline has passed, the longest overdue first', async () => {
      await startCall();
      expect(await store.calls.due(t0 + times.ringMs - 1, 10)).toEqual([]);
      expect(await store.calls.due(t0 + times.ringMs, 10)).toEqual(['c1']);
      await endAll();
      expect(await store.calls.due(t0 + times.ringMs, 10)).toEqual([]);
    });

    it('keeps calls and answers over a restart', async () => {
      const call = await startCall();
      const key = { userId: 'anna', deviceId: 'anna-desk', commandId: 'k1' };
      const answer: CommandAnswer = { ok: false, error: 'call-exists' };
      await store.calls.transaction({ callId: 'c1', userIds: [] }, (tx) =>
        tx.remember(key, answer, t0 + 10),
      );
      await store.close();
      store = await openStore(place, silentLog);
      expect(await store.calls.unended()).toEqual([call]);
      expect(await store.calls.answerTo(key)).toEqual(answer);
      await store.calls.prune(t0 + 10, 0);
      expect(await store.calls.answerTo(key)).toBeNull();
    });

    it('keeps the answers of two users with the same device id apart', async () => {
      await startCall();
      const key = { userId: 'anna', deviceId: 'same', commandId: 'k' };
      await store.calls.transaction({ callId: 'c1', userIds: [] }, (tx) =>
        tx.remember(key, { ok: false, error: 'call-self' }, t0 + 10),
      );
      expect(await store.calls.answerTo({ ...key, userId: 'bao' })).toBeNull();
    });

    it('forgets ended calls in time, unended ones never', async () => {
      await startCall();
      await store.calls.prune(t0 * 2, t0 * 2);
      expect(await store.calls.unended()).toHaveLength(1);
      await endAll();
      expect(await store.calls.find(['c1'])).toEqual([]);
    });
  });

  describe('call rules', () => {
    beforeEach(() => addUsers('anna', 'bao', 'cem'));

    it('are the defaults until something is set, and what is not named stays', async () => {
      expect(await store.rules.of('anna')).toEqual(defaultCallRules);
      await store.rules.set('anna', { secondDevice: 2 });
      await store.rules.set('anna', { busy: 'device' });
      await store.rules.set('anna', {});
      const rules = { ...defaultCallRules, busy: 'device', secondDevice: 2 };
      expect(await store.rules.of('anna')).toEqual(rules);
      expect(await store.rules.of('bao')).toEqual(defaultCallRules);
    });

    it('keep blocked people in the order of blocking, each once, until they are unblocked', async () => {
      expect(await store.rules.block('anna', 'cem', t0)).toBe('done');
      expect(await store.rules.block('anna', 'bao', t0 + 1)).toBe('done');
      expect(await store.rules.block('anna', 'cem', t0 + 2)).toBe('done');
      expect((await store.rules.of('anna')).blockedUserIds).toEqual(['cem', 'bao']);
      expect(await store.rules.of('cem')).toEqual(defaultCallRules);
      await store.rules.unblock('anna', 'cem');
      await store.rules.unblock('anna', 'cem');
      expect((await store.rules.of('anna')).blockedUserIds).toEqual(['bao']);
    });

    it('keep favourites in the order of choosing, each once, and know nobody who does not exist', async () => {
      expect(await store.rules.favour('anna', 'cem')).toBe('done');
      expect(await store.rules.favour('anna', 'bao')).toBe('done');
      expect(await store.rules.favour('anna', 'cem')).toBe('done');
      expect(await store.rules.favour('anna', 'ghost')).toBe('user-unknown');
      expect((await store.rules.of('anna')).favouriteUserIds).toEqual(['cem', 'bao']);
      await store.rules.unfavour('anna', 'cem');
      await store.rules.favour('anna', 'cem');
      expect((await store.rules.of('anna')).favouriteUserIds).toEqual(['bao', 'cem']);
      expect(await store.rules.of('cem')).toEqual(defaultCallRules);
    });

    it('have so many favourites and no more, also when two devices choose at once', async () => {
      const ids = Array.from({ length: limits.favouriteUsers + 1 }, (_, n) => `u${String(n)}`);
      await addUsers(...ids);
      const [last, tooLast, ...most] = ids;
      for (const id of most) await store.rules.favour('anna', id);
      const both = [store.rules.favour('anna', last!), store.rules.favour('anna', tooLast!)];
      expect((await Promise.all(both)).sort()).toEqual(['done', 'too-many']);
      expect((await store.rules.of('anna')).favouriteUserIds).toHaveLength(limits.favouriteUsers);
    });

    it('keep what is said of being disturbed and of declining as it was said', async () => {
      const doNotDisturb = {
        until: t0,
        schedule: { days: [0, 6], fromMinute: 0, toMinute: 540, timeZone: 'Asia/Kolkata' },
        favouritesRing: false,
      };
      await store.rules.set('anna', { doNotDisturb });
      await store.rules.set('anna', { quickReplies: ['Später', '稍后'] });
      expect(await store.rules.of('anna')).toEqual({
        ...{ ...defaultCallRules, doNotDisturb, quickReplies: ['Später', '稍后'] },
      });
    });

    it('keep each what two devices change of being disturbed at the same time', async () => {
      const schedule = { days: [1], fromMinute: 0, toMinute: 540, timeZone: 'Asia/Kolkata' };
      const doNotDisturb = { until: t0, schedule, favouritesRing: false };
      await Promise.all([
        store.rules.set('anna', { doNotDisturb: { schedule } }),
        store.rules.set('anna', { doNotDisturb: { until: t0 } }),
        store.rules.set('anna', { doNotDisturb: { favouritesRing: false } }),
      ]);
      expect((await store.rules.of('anna')).doNotDisturb).toEqual(doNotDisturb);
      await store.rules.set('anna', { doNotDisturb: { schedule: null } });
      const rest = { ...doNotDisturb, schedule: null };
      expect((await store.rules.of('anna')).doNotDisturb).toEqual(rest);
    });

    it('are part of the world that a command decides on', async () => {
      await store.rules.favour('bao', 'anna');
      await store.rules.set('bao', {
        doNotDisturb: { ...defaultCallRules.doNotDisturb, until: 0 },
      });
      const rules = await store.calls.transaction(
        { callId: null, userIds: ['anna', 'bao'] },
        ({ world }) => Promise.resolve(world.rules.get('bao')),
      );
      expect(rules).toMatchObject({ favouriteUserIds: ['anna'], doNotDisturb: { until: 0 } });
    });

    it('block nobody who does not exist', async () => {
      expect(await store.rules.block('anna', 'ghost', t0)).toBe('user-unknown');
      expect(await store.rules.of('anna')).toEqual(defaultCallRules);
    });

    it('are full at the limit, also when two devices block at once', async () => {
      const ids = Array.from({ length: limits.blockedUsers + 1 }, (_, n) => `u${String(n)}`);
      await addUsers(...ids);
      const [last, tooLast, ...most] = ids;
      for (const id of most) await store.rules.block('anna', id, t0);
      const second = await secondStore();
      try {
        const both = [
          store.rules.block('anna', last!, t0),
          second.rules.block('anna', tooLast!, t0),
        ];
        expect((await Promise.all(both)).toSorted()).toEqual(['done', 'too-many']);
      } finally {
        if (second !== store) await second.close();
      }
      expect((await store.rules.of('anna')).blockedUserIds).toHaveLength(limits.blockedUsers);
      expect(await store.rules.block('anna', most[0]!, t0)).toBe('done');
    });

    it('are part of the world of everybody concerned', async () => {
      await store.rules.block('bao', 'cem', t0);
      await store.rules.set('cem', { busy: 'device' });
      await startCall();
      const scope = { callId: 'c1', userIds: [] };
      const { rules } = await store.calls.transaction(scope, (tx) => Promise.resolve(tx.world));
      expect([...rules]).toEqual([
        ['bao', { ...defaultUserRules, blockedSince: new Map([['cem', t0]]) }],
      ]);
    });

    it('of those who ring somebody are there, too, when that person is called by others', async () => {
      await startCall();
      await store.rules.block('anna', 'bao', t0 + 1);
      const scope = { callId: null, userIds: ['bao', 'cem'] };
      const { rules } = await store.calls.transaction(scope, (tx) => Promise.resolve(tx.world));
      expect(rules.get('anna')?.blockedSince).toEqual(new Map([['bao', t0 + 1]]));
    });

    it('wait for a command of their user that runs, so that it decides on one state', async () => {
      const second = await secondStore();
      try {
        let blocking: Promise<unknown> = Promise.resolve();
        const order: string[] = [];
        await store.calls.transaction({ callId: null, userIds: ['anna', 'bao'] }, async (tx) => {
          const asked = second.rules.block('bao', 'anna', t0);
          blocking = asked.then(() => order.push('blocked'));
          // Had it not to wait, it would be done by the time the database has answered three times.
          for (let n = 0; n < 3; n += 1)
            await tx.answerTo({ userId: 'a', deviceId: 'd', commandId: 'c' });
          order.push('command done');
        });
        await blocking;
        expect(order).toEqual(['command done', 'blocked']);
      } finally {
        if (second !== store) await second.close();
      }
    });
  });

  describe('records', () => {
    const record = (n: number, userId = 'bao'): OwnedRecord => ({
      userId,
      recordId: `r${String(n)}:${userId}`,
      callId: `r${String(n)}`,
      kind: 'private',
      direction: 'incoming',
      targetId: 'anna',
      callerId: 'anna',
      mediaType: 1,
      createdAt: t0 + n,
      connectedAt: 0,
      endedAt: t0 + n + 5,
      endReason: 5,
      seen: false,
      memberIds: ['anna'],
      invitedBy: 'anna',
    });
    const add = (...records: OwnedRecord[]): Promise<void> =>
      store.calls.transaction({ callId: null, userIds: ['bao'] }, (tx) => tx.addRecords(records));
    beforeEach(() => addUsers('anna', 'bao'));

    it('keeps each once, and seen stays seen', async () => {
      await add(record(1), record(2), record(1, 'anna'));
      await store.records.markSeen('bao', ['r1:bao', 'r1:anna']);
      await add(record(1));
      const { userId: _owner, ...second } = record(2);
      expect(await store.records.unseen('bao', 10)).toEqual([second]);
      expect(await store.records.unseen('anna', 10)).toHaveLength(1);
      expect(await store.records.list('bao', undefined, 10)).toHaveLength(2);
    });

    it('is seen with all that are older, where somebody looked at the list', async () => {
      await add(record(1), record(2), record(3), record(4), record(1, 'anna'));
      await store.records.markSeen('bao', ['r4:bao'], t0 + 2);
      expect((await store.records.unseen('bao', 10)).map((one) => one.callId)).toEqual(['r3']);
      expect(await store.records.unseen('anna', 10)).toHaveLength(1);
    });

    describe('searched', () => {
      const meeting = (n: number, groupId: string, ...memberIds: string[]): OwnedRecord => ({
        ...record(n),
        ...{ kind: 'group', targetId: groupId, memberIds, callerId: memberIds[0] ?? 'bao' },
      });
      const found = async (query: string, before?: number, limit = 10): Promise<string[]> =>
        (await store.records.search('bao', query, { before, limit })).map((one) => one.callId);

      beforeEach(async () => {
        await store.users.add({
          ...{ userId: 'zoe.k', name: 'Zoë van Kerk', passwordHash: null, createdAt: t0 },
        });
        await store.groups.add({ groupId: 'design', name: 'Design review', memberIds: ['bao'] });
        await store.groups.add({ groupId: 'other', name: 'Reviewers', memberIds: ['bao'] });
        await add(
          record(1),
          { ...record(2), targetId: 'zoe.k', memberIds: ['zoe.k'] },
          meeting(3, 'design', 'anna', 'zoe.k'),
          meeting(4, 'design', 'anna'),
          { ...record(5, 'anna'), targetId: 'bao', memberIds: ['bao'] },
        );
      });

      it('find people by the beginning of their id, of their name, and of a later word of it', async () => {
        for (const query of ['zoe.', 'ZOË', 'van k', 'kerk']) {
          expect([query, await found(query)]).toEqual([query, ['r3', 'r2']]);
        }
        expect(await found('erk')).toEqual([]);
        expect(await found('anna')).toEqual(['r4', 'r3', 'r1']);
      });

      it('find groups by name, each call once, newest first, page by page', async () => {
        expect(await found('review')).toEqual(['r4', 'r3']);
        expect(await found('design', t0 + 4)).toEqual(['r3']);
        expect(await found('anna', undefined, 2)).toEqual(['r4', 'r3']);
        expect(await found('anna', t0 + 3, 2)).toEqual(['r1']);
        expect(await found('reviewers')).toEqual([]);
      });

      it('find who is in nearly all calls and who is only in the oldest of a long history', async () => {
        // Two rows each: more than are looked through before a search goes by its names.
        const long = Array.from({ length: 1_000 }, (_, n) =>
          meeting(100 + n, 'other', 'anna', 'cem'),
        );
        await addUsers('cem');
        await add(...long);
        expect(await found('anna', undefined, 3)).toEqual(['r1099', 'r1098', 'r1097']);
        expect(await found('name of', t0 + 102, 4)).toEqual(['r101', 'r100', 'r4', 'r3']);
        expect(await found('reviewers', undefined, 2)).toEqual(['r1099', 'r1098']);
        expect(await found('zoe.', undefined, 3)).toEqual(['r3', 'r2']);
        expect(await found('anna', t0 + 100, 2)).toEqual(['r4', 'r3']);
        expect(await found('design', undefined, 3)).toEqual(['r4', 'r3']);
      });

      it('go by the name as it is now', async () => {
        await store.users.change('zoe.k', { name: 'Quirin' });
        expect(await found('kerk')).toEqual([]);
        expect(await found('quirin')).toEqual(['r3', 'r2']);
      });

      it('take signs that a database might read as its own for what they are', async () => {
        for (const query of ['%', '_', "'", 'a%', '\\']) expect(await found(query)).toEqual([]);
      });
    });

    it('lists newest first, from a time on', async () => {
      await add(record(1), record(2), record(3));
      const ids = (await store.records.list('bao', t0 + 3, 2)).map((one) => one.callId);
      expect(ids).toEqual(['r2', 'r1']);
      expect((await store.records.unseen('bao', 2)).map((one) => one.callId)).toEqual(['r2', 'r3']);
    });
  });

  it('keeps the first value of a setting', async () => {
    expect(await store.setting('key', 'one')).toBe('one');
    expect(await store.setting('key', 'two')).toBe('one');
    await store.ping();
  });
});
