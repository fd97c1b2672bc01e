/**
 * The product's own mesh on simulated devices. Links carry no media, but everything a pair says to each other goes
 * through the server, and a link lives while both of its ends do.
 */
import { randomUUID } from 'node:crypto';
import type { ReceivedSignal } from '#common/ipc';
import { systemClock } from '#main/clock';
import { endReasonFor } from '#protocol/end-reason-for';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';
import type { LinkHandlers, LinkOptions } from '#renderer/media/link-ports';
import { type MeshLink, PeerMesh } from '#renderer/media/peer-mesh';

/** A signal may be lost: whoever offers says it again. */
const repeatMs = 80;

interface Pair {
  offerer?: SimLink;
  answerer?: SimLink;
}

/** Between all devices of one world: which two ends are one link. */
export class SimNet {
  readonly #pairs = new Map<string, Pair>();
  #open = 0;

  /** Ends of links that nobody has closed. */
  get open(): number {
    return this.#open;
  }

  opened(): void {
    this.#open += 1;
  }

  join(linkId: string, role: LinkOptions['role'], link: SimLink): void {
    const pair = this.#pairs.get(linkId) ?? {};
    pair[role] = link;
    this.#pairs.set(linkId, pair);
  }

  /** The offerer has its answer: both ends live from now on, if both are there. */
  connect(linkId: string): void {
    const { offerer, answerer } = this.#pairs.get(linkId) ?? {};
    if (offerer?.linkId !== linkId || answerer?.linkId !== linkId) return;
    offerer.become('live');
    answerer.become('live');
  }

  closed(linkId: string | null, link: SimLink): void {
    this.#open -= 1;
    const { offerer, answerer } = this.#pairs.get(linkId ?? '') ?? {};
    const other = offerer === link ? answerer : offerer;
    if (linkId !== null) this.#pairs.delete(linkId);
    if (other && other.linkId === linkId) other.become('broken');
  }
}

class SimLink implements MeshLink {
  readonly gauge = null;
  linkId: string | null = null;
  readonly #net: SimNet;
  readonly #role: LinkOptions['role'];
  readonly #handlers: LinkHandlers;
  #cancel: () => void = () => undefined;
  #isClosed = false;

  constructor(net: SimNet, { role }: LinkOptions, handlers: LinkHandlers) {
    this.#net = net;
    this.#role = role;
    this.#handlers = handlers;
    net.opened();
  }

  start(): void {
    if (this.#role === 'offerer') this.#offer(randomUUID());
  }

  awaitOffer(): void {}

  receive(linkId: string, payload: string): void {
    if (payload === 'offer' && this.#role === 'answerer') {
      this.linkId = linkId;
      this.#net.join(linkId, 'answerer', this);
      this.#handlers.send(linkId, 'answer');
    } else if (payload === 'answer' && linkId === this.linkId) {
      this.#cancel();
      this.#net.connect(linkId);
    }
  }

  become(state: 'live' | 'broken'): void {
    if (this.#isClosed) return;
    this.#handlers.onLinkState(state);
    if (state === 'broken') this.start();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancel();
    this.#net.closed(this.linkId, this);
  }

  refresh(): void {}
  setTrack(): void {}
  setState(): void {}
  setBudget(): void {}
  setShownHeight(): void {}

  #offer(linkId: string): void {
    this.#cancel();
    this.linkId = linkId;
    this.#net.join(linkId, 'offerer', this);
    this.#handlers.send(linkId, 'offer');
    this.#cancel = systemClock.after(repeatMs, () => this.#offer(linkId));
  }
}

interface MeshDevice extends Viewer {
  readonly live: Map<string, readonly string[]>;
  beat(): void;
  sendSignal(signal: ReceivedSignal): void;
}

const nothing = (): void => undefined;

/** The meshes of one device: one for each call it knows of, as a session keeps it. */
export class SimMeshes {
  /** What the meshes complained of. */
  readonly problems = new Map<string, number>();
  readonly #net: SimNet;
  readonly #meshes = new Map<string, PeerMesh>();
  readonly #links = new Map<string, number>();

  constructor(net: SimNet) {
    this.#net = net;
  }

  /** How many links this device has in a call. */
  linksIn(callId: string): number {
    return this.#links.get(callId) ?? 0;
  }

  update(device: MeshDevice, call: CallSnapshot): void {
    const { callId } = call;
    if (endReasonFor(call, device) !== null) this.stop(callId);
    else (this.#meshes.get(callId) ?? this.#create(device, callId)).update(call);
  }

  handleSignal(signal: ReceivedSignal): void {
    this.#meshes.get(signal.callId)?.handleSignal(signal);
  }

  stop(callId: string): void {
    this.#meshes.get(callId)?.stop();
    this.#meshes.delete(callId);
  }

  stopAll(): void {
    for (const callId of [...this.#meshes.keys()]) this.stop(callId);
  }

  #create(device: MeshDevice, callId: string): PeerMesh {
    const { userId, deviceId } = device;
    const mesh = new PeerMesh(
      { callId, viewer: { userId, deviceId } },
      {
        sendSignal: (signal) => device.sendSignal(signal),
        iceServers: () => Promise.resolve([]),
        onLiveLegs: (legIds) => {
          device.live.set(callId, legIds);
          device.beat();
        },
        onProblem: (_legId, problem) => {
          this.problems.set(problem, (this.problems.get(problem) ?? 0) + 1);
        },
        ...{ onRemoteTrack: nothing, onRemoteState: nothing, onLinkState: nothing },
      },
      (options, handlers) => this.#counted(callId, new SimLink(this.#net, options, handlers)),
      systemClock,
    );
    this.#meshes.set(callId, mesh);
    return mesh;
  }

  #counted(callId: string, link: SimLink): SimLink {
    this.#links.set(callId, this.linksIn(callId) + 1);
    const close = link.close.bind(link);
    link.close = () => {
      this.#links.set(callId, this.linksIn(callId) - 1);
      close();
    };
    return link;
  }
}
