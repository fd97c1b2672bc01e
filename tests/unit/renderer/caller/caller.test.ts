import { beforeEach, describe, expect, it } from 'vitest';
import { FakeExchange } from './support/fake-exchange';
import { Phone, idle } from './support/phone';

let exchange: FakeExchange;
let anna: Phone;
let bao: Phone;

beforeEach(() => {
  exchange = new FakeExchange();
  anna = new Phone(exchange, 'anna');
  bao = new Phone(exchange, 'bao');
});

describe('call()', () => {
  it('rejects with every wrong argument in one message', async () => {
    const wrong = { targetId: '', mediaType: 3, listener: { onRinging: 1 }, extra: 5 };
    const calling = anna.caller.call(wrong as never);
    await expect(calling).rejects.toThrow(
      'targetId must be a non-empty string; mediaType must be 1 or 2; ' +
        'listener.onRinging must be a function; listener.onAccept must be a function; ' +
        'listener.onHungup must be a function; listener.onTrackReady must be a function; ' +
        'listener.onMemberModify must be a function; listener.onMediaModify must be a function; ' +
        'extra must be a string',
    );
    expect(anna.bridge.asked).toEqual([]);
  });

  it('asks whether a call may start before any device is opened', async () => {
    anna.bridge.refusal = 'call-exists';
    const listener = anna.listener();
    expect(await anna.caller.call({ targetId: 'bao', mediaType: 2, listener })).toEqual({
      code: 53200,
      problem: 'call-exists',
    });
    expect(anna.media.devices).toEqual([]);
    expect(anna.diary).toEqual([]);
  });

  it('refuses a second call with 53200 while one exists, outgoing or incoming', async () => {
    await anna.call('bao');
    for (const phone of [anna, bao]) {
      const listener = phone.listener();
      const second = await phone.caller.call({ targetId: 'chen', mediaType: 1, listener });
      expect(second).toEqual({ code: 53200, problem: 'call-exists' });
    }
  });

  it('refuses a second call with 53200 while the first is being placed', async () => {
    const first = anna.call('bao');
    const listener = anna.listener();
    expect((await anna.caller.call({ targetId: 'bao', mediaType: 1, listener })).code).toBe(53200);
    await first;
    expect(anna.diary.at(-1)).toBe('call 10000');
  });

  it.each([
    { problem: 'offline', code: 53201 },
    { problem: 'user-unknown', code: 53201 },
    { problem: 'call-self', code: 53201 },
    { problem: 'rate-limited', code: 53201 },
    { problem: 'server-error', code: 53201 },
  ] as const)('answers $problem with $code and says which it was', async ({ problem, code }) => {
    anna.bridge.refusal = problem;
    const listener = anna.listener();
    expect(await anna.caller.call({ targetId: 'bao', mediaType: 1, listener })).toEqual({
      code,
      problem,
    });
  });

  it('hands extra, title and content to the server, and constraints to the devices', async () => {
    await anna.call('bao', 2, {
      extra: 'x',
      pushTitle: 't',
      pushContent: 'c',
      constraints: {
        audio: { micphoneId: 'mic-2' },
        video: { frameRate: 'FPS_15', resolution: 'W640_H480', faceMode: 'user' },
      },
    });
    expect(anna.bridge.started).toEqual([
      { targetId: 'bao', mediaType: 2, extra: 'x', push: { callTitle: 't', callContent: 'c' } },
    ]);
    expect(anna.media.constraints).toEqual([
      {
        audio: { deviceId: { exact: 'mic-2' } },
        video: {
          width: { ideal: 640 },
          height: { ideal: 480 },
          frameRate: { ideal: 15 },
          facingMode: { ideal: 'user' },
        },
      },
    ]);
  });

  it('keeps events back until the code after await has the session', async () => {
    const line = bao.bridge.exchange;
    const start = anna.bridge.start.bind(anna.bridge);
    anna.bridge.start = async (request) => {
      const reply = await start(request);
      line.run(line.callId, { type: 'ringing', ...bao.bridge.self });
      return reply;
    };
    await anna.call('bao');
    expect(anna.diary.at(-1)).toBe('call 10000');
    await idle();
    expect(anna.diary.slice(-2)).toEqual(['call 10000', 'ringing(bao)']);
  });

  it('answers nothing but the documented fields, and the session of the callbacks', async () => {
    const result = await anna.call('bao');
    expect(Object.keys(result).toSorted()).toEqual(['code', 'session']);
    expect(result.session).toBe(anna.session);
  });

  it('refuses texts that the server would not take', async () => {
    const params = { targetId: 'bao', mediaType: 1 as const, listener: anna.listener() };
    const calling = anna.caller.call({ ...params, pushTitle: 'x'.repeat(101), channelId: 'c' });
    await expect(calling).rejects.toThrow('pushTitle must not be longer than 100 characters');
    const wrong = anna.caller.call({ ...params, extra: 'x'.repeat(4_097) });
    await expect(wrong).rejects.toThrow('extra must not be longer than 4096 characters');
  });

  it('announces what rang meanwhile when the call did not come about', async () => {
    const chen = new Phone(exchange, 'chen');
    let grant = (): void => undefined;
    anna.media.gate = new Promise((resolve) => (grant = resolve));
    const calling = anna.call('bao');
    await idle();
    await chen.call('anna');
    expect(anna.diary).toEqual([]);
    grant();
    await calling;
    await idle();
    expect(anna.diary).toEqual(['track(local audio) without session', 'call 53200', 'onSession']);
    anna.expectReleased();
  });

  it('keeps silent about what rang meanwhile and is over', async () => {
    const chen = new Phone(exchange, 'chen');
    let grant = (): void => undefined;
    anna.media.gate = new Promise((resolve) => (grant = resolve));
    anna.media.problem = { device: 'microphone', detail: 'denied' };
    const calling = anna.call('bao');
    await idle();
    await chen.call('anna');
    await chen.hangUp();
    grant();
    await calling;
    await idle();
    expect(anna.diary).toEqual(['call 53301']);
  });

  it('survives a listener that throws before there is a session', async () => {
    const listener = {
      ...anna.listener(),
      onTrackReady: () => {
        throw new Error('a bug in the application');
      },
    };
    await anna.call('bao', 1, { listener });
    expect(anna.diary).toEqual(['call 10000']);
    expect(anna.warnings).toEqual(['a callback of the application failed (track)']);
  });
});

describe('an incoming call', () => {
  it('comes with what its caller sent along', async () => {
    await anna.call('bao', 1, { extra: 'about lunch' });
    await anna.hangUp();
    await idle();
    await anna.call('bao');
    expect(bao.extras).toEqual(['about lunch', undefined]);
  });

  it('takes a listener with the six required callbacks only', async () => {
    const { onRinging, onAccept, onHungup, onTrackReady, onMemberModify, onMediaModify } =
      bao.listener();
    const six = { onRinging, onAccept, onHungup, onTrackReady, onMemberModify, onMediaModify };
    bao.onSession = (session) => session.registerSessionListener(six);
    await anna.call('bao', 2);
    await bao.accept();
    const { handlers } = bao.media.mesh;
    const legId = `${exchange.callId}-a`;
    handlers.onRemoteState(legId, { voiceMuted: true, cameraOff: true });
    handlers.onLinkState(legId, 'live');
    handlers.onProblem(legId, 'track-refused', 'camera');
    bao.media.devices[0]?.unplug();
    expect(bao.warnings).toEqual(['link to leg call-1-a: track-refused (camera)']);
    expect(() =>
      bao.session.registerSessionListener({ ...six, onLocalTrackEnded: 5 } as never),
    ).toThrow('listener.onLocalTrackEnded must be a function');
  });

  it('queues its events until a listener is there, and warns', async () => {
    bao.onSession = () => undefined;
    await anna.call('bao');
    expect(bao.warnings).toEqual([
      'no listener was registered inside onSession: events wait for one',
    ]);
    await bao.accept();
    expect(bao.diary).toEqual(['onSession', 'accept 10000']);
    bao.session.registerSessionListener(bao.listener());
    expect(bao.diary).toEqual(['onSession', 'accept 10000', 'track(local audio)']);
  });

  it('closes without a listener, too', async () => {
    bao.onSession = () => undefined;
    await anna.call('bao');
    await anna.hangUp();
    await idle();
    expect(bao.diary).toEqual(['onSession', 'close(11)']);
    bao.session.registerSessionListener(bao.listener());
    expect(bao.diary).toEqual(['onSession', 'close(11)']);
  });

  it('goes on when onSession throws', async () => {
    bao.onSession = () => {
      throw new Error('a bug in the application');
    };
    await anna.call('bao');
    expect(bao.warnings[0]).toBe('a callback of the application failed (onSession)');
    await bao.accept();
    expect(bao.diary.at(-1)).toBe('accept 10000');
  });

  it('is announced once, however often the bridge tells of it', async () => {
    await anna.call('bao');
    bao.bridge.ring();
    await idle();
    expect(bao.diary).toEqual(['onSession']);
  });

  it('is accepted once: a second accept() gets the first result', async () => {
    await anna.call('bao');
    const results = await Promise.all([bao.session.accept(), bao.session.accept()]);
    expect(results).toEqual([{ code: 10000 }, { code: 10000 }]);
    expect(bao.bridge.asked).toEqual(['claim', 'join']);
    expect(bao.media.devices).toHaveLength(1);
  });

  it('is not claimed again when the popup has claimed it', async () => {
    await anna.call('bao');
    exchange.run(exchange.callId, { type: 'claim', ...bao.bridge.self });
    await bao.accept();
    expect(bao.bridge.asked).toEqual(['join']);
  });

  it('rejects an accept() whose picture has no rate or size', async () => {
    await anna.call('bao', 2);
    await expect(bao.session.accept({ video: { cameraId: 'c' } })).rejects.toThrow(
      'constraints.video.frameRate is required; constraints.video.resolution is required',
    );
    await bao.accept();
    expect(bao.diary.at(-1)).toBe('accept 10000');
  });

  it('may be refused inside onSession', async () => {
    bao.onSession = (session) => {
      session.registerSessionListener(bao.listener());
      void session.hungup();
    };
    await anna.call('bao');
    await idle();
    expect(bao.diary).toEqual(['onSession', 'close(2)']);
    expect(anna.diary.slice(-2)).toEqual(['H(bao,12)', 'close(12)']);
  });
});

describe('a session', () => {
  beforeEach(async () => {
    await anna.call('bao', 2);
    bao.bridge.ring();
    await idle();
    await bao.accept();
    await idle();
    anna.diary.length = 0;
    bao.diary.length = 0;
  });

  it('answers the documented questions', () => {
    expect(bao.session.getSessionId()).toBe(exchange.callId);
    expect(bao.session.getRTCSessionId()).toBe(exchange.callId);
    expect(bao.session.getChannelId()).toBe('');
    expect(bao.session.getTargetId()).toBe('anna');
    expect(anna.session.getTargetId()).toBe('bao');
    expect(bao.session.getCallerId()).toBe('anna');
    expect(bao.session.getConversationType()).toBe(1);
    expect(bao.session.getMediaType()).toBe(2);
    expect(bao.session.getRemoteUsers()).toEqual([
      { userId: 'anna', state: 2, isCaller: true, isRemote: true },
    ]);
    expect(bao.session.getUserState('nobody')).toBeUndefined();
    expect(() => bao.session.getUserState(5 as never)).toThrow('userId must be a string');
  });

  it('invites nobody into a call between two people: 53311', async () => {
    expect(await anna.session.invite(['chen'], { extra: 'x', pushTitle: 't' })).toEqual({
      code: 53311,
    });
    for (const wrong of [[], [''], 'chen', undefined]) {
      await expect(anna.session.invite(wrong as never)).rejects.toThrow(
        'userIds must be a non-empty array of non-empty strings',
      );
    }
    await expect(anna.session.invite(['chen'], { extra: 5 } as never)).rejects.toThrow(
      'extra must be a string',
    );
  });

  it('has nobody left and is over after the end', async () => {
    await bao.hangUp();
    expect(anna.session.getState()).toBe(2);
    expect(anna.session.getRemoteUsers()).toEqual([]);
    expect(anna.session.getUserState('bao')).toBe(0);
  });

  it('hangs up once, and says nothing after its close', async () => {
    await Promise.all([anna.hangUp(), anna.hangUp()]);
    await anna.hangUp();
    await idle();
    expect(anna.bridge.asked.filter((verb) => verb.startsWith('leave'))).toHaveLength(1);
    expect(anna.diary.filter((line) => line.startsWith('close'))).toEqual(['close(3)']);
    expect(anna.diary.at(-1)).not.toMatch(/^(H|track|audio|video)/);
    await expect(anna.session.accept()).resolves.toEqual({ code: 10000 });
  });

  it('switches its devices off at the click, before the server has answered', async () => {
    let answer = (): void => undefined;
    anna.bridge.gate = new Promise((resolve) => (answer = resolve));
    const leaving = anna.hangUp();
    anna.expectReleased();
    expect(anna.diary).toEqual([]);
    answer();
    await leaving;
    await idle();
    expect(anna.diary).toEqual(['hungup 10000', 'close(3)']);
  });

  it.each([
    ['throws', thrower() as () => unknown],
    ['rejects', (): unknown => Promise.reject(new Error('a bug in the application'))],
  ])('outlives a callback that %s', async (_how, onHungup) => {
    anna.session.registerSessionListener({ ...anna.listener(), onHungup });
    await bao.hangUp();
    await idle();
    expect(anna.diary).toEqual(['close(13)']);
    expect(anna.warnings).toEqual(['a callback of the application failed (hungup)']);
  });

  it('ignores snapshots that are older than what it knows', async () => {
    const old = anna.media.mesh.updates[0];
    await bao.hangUp();
    if (old) anna.bridge.hear(old);
    await idle();
    expect(anna.diary).toEqual(['H(bao,13)', 'close(13)']);
  });

  it('passes signals between bridge and mesh, and live links to the bridge', () => {
    const ids = { fromLeg: 'x', toLeg: 'y', linkId: 'z' };
    const signal = { callId: exchange.callId, ...ids, payload: 'p' };
    anna.bridge.receiveSignal({ ...signal, callId: 'another' });
    anna.bridge.receiveSignal(signal);
    expect(anna.media.mesh.signals).toEqual([signal]);
    anna.media.mesh.handlers.sendSignal(signal);
    expect(anna.bridge.asked.at(-1)).toBe('signal p');
    anna.media.mesh.handlers.onLiveLegs(['leg']);
    expect(anna.bridge.liveLinks).toEqual([['leg']]);
  });

  it('has asked for ice servers when the first link needs them, and asks anew for each later one', async () => {
    const { handlers } = bao.media.mesh;
    expect(bao.bridge.serversAsked).toBe(1);
    expect(await handlers.iceServers()).toHaveLength(1);
    expect(bao.bridge.serversAsked).toBe(1);
    await handlers.iceServers();
    expect(bao.bridge.serversAsked).toBe(2);
  });

  it('keeps the last ice servers for a restart while the server is away', async () => {
    const { handlers } = anna.media.mesh;
    const servers = await handlers.iceServers();
    expect(servers).toHaveLength(1);
    anna.bridge.isOffline = true;
    expect(await handlers.iceServers()).toEqual(servers);
  });
});

describe('a caller that is thrown away', () => {
  it('listens to nothing and keeps nothing open', async () => {
    await anna.call('bao', 2);
    anna.caller.dispose();
    await idle();
    expect(anna.bridge.listeners).toBe(0);
    anna.expectReleased();
    expect(bao.diary).toEqual(['onSession', 'H(anna,11)', 'close(11)']);
    const listener = anna.listener();
    expect((await anna.caller.call({ targetId: 'bao', mediaType: 1, listener })).code).toBe(53201);
  });

  it('closes what only rings without a word to the server: it goes on ringing elsewhere', async () => {
    const other = new Phone(exchange, 'bao', 'bao-phone');
    await anna.call('bao');
    bao.caller.dispose();
    await idle();
    expect(bao.diary).toEqual(['onSession', 'close(5)']);
    expect(bao.bridge.asked).toEqual([]);
    await other.accept();
    await idle();
    expect(anna.diary.at(-1)).toBe('accept(bao)');
  });

  it('leaves what it is answering or declining as asked', async () => {
    await anna.call('bao');
    const declined = bao.hangUp();
    bao.caller.dispose();
    await declined;
    await idle();
    expect(bao.diary).toEqual(['onSession', 'hungup 10000', 'close(2)']);
    const chen = new Phone(exchange, 'chen');
    await anna.call('chen');
    let grant = (): void => undefined;
    chen.media.gate = new Promise((resolve) => (grant = resolve));
    const accepting = chen.accept();
    await idle();
    chen.caller.dispose();
    await idle();
    grant();
    await accepting;
    expect(chen.bridge.asked).toEqual(['claim', 'leave hangup']);
    chen.expectReleased();
  });

  it('gives back what a call that was being placed had opened', async () => {
    let grant = (): void => undefined;
    anna.media.gate = new Promise((resolve) => (grant = resolve));
    const calling = anna.call('bao', 2);
    await idle();
    anna.caller.dispose();
    grant();
    await calling;
    expect(anna.diary).toEqual(['call 53201']);
    anna.expectReleased();
    expect(anna.bridge.started).toEqual([]);
  });
});

function thrower(): () => never {
  return () => {
    throw new Error('a bug in the application');
  };
}
