import { beforeEach, describe, expect, it } from 'vitest';
import type { ReceivedSignal } from '#common/ipc';
import type { CallSnapshot, Leg } from '#protocol/snapshot';
import type { LinkBudget } from '#renderer/media/budget';
import type { LinkGauge } from '#renderer/media/call-watch';
import type { LinkHandlers, LinkOptions } from '#renderer/media/link-ports';
import { readingOf } from '#renderer/media/link-reading';
import { type MeshLink, PeerMesh } from '#renderer/media/peer-mesh';
import type { LinkState, MeshHandlers } from '#renderer/media/ports';
import { linkSpacingMs } from '#renderer/media/stagger';
import { FakeClock } from './support/fake-clock';

class FakeLink implements MeshLink {
  readonly did: string[] = [];
  readonly budgets: LinkBudget[] = [];
  isClosed = false;
  gauge: LinkGauge | null = null;
  constructor(
    readonly options: LinkOptions,
    readonly handlers: LinkHandlers,
  ) {}
  start = (): void => void this.did.push('start');
  awaitOffer = (): void => void this.did.push('await');
  refresh = (): void => void this.did.push('refresh');
  receive = (linkId: string, payload: string): void =>
    void this.did.push(`receive ${linkId} ${payload}`);
  setTrack: MeshLink['setTrack'] = (source, track) =>
    void this.did.push(`track ${source} ${track?.id ?? 'none'}`);
  setState: MeshLink['setState'] = ({ voiceMuted }) =>
    void this.did.push(`state ${String(voiceMuted)}`);
  setBudget = (budget: LinkBudget): void => void this.budgets.push(budget);
  setShownHeight = (height: number): void => void this.did.push(`shown ${height}`);
  close = (): void => void (this.isClosed = true);
}

let links: FakeLink[];
let live: string[][];
let speaking: string[][];
let problems: string[];
let sent: ReceivedSignal[];
let mesh: PeerMesh;
let revision: number;
let clock: FakeClock;

const handlers: MeshHandlers = {
  sendSignal: (signal) => sent.push(signal),
  iceServers: () => Promise.resolve([]),
  onRemoteTrack: () => undefined,
  onRemoteState: () => undefined,
  onLinkState: () => undefined,
  onLiveLegs: (legIds) => live.push([...legIds]),
  onSpeaking: (legIds) => speaking.push([...legIds]),
  onProblem: (legId, problem) => problems.push(`${legId} ${problem}`),
};

beforeEach(() => {
  links = [];
  live = [];
  speaking = [];
  problems = [];
  sent = [];
  revision = 0;
  const viewer = { userId: 'me', deviceId: 'device-me' };
  const createLink = (options: LinkOptions, linkHandlers: LinkHandlers): FakeLink => {
    const link = new FakeLink(options, linkHandlers);
    links.push(link);
    return link;
  };
  clock = new FakeClock();
  mesh = new PeerMesh({ callId: 'c1', viewer }, handlers, createLink, clock);
});

const leg = (userId: string, joinIndex: number | null, state: Leg['state'] = 'joined'): Leg => ({
  legId: `leg-${userId}`,
  userId,
  invitedBy: 'me',
  state,
  ringingOn: 0,
  deviceId: `device-${userId}`,
  ...(joinIndex === null ? {} : { joinIndex }),
});

function snapshot(...legs: Leg[]): CallSnapshot {
  revision += 1;
  return {
    callId: 'c1',
    revision,
    kind: 'group',
    mediaType: 1,
    callerId: 'me',
    createdAt: 0,
    legs,
  };
}

const signalFrom = (userId: string, payload: string, toLeg = 'leg-me'): ReceivedSignal => ({
  callId: 'c1',
  fromLeg: `leg-${userId}`,
  toLeg,
  linkId: 'l1',
  payload,
});

const track = (id: string): MediaStreamTrack => ({ id }) as MediaStreamTrack;

function linkIs(state: LinkState, at: number): void {
  links[at]!.handlers.onLinkState(state);
}

describe('PeerMesh', () => {
  it('opens no link before its own leg has joined', () => {
    mesh.update(snapshot(leg('me', null, 'claimed'), leg('bao', 0)));
    expect(links).toEqual([]);
  });

  it('opens no link when another device of the user is in the call', () => {
    mesh.update(snapshot({ ...leg('me', 1), deviceId: 'device-other' }, leg('bao', 0)));
    expect(links).toEqual([]);
  });

  it('keeps exactly one link to each other joined leg', () => {
    const [me, bao, chen] = [leg('me', 1), leg('bao', 0), leg('chen', 2)];
    mesh.update(snapshot(me, bao, leg('chen', null, 'ringing')));
    mesh.update(snapshot(me, bao, chen));
    mesh.update(snapshot(me, bao, chen));
    expect(links.map((link) => link.did)).toEqual([['start'], ['await']]);
  });

  it('lets the later joiner offer', () => {
    mesh.update(snapshot(leg('me', 1), leg('bao', 0), leg('chen', 2)));
    expect(links.map((link) => link.options.role)).toEqual(['offerer', 'answerer']);
  });

  it('closes the link of a leg that left, and only that', () => {
    mesh.update(snapshot(leg('me', 1), leg('bao', 0), leg('chen', 2)));
    mesh.update(snapshot(leg('me', 1), leg('bao', 0, 'left'), leg('chen', 2)));
    expect(links.map((link) => link.isClosed)).toEqual([true, false]);
  });

  it('closes every link when its own leg left', () => {
    mesh.update(snapshot(leg('me', 1), leg('bao', 0)));
    mesh.update(snapshot(leg('me', 1, 'left'), leg('bao', 0)));
    expect(links.map((link) => link.isClosed)).toEqual([true]);
  });

  it('starts anew when its own person left and came back under another leg', () => {
    mesh.update(snapshot(leg('me', 1), leg('bao', 0)));
    mesh.update(snapshot(leg('bao', 0), { ...leg('me', 2), legId: 'leg-me-2' }));
    expect(links.map((link) => link.isClosed)).toEqual([true, false]);
  });

  it('leaves an older snapshot and another call alone', () => {
    const old = snapshot(leg('me', 1), leg('bao', 0));
    mesh.update(snapshot(leg('me', 1), leg('bao', 0, 'left')));
    mesh.update(old);
    mesh.update({ ...snapshot(leg('me', 1), leg('bao', 0)), callId: 'c2' });
    expect(links).toEqual([]);
  });

  it('tells the live legs whenever they change, and only then', () => {
    mesh.update(snapshot(leg('me', 2), leg('bao', 0), leg('chen', 1)));
    linkIs('live', 0);
    linkIs('live', 0);
    linkIs('live', 1);
    linkIs('broken', 0);
    mesh.update(snapshot(leg('me', 2), leg('bao', 0), leg('chen', 1, 'left')));
    expect(live).toEqual([['leg-bao'], ['leg-bao', 'leg-chen'], ['leg-chen'], []]);
  });

  it('gives a signal to the link of its sender', () => {
    mesh.update(snapshot(leg('me', 1), leg('bao', 0), leg('chen', 2)));
    mesh.handleSignal(signalFrom('chen', 'x'));
    expect(links.map((link) => link.did)).toEqual([['start'], ['start', 'receive l1 x']]);
  });

  it('sends what a link sends from its own leg to the other', () => {
    mesh.update(snapshot(leg('me', 1), leg('bao', 0)));
    links[0]!.handlers.send('l9', 'p');
    expect(sent).toEqual([
      { callId: 'c1', fromLeg: 'leg-me', toLeg: 'leg-bao', linkId: 'l9', payload: 'p' },
    ]);
  });

  it('keeps signals that came before the snapshot, in their order', () => {
    mesh.handleSignal(signalFrom('bao', 'first'));
    mesh.update(snapshot(leg('me', 0), leg('bao', null, 'claimed')));
    mesh.handleSignal(signalFrom('bao', 'second'));
    mesh.update(snapshot(leg('me', 0), leg('bao', 1)));
    expect(links[0]?.did).toEqual(['await', 'receive l1 first', 'receive l1 second']);
  });

  it('keeps only so many of them', () => {
    for (let at = 0; at < 100; at += 1) mesh.handleSignal(signalFrom('bao', String(at)));
    mesh.update(snapshot(leg('me', 0), leg('bao', 1)));
    expect(links[0]?.did).toHaveLength(1 + 64);
    expect(problems).toHaveLength(36);
  });

  it('forgets the signals of a leg that left before it joined', () => {
    mesh.handleSignal(signalFrom('bao', 'x'));
    mesh.update(snapshot(leg('me', 0), leg('bao', 1, 'left')));
    mesh.update(snapshot(leg('me', 0), leg('bao', 1)));
    expect(links[0]?.did).toEqual(['await']);
  });

  it('drops signals for another leg or another call', () => {
    mesh.update(snapshot(leg('me', 0), leg('bao', 1)));
    mesh.handleSignal(signalFrom('bao', 'x', 'leg-somebody'));
    mesh.handleSignal({ ...signalFrom('bao', 'x'), callId: 'c2' });
    expect(links[0]?.did).toEqual(['start']);
    expect(problems).toEqual(['leg-bao stale-signal']);
  });

  it('gives tracks and state to every link, also to one made later', () => {
    mesh.setLocalTrack('voice', track('v'));
    mesh.setLocalState({ voiceMuted: true, cameraOff: true });
    mesh.update(snapshot(leg('me', 0), leg('bao', 1)));
    expect([...links[0]!.options.tracks.keys()]).toEqual(['voice']);
    expect(links[0]!.options.state?.voiceMuted).toBe(true);
    mesh.setLocalTrack('camera', track('c'));
    mesh.setLocalTrack('voice', null);
    mesh.setLocalState({ voiceMuted: false, cameraOff: true });
    expect(links[0]?.did).toEqual(['start', 'track camera c', 'track voice none', 'state false']);
  });

  it('tries every link anew when told to', () => {
    mesh.update(snapshot(leg('me', 0), leg('bao', 1)));
    mesh.refresh();
    expect(links[0]?.did).toEqual(['start', 'refresh']);
  });

  it('closes everything at the end and is deaf afterwards', () => {
    mesh.update(snapshot(leg('me', 0), leg('bao', 1)));
    linkIs('live', 0);
    mesh.stop();
    mesh.stop();
    mesh.update(snapshot(leg('me', 0), leg('bao', 1), leg('chen', 2)));
    mesh.handleSignal(signalFrom('bao', 'x'));
    linkIs('broken', 0);
    expect(links.map((link) => link.isClosed)).toEqual([true]);
    expect(live).toEqual([['leg-bao']]);
  });
});

describe('a later joiner', () => {
  const earlier = (): Leg[] => [leg('an', 0), leg('bao', 1), leg('chen', 2)];
  const started = (): boolean[] => links.map(({ did }) => did.includes('start'));

  it('starts its links one after the other', async () => {
    mesh.update(snapshot(...earlier(), leg('me', 3)));
    expect(started()).toEqual([true, false, false]);
    await clock.pass(linkSpacingMs);
    expect(started()).toEqual([true, true, false]);
    await clock.pass(linkSpacingMs);
    expect(started()).toEqual([true, true, true]);
  });

  it('starts the link to whoever asks at once, before its turn and only once', async () => {
    mesh.update(snapshot(...earlier(), leg('me', 3)));
    mesh.handleSignal(signalFrom('chen', 'ask'));
    expect(links.map(({ did }) => did)).toEqual([['start'], [], ['start', 'receive l1 ask']]);
    await clock.pass(10_000);
    expect(links.map(({ did }) => did)).toEqual([
      ['start'],
      ['start'],
      ['start', 'receive l1 ask'],
    ]);
  });

  it('begins with who asked before it knew itself that it has joined', async () => {
    mesh.handleSignal(signalFrom('chen', 'ask'));
    mesh.update(snapshot(...earlier(), leg('me', 3)));
    expect(links.map(({ did }) => did)).toEqual([[], [], ['start', 'receive l1 ask']]);
    await clock.pass(linkSpacingMs);
    expect(started()).toEqual([true, false, true]);
  });

  it('does not refresh a link that has not had its turn', () => {
    mesh.update(snapshot(...earlier(), leg('me', 3)));
    mesh.refresh();
    expect(links.map(({ did }) => did)).toEqual([['start', 'refresh'], [], []]);
  });

  it('never starts a link to somebody who left before its turn, nor any after the end', async () => {
    mesh.update(snapshot(...earlier(), leg('me', 3)));
    mesh.update(snapshot(leg('an', 0), leg('bao', 1, 'left'), leg('chen', 2), leg('me', 3)));
    mesh.stop();
    expect(clock.pending).toBe(0);
    await clock.pass(10_000);
    expect(started()).toEqual([true, false, false]);
  });

  it('is not kept waiting by those who joined after it: they offer', () => {
    mesh.update(snapshot(leg('me', 0), leg('an', 1), leg('bao', 2)));
    expect(started()).toEqual([true, true]);
  });
});

describe('the mesh, over its links,', () => {
  const loud = (level: number): LinkGauge => ({
    heardLevel: () => level,
    ownLevel: () => Promise.resolve(0),
    reading: () => Promise.resolve(readingOf([], { lostShare: null, lateMs: null })),
  });

  it('gives each its budget, by how many there are and at what size the others show us', () => {
    mesh.update(snapshot(leg('me', 2), leg('an', 0), leg('bao', 1)));
    links[0]!.handlers.onShownHeight(0);
    links[1]!.handlers.onShownHeight(100);
    const now = links.map(({ budgets }) => budgets.at(-1)?.camera);
    expect(now.map((camera) => [camera?.isOn, camera?.height])).toEqual([
      [false, null],
      [true, 120],
    ]);
  });

  it('tells each at what height its person is shown', () => {
    mesh.update(snapshot(leg('me', 2), leg('an', 0), leg('bao', 1)));
    mesh.setShownHeight('leg-bao', 240);
    expect(links.map(({ did }) => did.at(-1))).toEqual(['start', 'shown 240']);
  });

  it('tells it also to who joins after the tile was there', () => {
    mesh.setShownHeight('leg-an', 240);
    mesh.update(snapshot(leg('me', 0), leg('an', 1), leg('bao', 2)));
    expect(links.map(({ did }) => did)).toEqual([['shown 240', 'start'], ['start']]);
  });

  it('tells who speaks', async () => {
    mesh.update(snapshot(leg('me', 0), leg('an', 1), leg('bao', 2)));
    links[1]!.gauge = loud(0.2);
    await clock.pass(1_000);
    expect(speaking).toEqual([['leg-bao']]);
  });
});

describe('the meshes of four, the last of whom joins while one speaks,', () => {
  const names = ['an', 'bao', 'chen', 'dai'] as const;
  type Name = (typeof names)[number];
  /** Who offered to whom, in the order in which they did. */
  let offers: string[] = [];
  let asks: string[] = [];
  let meshes: Map<string, PeerMesh>;
  let voices: Map<Name, number>;

  /** A link that says which of its two steps it took, as the real one does. */
  function talkingLink(owner: Name, options: LinkOptions, own: LinkHandlers): FakeLink {
    const link = new FakeLink(options, own);
    link.start = () => own.send('l1', options.role === 'offerer' ? 'offer' : 'ask');
    link.gauge = {
      heardLevel: () => 0,
      ownLevel: () => Promise.resolve(voices.get(owner) ?? 0),
      reading: () =>
        Promise.resolve({
          ...readingOf([], { lostShare: null, lateMs: null }),
          ownLevel: voices.get(owner) ?? 0,
        }),
    };
    return link;
  }

  function carry(owner: Name, { payload, toLeg, ...signal }: ReceivedSignal): void {
    (payload === 'offer' ? offers : asks).push(`${owner} to ${toLeg}`);
    meshes.get(toLeg)?.handleSignal({ ...signal, toLeg, payload });
  }

  function makeMesh(owner: Name): PeerMesh {
    const viewer = { userId: owner, deviceId: `device-${owner}` };
    return new PeerMesh(
      { callId: 'c1', viewer },
      { ...handlers, sendSignal: (signal) => carry(owner, signal) },
      (options, own) => talkingLink(owner, options, own),
      clock,
    );
  }

  const joined = (count: number): CallSnapshot =>
    snapshot(...names.slice(0, count).map((name, at) => leg(name, at)));

  async function join(count: number): Promise<void> {
    const call = joined(count);
    for (const name of names.slice(0, count)) meshes.get(`leg-${name}`)?.update(call);
    await clock.pass(1_000);
  }

  beforeEach(async () => {
    voices = new Map();
    meshes = new Map(names.map((name) => [`leg-${name}`, makeMesh(name)]));
    for (const count of [1, 2, 3]) await join(count);
    offers = [];
    asks = [];
  });

  it('start the link to who speaks before its turn, for they ask, and the others in their turn', async () => {
    voices.set('chen', 0.2);
    await clock.pass(1_000);
    const call = joined(4);
    for (const leg of [...meshes.keys()].reverse()) meshes.get(leg)?.update(call);
    expect(asks).toEqual(['chen to leg-dai']);
    expect(offers).toEqual(['dai to leg-an', 'dai to leg-chen']);
    await clock.pass(linkSpacingMs);
    expect(offers.slice(2)).toEqual(['dai to leg-bao']);
    await clock.pass(10_000);
    expect(offers).toHaveLength(3);
  });

  it('keep the order of joining, unasked, while nobody speaks', async () => {
    await join(4);
    expect(asks).toEqual([]);
    expect(offers).toEqual(['dai to leg-an', 'dai to leg-bao', 'dai to leg-chen']);
  });
});
