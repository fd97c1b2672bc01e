/**
 * The far end of a link as an enemy: generated junk as payloads and as channel messages. Nothing of it throws, none of
 * it stops a link that works, and what is kept of it is bounded.
 */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import { EarlySignals } from '#renderer/media/early-signals';
import { Link } from '#renderer/media/link';
import type { LinkPeer, PeerHandlers } from '#renderer/media/link-peer';
import { noLinkId } from '#renderer/media/link-payload';
import type { Connection, LinkRole } from '#renderer/media/link-rules';
import { PeerChannel } from '#renderer/media/peer-channel';
import type { LinkProblem, MediaState } from '#renderer/media/ports';

/** Lets every promise that can go on go on. */
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

const good = 'v=0';

/** A peer whose browser takes one description and refuses every other. */
class PickyPeer implements LinkPeer {
  connection: Connection = 'new';
  isClosed = false;
  constructor(readonly handlers: PeerHandlers) {}
  setIceServers = (): void => undefined;
  offer: LinkPeer['offer'] = () => Promise.resolve(ok('offer'));
  answer: LinkPeer['answer'] = (sdp) =>
    Promise.resolve(sdp === good ? ok('answer') : err('bad-description'));
  acceptAnswer: LinkPeer['acceptAnswer'] = (sdp) =>
    Promise.resolve(sdp === good ? ok(null) : err('bad-description'));
  addCandidate = (): void => undefined;
  followChannel = (): void => undefined;
  received = (): [] => [];
  setTrack = (): void => undefined;
  setState = (): void => undefined;
  setBudget = (): void => undefined;
  sendVoiceAs = (): Promise<void> => Promise.resolve();
  setShownHeight = (): void => undefined;
  heardLevel = (): number => 0;
  ownLevel = (): Promise<number> => Promise.resolve(0);
  reading: LinkPeer['reading'] = () => Promise.reject(new Error('nothing to read'));
  close = (): void => void (this.isClosed = true);
}

interface LiveLink {
  readonly link: Link;
  readonly peers: PickyPeer[];
  readonly problems: LinkProblem[];
  readonly sent: string[];
}

const linkIds: Readonly<Record<LinkRole, string>> = { offerer: 'link-1', answerer: 'theirs' };

/** A connected link; its clock stands still. */
async function liveLink(role: LinkRole): Promise<LiveLink> {
  const peers: PickyPeer[] = [];
  const problems: LinkProblem[] = [];
  const sent: string[] = [];
  const link = new Link(
    { role, tracks: new Map(), state: null },
    {
      clock: { after: () => () => undefined },
      newLinkId: () => `link-${peers.length + 1}`,
      createPeer: (_options, handlers) => {
        const peer = new PickyPeer(handlers);
        peers.push(peer);
        return peer;
      },
    },
    {
      send: (_linkId, payload) => sent.push(payload),
      iceServers: () => Promise.resolve([]),
      onTrack: () => undefined,
      onRemoteState: () => undefined,
      onShownHeight: () => undefined,
      onLinkState: () => undefined,
      onProblem: (problem) => problems.push(problem),
    },
  );
  link.start();
  await settle();
  const type = role === 'offerer' ? 'answer' : 'offer';
  link.receive(linkIds[role], JSON.stringify({ type, n: 1, fresh: true, sdp: good }));
  await settle();
  const [peer] = peers;
  if (!peer) throw new Error('no peer');
  peer.connection = 'connected';
  peer.handlers.onConnection('connected');
  return { link, peers, problems, sent };
}

const junk = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.json(),
  fc.constant('x'.repeat(limits.signalChars + 1)),
  fc.constant('['.repeat(limits.signalChars)),
  fc
    .record(
      {
        // Not `link.request`: the rightful far end may well ask for a new peer.
        type: fc.constantFrom(
          'offer',
          'answer',
          'candidate',
          'channel',
          'link.requests',
          'constructor',
        ),
        n: fc.oneof(fc.integer(), fc.double(), fc.string()),
        fresh: fc.oneof(fc.boolean(), fc.constant('yes')),
        sdp: fc.oneof(fc.string(), fc.constant(null)),
        candidate: fc.oneof(fc.string(), fc.integer()),
        mid: fc.option(fc.string()),
        line: fc.option(fc.integer()),
        id: fc.integer(),
        __proto__: fc.anything(),
      },
      { requiredKeys: ['type'] },
    )
    .map((value) => JSON.stringify(value)),
);
const ids = fc.constantFrom('link-1', 'theirs', noLinkId, 'foreign', '', '__proto__');

describe('a link whose far end sends junk', () => {
  it.each(['offerer', 'answerer'] as const)('as the %s stays as it is', async (role) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(ids, junk), { maxLength: 40 }), async (signals) => {
        const { link, peers } = await liveLink(role);
        for (const [linkId, payload] of signals) link.receive(linkId, payload);
        await settle();
        await settle();
        expect(peers[0]?.isClosed).toBe(false);
        expect(peers.slice(1).every((peer) => peer.isClosed)).toBe(true);
        link.close();
      }),
      { numRuns: 150 },
    );
  });

  it.each(['offerer', 'answerer'] as const)(
    'as the %s keeps a bounded number of signals, says so, and goes on with the next',
    async (role) => {
      const { link, peers, problems } = await liveLink(role);
      const candidate = '{"type":"candidate","candidate":"x","mid":"0","line":0}';
      for (let count = 0; count < 5_000; count += 1) link.receive(linkIds[role], candidate);
      expect(problems.filter((problem) => problem === 'flooded').length).toBeGreaterThan(4_000);
      await settle();
      const before = problems.length;
      link.receive(linkIds[role], candidate);
      await settle();
      expect(problems).toHaveLength(before);
      expect(peers).toHaveLength(1);
    },
  );

  it('makes one peer at a time, however often it is asked for a new one', async () => {
    const { link, peers, sent } = await liveLink('offerer');
    for (let count = 0; count < 100; count += 1) {
      link.receive(noLinkId, '{"type":"link.request","want":"rebuild"}');
    }
    await settle();
    expect(peers.filter((peer) => !peer.isClosed)).toHaveLength(1);
    expect(peers).toHaveLength(2);
    expect(sent).toHaveLength(2);
  });

  it('is deaf once it is closed', async () => {
    const { link, problems, sent } = await liveLink('answerer');
    const before = sent.length;
    link.close();
    await fc.assert(
      fc.asyncProperty(ids, junk, async (linkId, payload) => {
        link.receive(linkId, payload);
        await Promise.resolve();
      }),
      { numRuns: 500 },
    );
    expect(problems).toEqual([]);
    expect(sent).toHaveLength(before);
  });
});

class FakeChannel {
  readyState: RTCDataChannelState = 'open';
  bufferedAmount = 0;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
    this.bufferedAmount += text.length;
  }
  close(): void {
    this.readyState = 'closed';
  }
  get asChannel(): RTCDataChannel {
    return this as unknown as RTCDataChannel;
  }
}

describe('a data channel whose far end sends junk', () => {
  let first: FakeChannel;
  let opened: FakeChannel[];
  let states: MediaState[];
  let heights: number[];
  let channel: PeerChannel;

  beforeEach(() => {
    first = new FakeChannel();
    opened = [];
    states = [];
    heights = [];
    const open = (): RTCDataChannel => {
      const next = new FakeChannel();
      opened.push(next);
      return next.asChannel;
    };
    channel = new PeerChannel(
      first.asChannel,
      { state: { voiceMuted: false, cameraOff: false }, open },
      {
        onState: (state) => states.push(state),
        onShownHeight: (height) => heights.push(height),
        onMoved: () => undefined,
        onProblem: () => undefined,
      },
    );
  });

  it('never throws, stays open, and passes on nothing but whole states and real heights', () => {
    const message = fc.oneof(
      junk,
      fc.anything(),
      fc.uint8Array().map((bytes) => bytes.buffer),
      fc
        .record({ type: fc.constant('state'), voiceMuted: fc.anything(), cameraOff: fc.anything() })
        .map((value) => JSON.stringify(value)),
      fc
        .record({ type: fc.constant('shown'), height: fc.anything() })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(message, (data) => {
        first.onmessage?.({ data });
        expect(first.readyState).toBe('open');
      }),
      { numRuns: 3_000 },
    );
    for (const state of states) {
      expect(Object.keys(state)).toEqual(['voiceMuted', 'cameraOff']);
      expect(Object.values(state).every((value) => typeof value === 'boolean')).toBe(true);
    }
    expect(heights.every((height) => height >= 0)).toBe(true);
  });

  it('tells nothing more to an end that asks again and again and does not read', () => {
    for (let count = 0; count < 10_000; count += 1) first.onmessage?.({ data: '{"type":"hello"}' });
    expect(first.bufferedAmount).toBeLessThan(128 * 1024);
    first.bufferedAmount = 0;
    const before = first.sent.length;
    first.onmessage?.({ data: '{"type":"hello"}' });
    expect(first.sent).toHaveLength(before + 1);
  });

  it('opens only so many channels for an end that keeps moving on', () => {
    for (let id = 1; id < 5_000; id += 1) channel.follow(id);
    expect(opened.length).toBeLessThanOrEqual(1_000);
    expect(opened.filter(({ readyState }) => readyState === 'open').length).toBeLessThanOrEqual(1);
  });
});

describe('signals of people who are not in the call yet', () => {
  it('are kept within bounds, whoever sends them', () => {
    const early = new EarlySignals();
    const payload = 'x'.repeat(limits.signalChars);
    let kept = 0;
    for (let count = 0; count < 5_000; count += 1) {
      const fromLeg = `leg-${count % 100}`;
      const signal = { callId: 'c1', fromLeg, toLeg: 'me', linkId: 'l1', payload };
      if (early.keep(signal)) kept += 1;
    }
    expect(kept * limits.signalChars).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(kept).toBeGreaterThan(30);
  });
});
