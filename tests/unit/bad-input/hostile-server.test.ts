/**
 * A server that has gone bad, or was never ours: the desktop's whole session is fed with its junk and with well-formed
 * nonsense at every moment, and must neither fail nor forget how to work.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CallSnapshot, CallSnapshot as CallSchema } from '#protocol/snapshot-schema';
import { defaultCallRules, resultSchemas, serverSchemas } from '#protocol/messages';
import { Attention, noQuiet } from '#main/desktop/attention';
import { systemClock } from '#main/clock';
import { Session } from '#main/session/session';
import { FakePower } from '../../support/fake-power';
import { secretMark, spoil } from '../../support/junk';
import { fitting, isTextOf, unfitting } from '../../support/schema-values';
import { FakeDesktop, FakeQuiet } from '../main/calls/fakes';
import { FakeNet } from '../main/signaling/fake-socket';
import { KeptLog } from '../main/silent-log';

const self = { userId: 'anna', name: 'Anna Li' };

/** One desktop, signed in, whose server is this test. */
class Desk {
  readonly net = new FakeNet();
  readonly desktop = new FakeDesktop();
  readonly log = new KeptLog();
  readonly session: Session;
  #ids = 0;

  constructor() {
    const device = { deviceId: 'anna-1', name: 'test' };
    const credential = { kind: 'password', userId: 'anna', password: secretMark } as const;
    const { desktop, log, net } = this;
    this.session = new Session(
      'ws://server/ws',
      { credential },
      {
        quiet: new FakeQuiet(),
        attention: new Attention({
          ...{ power: new FakePower(), quiet: noQuiet, awayAfterMinutes: () => null },
        }),
        ...{ device, desktop, log, connect: net.connect, clock: systemClock },
        ...{ random: () => 0, newId: () => `id-${(this.#ids += 1)}` },
      },
      // Nothing of what it is told makes the session end itself.
      ignoreAll(),
    );
    this.session.start();
  }

  /** From the first packet to the welcome, on whichever socket there is now. */
  signIn(): void {
    const socket = this.net.last;
    socket.handlers.onOpen();
    socket.receive(welcome(socket.last('sign-in').id));
  }

  receive(text: string): void {
    this.net.last.handlers.onMessage(text);
  }

  expectWorks(): void {
    if (!this.session.isOnline) {
      vi.advanceTimersByTime(60_000);
      this.signIn();
    }
    expect(this.session.isOnline).toBe(true);
    const ring = ringOf('real-call');
    this.net.last.receive({ type: 'call.snapshot', call: ring });
    expect(this.desktop.calls.map(({ callId }) => callId)).toContain('real-call');
    this.net.last.receive({ type: 'call.snapshot', call: over(ring) });
    expect(this.log.lines.filter((line) => line.includes(secretMark))).toEqual([]);
  }
}

function ignoreAll() {
  return {
    ...{ onChanged: ignore, onMissedChanged: ignore, tellHome: ignore },
    ...{ onTokens: ignore, onDisconnected: ignore },
  };
}
const ignore = (): void => undefined;

const welcome = (id: string) => ({
  ...{ type: 'welcome', id, protocol: 1, serverNowMs: Date.now(), user: self },
  ...{ deviceId: 'anna-1', calls: [], records: [], rules: defaultCallRules },
});

function ringOf(callId: string): CallSnapshot {
  const now = Date.now();
  const caller = { legId: `${callId}-b`, userId: 'bao', invitedBy: 'bao', ringingOn: 0 } as const;
  const callee = { legId: `${callId}-a`, userId: 'anna', invitedBy: 'bao', ringingOn: 0 } as const;
  return {
    ...{ callId, revision: 1, kind: 'private', mediaType: 1, callerId: 'bao', createdAt: now },
    legs: [
      { ...caller, state: 'joined', deviceId: 'bao-1', joinIndex: 0, joinedAt: now },
      { ...callee, state: 'invited', answerBy: now + 60_000 },
    ],
  };
}

function over(call: CallSnapshot): CallSnapshot {
  const left = { state: 'left', leftAt: Date.now(), reason: 2, cause: 'self' } as const;
  const legs = call.legs.map((leg) => ({ ...leg, ...left }));
  return { ...call, revision: 1_000, endedAt: Date.now(), legs };
}

const schemas = Object.values(serverSchemas) as object[];

const malformed = fc
  .oneof(
    { weight: 4, arbitrary: fc.oneof(...schemas.map(unfitting)).map((one) => JSON.stringify(one)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.oneof(...schemas.map(fitting)), spoil)
        .map(([one, by]) => by(JSON.stringify(one))),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  )
  .filter((text) => !isTextOf(schemas, text));

/** Calls of nobody knows whom, in every state, about this very user and device. */
const wildCall = fc
  .tuple(fitting(CallSchema), fc.constantFrom('real-call', 'c1', 'c2'), fc.nat(3))
  .map(([call, callId, at]) => {
    const snapshot = call as CallSnapshot;
    const own = { userId: 'anna', deviceId: 'anna-1' };
    const legs = snapshot.legs.map((leg, index) => (index === at ? { ...leg, ...own } : leg));
    return { ...snapshot, callId, legs };
  });

/** Answers to what was asked, to what was not, and of another kind than was asked for. */
const anyReply = fc
  .tuple(fc.nat(30), fc.option(fc.oneof(...Object.values(resultSchemas).map(fitting))))
  .map(([n, result]) => {
    const head = { type: 'reply', id: `id-${n}` };
    return result === null
      ? { ...head, ok: false, error: { code: 'internal' } }
      : { ...head, ok: true, result };
  });

const wellFormed = fc
  .oneof(
    fc.oneof(...schemas.map(fitting)),
    wildCall.map((call) => ({ type: 'call.snapshot', call })),
    anyReply,
  )
  .map((message) => JSON.stringify(message));

describe('a hostile server', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('sends what is no message: the desktop goes on as if nothing had come', () => {
    const desk = new Desk();
    desk.signIn();
    const before = JSON.stringify(desk.desktop.calls);
    fc.assert(
      fc.property(malformed, (text) => {
        desk.receive(text);
        expect(desk.session.isOnline).toBe(true);
      }),
      { numRuns: 2_500, endOnFailure: true },
    );
    expect(JSON.stringify(desk.desktop.calls)).toBe(before);
    desk.expectWorks();
    desk.session.end();
  }, 30_000);

  it('sends junk in place of the welcome: the desktop waits for a real one', () => {
    const desk = new Desk();
    desk.net.last.handlers.onOpen();
    fc.assert(
      fc.property(malformed, (text) => {
        desk.receive(text);
        expect(desk.session.self).toBeNull();
      }),
      { numRuns: 500 },
    );
    desk.net.last.receive(welcome(desk.net.last.last('sign-in').id));
    desk.expectWorks();
    desk.session.end();
  }, 30_000);

  it('sends well-formed nonsense: calls of strangers, foreign replies, second welcomes', () => {
    fc.assert(
      fc.property(fc.array(wellFormed, { minLength: 20, maxLength: 40 }), (texts) => {
        const desk = new Desk();
        desk.signIn();
        for (const text of texts) {
          desk.receive(text);
          vi.advanceTimersByTime(300);
        }
        expect(desk.log.lines.filter((line) => line.includes('Error'))).toEqual([]);
        desk.session.end();
      }),
      { numRuns: 60, endOnFailure: true },
    );
  }, 30_000);

  it('hangs up with every code there is: the desktop comes back or says why not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), fc.array(malformed), (code, texts) => {
        const desk = new Desk();
        desk.signIn();
        desk.net.last.handlers.onClose(code);
        for (const text of texts) desk.receive(text);
        vi.advanceTimersByTime(60_000);
        expect(desk.session.isOnline).toBe(false);
        desk.session.end();
      }),
      { numRuns: 200, endOnFailure: true },
    );
  }, 30_000);
});
