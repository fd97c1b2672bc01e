import { describe, expect, it } from 'vitest';
import type { IceServer } from '#protocol/messages';
import { err, ok } from '#protocol/result';
import { Link } from '#renderer/media/link';
import type { Description, LinkPeer, PeerHandlers, PeerOptions } from '#renderer/media/link-peer';
import {
  type LinkPayload,
  encodeLinkPayload,
  parseLinkPayload,
} from '#renderer/media/link-payload';
import { type Connection, type LinkRole, linkTiming } from '#renderer/media/link-rules';
import type { MediaSource } from '#renderer/media/ports';
import { FakeDeviceTrack } from '../caller/support/fake-media';
import { FakeClock, settle } from './support/fake-clock';

class FakePeer implements LinkPeer {
  connection: Connection = 'new';
  readonly did: string[] = [];
  isClosed = false;
  readonly voice = new FakeDeviceTrack('audio').asTrack;
  constructor(
    readonly options: PeerOptions,
    readonly handlers: PeerHandlers,
  ) {}
  setIceServers = (servers: readonly IceServer[]): void =>
    void this.did.push(`ice ${servers.map(({ urls }) => urls.join()).join()}`);
  offer = (restart: boolean): Promise<Description> => {
    this.did.push(restart ? 'restart' : 'offer');
    return Promise.resolve(ok('offer-sdp'));
  };
  answer = (sdp: string): Promise<Description> => {
    this.did.push(`answer ${sdp}`);
    return Promise.resolve(sdp === 'junk' ? err('bad-description') : ok('answer-sdp'));
  };
  acceptAnswer: LinkPeer['acceptAnswer'] = (sdp) => {
    this.did.push(`accept ${sdp}`);
    return Promise.resolve(sdp === 'junk' ? err('bad-description') : ok(null));
  };
  addCandidate: LinkPeer['addCandidate'] = ({ candidate }) =>
    void this.did.push(`candidate ${candidate}`);
  followChannel = (id: number): void => void this.did.push(`channel ${id}`);
  received: LinkPeer['received'] = () => [['voice', this.voice]];
  setTrack: LinkPeer['setTrack'] = (source, track) => {
    if (track) this.did.push(`track ${source}`);
  };
  setState = (): void => void this.did.push('state');
  setBudget = (): void => void this.did.push('budget');
  sendVoiceAs: LinkPeer['sendVoiceAs'] = (form) => {
    this.did.push(`voice ${form}`);
    return Promise.resolve();
  };
  setShownHeight = (height: number): void => void this.did.push(`shown ${height}`);
  heardLevel = (): number => 0;
  ownLevel = (): Promise<number> => Promise.resolve(0);
  reading: LinkPeer['reading'] = () => Promise.reject(new Error('nothing to read'));
  close = (): void => void (this.isClosed = true);
  become(connection: Connection): void {
    this.connection = connection;
    this.handlers.onConnection(connection);
  }
}

function makeLink(role: LinkRole) {
  const peers: FakePeer[] = [];
  const sent: { linkId: string; payload: LinkPayload }[] = [];
  const problems: string[] = [];
  const states: string[] = [];
  const shown: (number | null)[] = [];
  const heard: { source: MediaSource; track: MediaStreamTrack }[] = [];
  const clock = new FakeClock();
  const world = { iceServers: (): Promise<readonly IceServer[]> => Promise.resolve([]) };
  const link = new Link(
    { role, tracks: new Map(), state: null },
    {
      clock,
      newLinkId: () => `link-${peers.length + 1}`,
      createPeer: (options, handlers) => {
        const peer = new FakePeer(options, handlers);
        peers.push(peer);
        return peer;
      },
    },
    {
      send: (linkId, text) => {
        const payload = parseLinkPayload(text);
        if (payload.ok) sent.push({ linkId, payload: payload.value });
      },
      iceServers: () => world.iceServers(),
      onTrack: (source, track) => heard.push({ source, track }),
      onRemoteState: () => undefined,
      onShownHeight: (height) => shown.push(height),
      onLinkState: (state) => states.push(state),
      onProblem: (problem) => problems.push(problem),
    },
  );
  const receive = async (linkId: string, payload: LinkPayload): Promise<void> => {
    link.receive(linkId, encodeLinkPayload(payload));
    await settle();
  };
  const sentTypes = (): string[] => sent.map(({ payload }) => payload.type);
  return { link, peers, sent, sentTypes, problems, states, shown, heard, clock, world, receive };
}

type Made = ReturnType<typeof makeLink>;

/** An offerer whose first offer was answered and connected. */
async function liveOfferer(): Promise<Made & { peer: FakePeer }> {
  const made = makeLink('offerer');
  made.link.start();
  await settle();
  await made.receive('link-1', { type: 'answer', n: 1, sdp: 'a1' });
  const peer = made.peers[0]!;
  peer.become('connected');
  return { ...made, peer };
}

async function liveAnswerer(): Promise<Made & { peer: FakePeer }> {
  const made = makeLink('answerer');
  made.link.start();
  await made.receive('their-1', { type: 'offer', n: 1, fresh: true, sdp: 'o1' });
  const peer = made.peers[0]!;
  peer.become('connected');
  return { ...made, peer };
}

describe('an offering link', () => {
  it('offers under a new link id and becomes live', async () => {
    const { sent, states, peer, clock } = await liveOfferer();
    expect(sent).toEqual([
      { linkId: 'link-1', payload: { type: 'offer', n: 1, fresh: true, sdp: 'offer-sdp' } },
    ]);
    expect(peer.did).toEqual(['offer', 'accept a1']);
    expect(states).toEqual(['live']);
    expect(clock.pending).toBe(0);
  });

  it('repeats its first offer when nobody answered for three seconds', async () => {
    const { link, sent, clock } = makeLink('offerer');
    link.start();
    await clock.pass(linkTiming.answerMs - 1);
    expect(sent).toHaveLength(1);
    await clock.pass(1);
    await settle();
    expect(sent[1]).toEqual({
      linkId: 'link-1',
      payload: { type: 'offer', n: 1, fresh: true, sdp: 'offer-sdp' },
    });
  });

  it('takes a late answer to a repeated offer, but none twice', async () => {
    const { link, peers, clock, receive, problems } = makeLink('offerer');
    link.start();
    await clock.pass(linkTiming.answerMs);
    await settle();
    await receive('link-1', { type: 'answer', n: 1, sdp: 'late' });
    await receive('link-1', { type: 'answer', n: 1, sdp: 'twice' });
    expect(peers[0]?.did.at(-1)).toBe('accept late');
    expect(problems).toEqual(['stale-signal']);
  });

  it('takes no answer to a restart that was taken back', async () => {
    const { link, peer, clock, receive, problems } = await liveOfferer();
    link.refresh();
    await clock.pass(linkTiming.answerMs);
    await settle();
    await receive('link-1', { type: 'answer', n: 2, sdp: 'late' });
    await receive('link-1', { type: 'answer', n: 3, sdp: 'right' });
    expect(peer.did.slice(2)).toEqual(['ice ', 'restart', 'ice ', 'restart', 'accept right']);
    expect(problems).toEqual(['stale-signal']);
  });

  it('restarts with fresh ICE servers, three times, then rebuilds under a new link id', async () => {
    const { peer, peers, sent, clock, world } = await liveOfferer();
    world.iceServers = () => Promise.resolve([{ urls: ['turn:fresh'] }]);
    peer.become('failed');
    await settle();
    expect(peer.did.slice(-2)).toEqual(['ice turn:fresh', 'restart']);
    await clock.pass(3 * linkTiming.answerMs);
    await settle();
    expect(peer.did.filter((step) => step === 'restart')).toHaveLength(3);
    expect(peer.isClosed).toBe(true);
    expect(peers).toHaveLength(2);
    expect(sent.at(-1)?.linkId).toBe('link-2');
  });

  it('goes on with the servers it knows when fresh ones do not come', async () => {
    const { link, peers, clock, world, sent } = makeLink('offerer');
    world.iceServers = () => new Promise(() => undefined);
    link.start();
    await clock.pass(linkTiming.iceServersMs);
    await settle();
    expect(peers[0]?.options.iceServers).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  it('offers once when it was told to refresh twice', async () => {
    const { link, peer } = await liveOfferer();
    link.refresh();
    link.refresh();
    await settle();
    expect(peer.did.filter((step) => step === 'restart')).toHaveLength(1);
  });

  it('drops an offer, and signals of a link that is gone', async () => {
    const { receive, problems, peers, peer, link } = await liveOfferer();
    await receive('link-1', { type: 'offer', n: 1, fresh: true, sdp: 'x' });
    await receive('link-0', { type: 'candidate', candidate: 'x', mid: '0', line: 0 });
    await receive('link-0', { type: 'link.request', want: 'rebuild' });
    link.receive('link-1', 'junk');
    expect(problems).toEqual(['stale-signal', 'stale-signal', 'stale-signal', 'bad-payload']);
    expect(peers).toHaveLength(1);
    expect(peer.isClosed).toBe(false);
  });

  it('rebuilds for an answerer that has no link at all', async () => {
    const { receive, peers } = await liveOfferer();
    await receive('none', { type: 'link.request', want: 'rebuild' });
    expect(peers).toHaveLength(2);
  });

  it('believes a page that knows nothing more than its own connection', async () => {
    const { receive, peer, peers, sent, states } = await liveOfferer();
    await receive('none', { type: 'link.request', want: 'rebuild' });
    expect(peer.isClosed).toBe(true);
    expect(sent.at(-1)).toMatchObject({
      linkId: 'link-2',
      payload: { type: 'offer', fresh: true },
    });
    await receive('none', { type: 'link.request', want: 'rebuild' });
    expect(peers).toHaveLength(2);
    expect(states).toEqual(['live', 'broken']);
  });

  it('offers once although the answerer asked while the offer was on its way', async () => {
    const { link, peers, sentTypes, receive, problems } = makeLink('offerer');
    link.start();
    await settle();
    await receive('none', { type: 'link.request', want: 'rebuild' });
    await receive('link-1', { type: 'answer', n: 1, sdp: 'a1' });
    peers[0]?.become('connected');
    expect(sentTypes()).toEqual(['offer']);
    expect(problems).toEqual([]);
  });

  it('offers once, and hurries nobody, when it was asked before its offer was made', async () => {
    const { link, sentTypes, clock } = makeLink('offerer');
    link.start();
    link.receive('none', encodeLinkPayload({ type: 'link.request', want: 'rebuild' }));
    await clock.pass(linkTiming.answerMs - 1);
    expect(sentTypes()).toEqual(['offer']);
  });

  it('repeats an offer soon that was made before the other page knew anything', async () => {
    const { link, peers, sentTypes, receive, clock } = makeLink('offerer');
    link.start();
    await settle();
    await receive('none', { type: 'link.request', want: 'rebuild' });
    await clock.pass(linkTiming.hurryMs);
    await settle();
    expect(sentTypes()).toEqual(['offer', 'offer']);
    expect(peers).toHaveLength(1);
  });

  it('says of a restart that it goes on with what was agreed before', async () => {
    const { link, sent } = await liveOfferer();
    link.refresh();
    await settle();
    expect(sent.map(({ payload }) => 'fresh' in payload && payload.fresh)).toEqual([true, false]);
  });

  it('reports no old peer of a rebuilt link', async () => {
    const { receive, peer, peers, states } = await liveOfferer();
    await receive('link-1', { type: 'link.request', want: 'rebuild' });
    peer.become('failed');
    peers[1]?.become('connected');
    expect(states).toEqual(['live', 'broken', 'live']);
  });
});

describe('an answering link', () => {
  it('answers the offer under its link id and its number', async () => {
    const { sent, states } = await liveAnswerer();
    expect(sent.slice(1)).toEqual([
      { linkId: 'their-1', payload: { type: 'answer', n: 1, sdp: 'answer-sdp' } },
    ]);
    expect(states).toEqual(['live']);
  });

  it('asks at once, and every three seconds while no offer comes', async () => {
    const { link, sent, clock } = makeLink('answerer');
    link.start();
    await clock.pass(3 * linkTiming.askMs);
    expect(sent).toEqual(
      Array(4).fill({ linkId: 'none', payload: { type: 'link.request', want: 'rebuild' } }),
    );
  });

  it('says nothing where the offer is to come by itself, and asks after two seconds without one', async () => {
    const { link, peers, sentTypes, receive, clock } = makeLink('answerer');
    link.awaitOffer();
    await clock.pass(linkTiming.awaitMs - 1);
    expect(sentTypes()).toEqual([]);
    await clock.pass(1);
    expect(sentTypes()).toEqual(['link.request']);
    await receive('their-1', { type: 'offer', n: 1, fresh: true, sdp: 'o1' });
    peers[0]?.become('connected');
    await clock.pass(2 * linkTiming.askMs);
    expect(sentTypes()).toEqual(['link.request', 'answer']);
  });

  it('takes a new peer in the place of the old one when the offerer rebuilt', async () => {
    const { receive, peer, peers } = await liveAnswerer();
    await receive('their-2', { type: 'offer', n: 2, fresh: true, sdp: 'o2' });
    expect(peer.isClosed).toBe(true);
    expect(peers[1]?.did[0]).toBe('answer o2');
  });

  it('reports what each peer receives once, when the ends agree and the old peer is closed', async () => {
    const { link, receive, peer, peers, heard } = await liveAnswerer();
    await receive('their-1', { type: 'offer', n: 2, fresh: false, sdp: 'restart' });
    expect(heard).toEqual([{ source: 'voice', track: peer.voice }]);
    await receive('their-2', { type: 'offer', n: 3, fresh: true, sdp: 'o3' });
    expect(peer.isClosed).toBe(true);
    expect(heard.map(({ track }) => track)).toEqual([peer.voice, peers[1]?.voice]);
    link.close();
    await receive('their-3', { type: 'offer', n: 4, fresh: true, sdp: 'o4' });
    expect(heard).toHaveLength(2);
  });

  it('keeps the peer that works when a new offer is unusable', async () => {
    const { peer, peers, sent, receive } = await liveAnswerer();
    await receive('their-2', { type: 'offer', n: 2, fresh: true, sdp: 'junk' });
    await receive('their-1', { type: 'candidate', candidate: 'still', mid: '0', line: 0 });
    expect(peers[1]?.isClosed).toBe(true);
    expect(peer.isClosed).toBe(false);
    expect(peer.did.at(-1)).toBe('candidate still');
    expect(sent.map(({ payload }) => payload.type)).toEqual(['link.request', 'answer']);
  });

  it('makes no peer for a restart of a link it never had, and asks for a new one', async () => {
    const { link, receive, peers, sent, problems } = makeLink('answerer');
    link.start();
    await receive('their-1', { type: 'offer', n: 7, fresh: false, sdp: 'o7' });
    expect(peers).toHaveLength(0);
    expect(problems).toEqual(['stale-signal']);
    const ask = { linkId: 'none', payload: { type: 'link.request', want: 'rebuild' } };
    expect(sent).toEqual([ask, ask]);
    await receive('their-2', { type: 'offer', n: 8, fresh: true, sdp: 'o8' });
    expect(peers).toHaveLength(1);
  });

  it('answers a restart of the link it has', async () => {
    const { receive, peer, peers } = await liveAnswerer();
    await receive('their-1', { type: 'offer', n: 2, fresh: false, sdp: 'o2' });
    expect(peers).toHaveLength(1);
    expect(peer.did.at(-1)).toBe('answer o2');
  });

  it('takes the new link of an offerer that was loaded anew, whatever it thinks of its own', async () => {
    const { receive, peer, peers, states } = await liveAnswerer();
    await receive('anew-1', { type: 'offer', n: 1, fresh: true, sdp: 'o1' });
    expect(peer.isClosed).toBe(true);
    peers[1]?.become('connected');
    expect(states).toEqual(['live', 'broken', 'live']);
  });

  it('never goes back to a link that was replaced', async () => {
    const { receive, peers, problems } = await liveAnswerer();
    await receive('their-2', { type: 'offer', n: 2, fresh: true, sdp: 'o2' });
    await receive('their-1', { type: 'offer', n: 1, fresh: true, sdp: 'o1' });
    expect(peers).toHaveLength(2);
    expect(problems).toEqual(['stale-signal']);
  });

  it('gives a peer what was set while it was made', async () => {
    const { link, peers, receive } = makeLink('answerer');
    link.start();
    link.setState({ voiceMuted: true, cameraOff: true });
    link.setTrack('voice', {} as MediaStreamTrack);
    await receive('their-1', { type: 'offer', n: 1, fresh: true, sdp: 'o1' });
    expect(peers[0]?.did).toEqual(['answer o1', 'track voice', 'state']);
  });

  it('moves to the data channel the other side moved to, and says where it moved itself', async () => {
    const { receive, peer, sent } = await liveAnswerer();
    await receive('their-1', { type: 'channel', id: 1 });
    peer.handlers.onChannelMoved(2);
    expect(peer.did.at(-1)).toBe('channel 1');
    expect(sent.at(-1)).toEqual({ linkId: 'their-1', payload: { type: 'channel', id: 2 } });
  });
});

describe('a closed link', () => {
  it('releases its peer and its alarm and says nothing more', async () => {
    const { link, peer, clock, states, sent, receive } = await liveOfferer();
    peer.become('disconnected');
    link.close();
    peer.become('failed');
    await receive('link-1', { type: 'link.request', want: 'rebuild' });
    await clock.pass(60_000);
    expect(peer.isClosed).toBe(true);
    expect(clock.pending).toBe(0);
    expect(states).toEqual(['live']);
    expect(sent).toHaveLength(1);
  });

  it('closes a peer that was made while it closed', async () => {
    const { link, peers } = makeLink('answerer');
    link.start();
    link.receive('their-1', encodeLinkPayload({ type: 'offer', n: 1, fresh: true, sdp: 'o1' }));
    await untilMade(peers, 1);
    link.close();
    await settle();
    expect(peers[0]?.isClosed).toBe(true);
  });
});

/** One turn of the promises after the other, to get between two awaits. */
async function untilMade(peers: readonly FakePeer[], count: number): Promise<void> {
  for (let turn = 0; turn < 100 && peers.length < count; turn += 1) await Promise.resolve();
}

describe('what a link may take', () => {
  const budget = {
    camera: { isOn: true, height: 180, frameRate: 15, bitrate: 1 },
    voiceBitrate: null,
    voiceForm: 'plain' as const,
  };

  it('and how it is shown here goes to its peer, and to the one that takes its place', async () => {
    const { link, peers, peer, clock } = await liveOfferer();
    link.setBudget(budget);
    link.setShownHeight(180);
    peer.become('failed');
    for (let wait = 0; peers.length < 2 && wait < 10; wait += 1) await clock.pass(4_000);
    expect(peer.did).toEqual(expect.arrayContaining(['budget', 'shown 180']));
    expect(peers[1]?.did).toEqual(expect.arrayContaining(['budget', 'shown 180']));
  });

  const twice = { ...budget, voiceForm: 'twice' as const };

  it('chooses the form of the voice only when that changes, and after what is under way', async () => {
    const { link, peer, receive } = await liveOfferer();
    link.setBudget(budget);
    await settle();
    link.setBudget(twice);
    link.setBudget({ ...twice, voiceBitrate: 16_000 });
    const done = receive('link-1', { type: 'link.request', want: 'restart' });
    await done;
    const steps = peer.did.filter((step) => /^(voice|restart)/.test(step));
    expect(steps).toEqual(['voice twice', 'restart']);
    link.setBudget(budget);
    await settle();
    expect(peer.did.at(-1)).toBe('voice plain');
  });

  it('is known to a peer that takes the place of another', async () => {
    const { link, peers, peer, clock } = await liveOfferer();
    link.setBudget(twice);
    peer.become('failed');
    for (let wait = 0; peers.length < 2 && wait < 10; wait += 1) await clock.pass(4_000);
    expect(peers.map(({ options }) => options.voiceForm)).toEqual(['plain', 'twice']);
  });

  it('by how the other end shows us is unknown again with each new peer', async () => {
    const { shown, peer } = await liveOfferer();
    peer.handlers.onShownHeight(360);
    expect(shown).toEqual([null, 360]);
  });

  it('can be read from the peer in use', async () => {
    const made = makeLink('offerer');
    expect(made.link.gauge).toBeNull();
    const { link, peer } = await liveOfferer();
    expect(link.gauge).toBe(peer);
  });
});
