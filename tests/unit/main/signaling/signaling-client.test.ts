import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SignInProblem } from '#common/problems';
import { defaultCallRules } from '#protocol/messages';
import { signalHeadIn } from '#server/sessions/signal-head';
import { systemClock } from '#main/clock';
import type { HeartbeatContent } from '#main/signaling/connection';
import {
  SignalingClient,
  type SignalingOptions,
  type Standing,
} from '#main/signaling/signaling-client';
import { KeptLog } from '../silent-log';
import { FakeNet, type FakeSocket } from './fake-socket';

const tokens = { access: 'secret-a1', accessExpiresAt: 9e15, refresh: 'secret-r1' };
const password = { kind: 'password', userId: 'anna', password: 'secret-pw' } as const;

class Probe {
  readonly net = new FakeNet();
  readonly log = new KeptLog();
  readonly seen: string[] = [];
  readonly disconnects: { problem: SignInProblem; retries: boolean }[] = [];
  content: HeartbeatContent = { calls: {}, live: {}, inCall: false };
  standing: () => Standing = () => ({ isAway: false, isQuiet: false });
  readonly client: SignalingClient;

  constructor(start: SignalingOptions['start'] = { credential: password }) {
    let ids = 0;
    this.client = new SignalingClient(
      {
        url: 'ws://127.0.0.1:1/ws',
        device: { deviceId: 'anna-1', name: 'desk' },
        start,
        connect: this.net.connect,
        clock: systemClock,
        random: () => 0,
        newId: () => `id-${(ids += 1)}`,
        log: this.log,
      },
      {
        heartbeat: () => this.content,
        standing: () => this.standing(),
        onStateChanged: (state) => this.seen.push(state),
        onWelcome: () => this.seen.push('welcome'),
        onSnapshot: ({ callId, revision }) => this.seen.push(`${callId}@${revision}`),
        onGone: (ids) => this.seen.push(`gone ${ids.join()}`),
        onSignal: ({ linkId }) => this.seen.push(`signal ${linkId}`),
        onNews: ({ type }) => this.seen.push(type),
        onDisconnected: (problem, retries) => this.disconnects.push({ problem, retries }),
      },
    );
  }

  /** Opens the newest socket and answers its sign-in. */
  welcome(serverNowMs = Date.now(), withTokens = true): FakeSocket {
    const socket = this.net.last;
    socket.handlers.onOpen();
    socket.receive({
      type: 'welcome',
      id: socket.last('sign-in').id,
      protocol: 1,
      serverNowMs,
      user: { userId: 'anna', name: 'Anna' },
      deviceId: 'anna-1',
      calls: [],
      records: [],
      rules: defaultCallRules,
      ...(withTokens ? { tokens } : {}),
    });
    return socket;
  }

  online(): FakeSocket {
    this.client.start();
    return this.welcome();
  }
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe('signing in', () => {
  it('sends the credential first, and is online with the welcome', () => {
    const probe = new Probe();
    const socket = probe.online();
    expect(socket.last('sign-in')).toMatchObject({
      protocol: 1,
      device: { deviceId: 'anna-1' },
      credential: password,
    });
    expect(probe.seen).toEqual(['welcome', 'online']);
  });

  it('says how it stands at this device as it is then, and signs in all the same where nobody knows', () => {
    const probe = new Probe({ tokens });
    const away = { isAway: true, isQuiet: false };
    probe.standing = () => away;
    expect(probe.online().last('sign-in').standing).toEqual(away);
    probe.standing = () => {
      throw new Error('no display');
    };
    probe.net.last.handlers.onClose(1006);
    vi.advanceTimersByTime(60_000);
    probe.net.last.handlers.onOpen();
    expect(probe.net.last.last('sign-in')).not.toHaveProperty('standing');
  });

  it('ends with the problem when the password is refused', () => {
    const probe = new Probe();
    probe.client.start();
    probe.net.last.handlers.onOpen();
    probe.net.last.refuse(probe.net.last.last('sign-in').id, 'bad-credentials');
    expect(probe.disconnects).toEqual([{ problem: 'bad-credentials', retries: false }]);
    expect(probe.client.state).toBe('ended');
    vi.advanceTimersByTime(60_000);
    expect(probe.net.sockets).toHaveLength(1);
  });

  it('tries the refresh token at once when the access token is refused', () => {
    const probe = new Probe({ tokens });
    probe.client.start();
    probe.net.last.handlers.onOpen();
    expect(probe.net.last.last('sign-in').credential.kind).toBe('access');
    probe.net.last.refuse(probe.net.last.last('sign-in').id, 'token-expired');
    vi.advanceTimersByTime(0);
    probe.welcome();
    expect(probe.net.last.last('sign-in').credential).toEqual({
      kind: 'refresh',
      token: tokens.refresh,
    });
    expect(probe.client.state).toBe('online');
  });

  it('counts a server that never welcomes as unreachable', () => {
    const probe = new Probe();
    probe.client.start();
    probe.net.last.handlers.onOpen();
    vi.advanceTimersByTime(10_000);
    expect(probe.net.last.closedWith).toBe('terminated');
    expect(probe.disconnects).toEqual([{ problem: 'unreachable', retries: true }]);
  });

  it('never logs a password or a token', () => {
    const probe = new Probe();
    probe.online().handlers.onClose(1006);
    vi.advanceTimersByTime(0);
    probe.welcome().receive({ type: 'nonsense', token: 'secret-x' });
    expect(probe.log.lines.length).toBeGreaterThan(3);
    expect(probe.log.lines.join()).not.toContain('secret');
  });
});

describe('requests', () => {
  it('are answered by their one reply', async () => {
    const probe = new Probe();
    const socket = probe.online();
    const answer = probe.client.request('directory.groups', {});
    socket.reply(socket.last('directory.groups').id, { groups: [] });
    expect(await answer).toEqual({ ok: true, value: { groups: [] } });
  });

  it('give the coded error of the server', async () => {
    const probe = new Probe();
    const socket = probe.online();
    const answer = probe.client.request('call.claim', { callId: 'c1' });
    socket.refuse(socket.last('call.claim').id, 'already-claimed');
    expect(await answer).toEqual({ ok: false, error: 'already-claimed' });
  });

  it('repeat themselves with the same id when the socket broke before the reply', async () => {
    const probe = new Probe();
    const first = probe.online();
    const answer = probe.client.request('call.claim', { callId: 'c1' });
    const sent = first.last('call.claim');
    first.handlers.onClose(1006);
    vi.advanceTimersByTime(0);
    const second = probe.welcome();
    expect(second.last('call.claim')).toEqual(sent);
    second.refuse(sent.id, 'call-ended');
    expect(await answer).toEqual({ ok: false, error: 'call-ended' });
  });

  it('are sent once when they are made while the welcome is handled', () => {
    const probe = new Probe();
    probe.client.start();
    void probe.client.request('directory.groups', {});
    const socket = probe.welcome();
    expect(socket.count('directory.groups')).toBe(1);
  });

  it('give up as offline after ten seconds, and a late reply changes nothing', async () => {
    const probe = new Probe();
    const socket = probe.online();
    const answer = probe.client.request('ice.servers', {});
    const { id } = socket.last('ice.servers');
    vi.advanceTimersByTime(4_000);
    socket.reply(socket.last('sign-in').id, {});
    vi.advanceTimersByTime(6_000);
    expect(await answer).toEqual({ ok: false, error: 'offline' });
    socket.reply(id, { iceServers: [] });
  });

  it('treat a result of the wrong shape as an internal error of the server', async () => {
    const probe = new Probe();
    const socket = probe.online();
    const answer = probe.client.request('directory.groups', {});
    socket.reply(socket.last('directory.groups').id, { groups: 'many' });
    expect(await answer).toEqual({ ok: false, error: 'internal' });
  });

  it('fail at once after the end', async () => {
    const probe = new Probe();
    probe.online();
    const waiting = probe.client.request('directory.groups', {});
    probe.client.close();
    expect(await waiting).toEqual({ ok: false, error: 'offline' });
    expect(await probe.client.request('directory.groups', {})).toEqual({
      ok: false,
      error: 'offline',
    });
  });
});

describe('signals', () => {
  it('go out in the form that the server reads without parsing it', () => {
    const probe = new Probe();
    const socket = probe.online();
    const ids = { callId: 'c1', fromLeg: 'l1', toLeg: 'l2', linkId: 'k1' };
    probe.client.sendSignal({ payload: '{"sdp":"v=0\\r\\n"}', ...ids });
    const { callId, fromLeg, toLeg } = ids;
    expect(signalHeadIn(Buffer.from(JSON.stringify(socket.sent.at(-1))))).toEqual({
      callId,
      fromLeg,
      toLeg,
    });
  });
});

describe('heartbeats', () => {
  const answer = (socket: FakeSocket, over: object = {}): void => {
    socket.reply(socket.last('heartbeat').id, {
      serverNowMs: Date.now(),
      calls: [],
      gone: [],
      ...over,
    });
  };

  it('come every 10 s while idle and every 2 s in a call', () => {
    const probe = new Probe();
    const socket = probe.online();
    vi.advanceTimersByTime(9_999);
    expect(socket.count('heartbeat')).toBe(0);
    vi.advanceTimersByTime(1);
    expect(socket.count('heartbeat')).toBe(1);
    probe.content = { calls: { c1: 3 }, live: { c1: ['l2'] }, inCall: true };
    answer(socket);
    vi.advanceTimersByTime(2_000);
    expect(socket.last('heartbeat')).toMatchObject({ calls: { c1: 3 }, live: { c1: ['l2'] } });
  });

  it('find a dead socket within 5 s idle and within 2 s in a call', () => {
    for (const [inCall, limitMs] of [
      [false, 5_000],
      [true, 2_000],
    ] as const) {
      const probe = new Probe();
      const socket = probe.online();
      probe.content = { calls: {}, live: {}, inCall };
      probe.client.beat();
      vi.advanceTimersByTime(limitMs - 1);
      expect(socket.closedWith).toBeNull();
      vi.advanceTimersByTime(1);
      expect(socket.closedWith).toBe('terminated');
      expect(probe.client.state).toBe('offline');
      probe.client.close();
    }
  });

  it('count an error as an answer: the socket lives', () => {
    const probe = new Probe();
    const socket = probe.online();
    probe.client.beat();
    socket.refuse(socket.last('heartbeat').id, 'unavailable');
    vi.advanceTimersByTime(6_000);
    expect(probe.client.state).toBe('online');
  });

  it('hand on what is newer and what is gone', () => {
    const probe = new Probe();
    const socket = probe.online();
    probe.client.beat();
    answer(socket, { gone: ['c9'] });
    expect(probe.seen).toContain('gone c9');
  });

  it('learn the offset of the server clock from the middle of the round trip', () => {
    const probe = new Probe();
    const socket = probe.online();
    probe.client.beat();
    vi.advanceTimersByTime(200);
    answer(socket, { serverNowMs: Date.now() - 100 + 5_000 });
    expect(probe.client.serverNowMs() - Date.now()).toBe(5_000);
  });

  it('stop with the connection', () => {
    const probe = new Probe();
    const socket = probe.online();
    probe.client.close();
    expect(socket.closedWith).toBe(1000);
    vi.advanceTimersByTime(60_000);
    expect(socket.count('heartbeat')).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('coming back', () => {
  it('reconnects at once after a good connection, then with growing pauses', () => {
    const probe = new Probe();
    const socket = probe.online();
    vi.advanceTimersByTime(6_000);
    socket.handlers.onClose(1006);
    vi.advanceTimersByTime(0);
    expect(probe.net.sockets).toHaveLength(2);
    probe.net.last.handlers.onClose(1006);
    vi.advanceTimersByTime(249);
    expect(probe.net.sockets).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(probe.net.sockets).toHaveLength(3);
  });

  it('does not hammer a server that welcomes and closes', () => {
    const probe = new Probe();
    probe.client.start();
    for (let round = 0; round < 6; round += 1) {
      probe.welcome().handlers.onClose(1012);
      vi.advanceTimersByTime(250);
    }
    expect(probe.net.sockets.length).toBeLessThanOrEqual(4);
  });

  it('stays away when another copy took its place', () => {
    const probe = new Probe();
    probe.online().handlers.onClose(4409);
    vi.advanceTimersByTime(120_000);
    expect(probe.net.sockets).toHaveLength(1);
    expect(probe.disconnects).toEqual([{ problem: 'replaced', retries: false }]);
  });

  it('waits some seconds when the server asks for a pause', () => {
    const probe = new Probe();
    probe.online().handlers.onClose(4429);
    vi.advanceTimersByTime(3_900);
    expect(probe.net.sockets).toHaveLength(1);
  });

  it('ignores what a former socket still says', () => {
    const probe = new Probe();
    const first = probe.online();
    first.handlers.onClose(1006);
    vi.advanceTimersByTime(0);
    probe.welcome();
    first.handlers.onClose(4409);
    first.receive({ type: 'presence.changed', presence: [] });
    expect(probe.client.state).toBe('online');
  });
});

describe('what the server says unasked', () => {
  const record = {
    ...{ recordId: 'call-1:anna', callId: 'call-1', kind: 'private', direction: 'incoming' },
    ...{ targetId: 'bao', callerId: 'bao', mediaType: 1, createdAt: 1, connectedAt: 0 },
    ...{ endedAt: 2, endReason: 5, seen: false, memberIds: ['bao'], invitedBy: 'bao' },
  };

  it('of rules and of calls that are over is handed on whole', () => {
    const probe = new Probe();
    const socket = probe.online();
    const rules = { ...defaultCallRules, blockedUserIds: ['carla'] };
    socket.receive({ type: 'rules.changed', rules });
    socket.receive({ type: 'record.added', record });
    expect(probe.seen.slice(-2)).toEqual(['rules.changed', 'record.added']);
  });

  it('is dropped when it is no message of the protocol', () => {
    const probe = new Probe();
    const socket = probe.online();
    const before = probe.seen.length;
    socket.receive({ type: 'rules.changed', rules: { ...defaultCallRules, busy: 'never' } });
    socket.receive({ type: 'record.added', record: { ...record, callId: '../../etc' } });
    expect(probe.seen).toHaveLength(before);
    expect(probe.log.lines.join()).toContain('unreadable');
  });
});

describe('a probe', () => {
  it('finds a dead socket within 2 s although the client is idle', () => {
    const probe = new Probe();
    const socket = probe.online();
    probe.client.probe();
    vi.advanceTimersByTime(2_000);
    expect(socket.closedWith).toBe('terminated');
  });

  it('shortens the wait for a heartbeat that is under way', () => {
    const probe = new Probe();
    const socket = probe.online();
    probe.client.beat();
    vi.advanceTimersByTime(1_000);
    probe.client.probe();
    vi.advanceTimersByTime(2_000);
    expect(socket.closedWith).toBe('terminated');
  });

  it('does not wait for the backoff', () => {
    const probe = new Probe({ tokens });
    probe.client.start();
    for (let round = 0; round < 5; round += 1) {
      probe.net.last.handlers.onClose(1006);
      if (round < 4) vi.advanceTimersByTime(30_000);
    }
    const before = probe.net.sockets.length;
    probe.client.probe();
    expect(probe.net.sockets).toHaveLength(before + 1);
  });
});

describe('a probe while a try to connect is under way', () => {
  it.each([{ tokens }, { credential: password }])('starts a new try at once', (start) => {
    const probe = new Probe(start);
    probe.client.start();
    const stuck = probe.net.last;
    probe.client.probe();
    expect(probe.net.sockets).toHaveLength(2);
    expect(stuck.closedWith).not.toBeNull();
    // The former one says nothing any more, whenever it ends.
    stuck.handlers.onClose(1006);
    probe.welcome();
    expect(probe.client.state).toBe('online');
    expect(probe.disconnects).toEqual([]);
    vi.advanceTimersByTime(9_000);
    expect(probe.net.sockets).toHaveLength(2);
  });

  it('does nothing once the client has ended', () => {
    const probe = new Probe();
    probe.client.start();
    probe.client.close();
    probe.client.probe();
    expect(probe.net.sockets).toHaveLength(1);
  });
});

describe('a bug in what listens', () => {
  const broken = (): never => {
    throw new Error('broken');
  };

  it('does not end the heartbeat when what it says cannot be found out', () => {
    const probe = new Probe();
    const socket = probe.online();
    Object.defineProperty(probe, 'content', { get: broken, configurable: true });
    vi.advanceTimersByTime(10_000);
    expect(socket.count('heartbeat')).toBe(1);
    socket.reply(socket.last('heartbeat').id, { serverNowMs: Date.now(), calls: [], gone: [] });
    vi.advanceTimersByTime(10_000);
    expect(socket.count('heartbeat')).toBe(2);
    expect(probe.log.lines.join()).toContain('signaling: heartbeat: Error: broken');
  });

  it('does not end the heartbeat when the welcome or an answer is not taken', () => {
    const probe = new Probe();
    probe.seen.push = broken;
    const socket = probe.online();
    vi.advanceTimersByTime(10_000);
    expect(socket.count('heartbeat')).toBe(1);
    socket.reply(socket.last('heartbeat').id, {
      ...{ serverNowMs: Date.now(), calls: [], gone: ['call-1'] },
    });
    vi.advanceTimersByTime(10_000);
    expect(socket.count('heartbeat')).toBe(2);
  });

  it('does not end the tries to connect', () => {
    const probe = new Probe();
    const socket = probe.online();
    probe.seen.push = broken;
    probe.disconnects.push = broken;
    socket.handlers.onClose(1006);
    vi.advanceTimersByTime(0);
    expect(probe.net.sockets).toHaveLength(2);
  });
});
