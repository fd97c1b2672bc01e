/**
 * The least mesh there is: one RTCPeerConnection to each other person, the same tracks on each, the later joiner
 * offers. No state, no repair, no budget: what it may send is told once.
 */
export function bareMesh({ me, tracks, limits, send, onTrack }) {
  const links = new Map();
  const linkTo = (other) => {
    const link = new BareLink(tracks, limits, {
      send: (message) => send(other, message),
      onTrack: (track) => onTrack(other, track),
    });
    links.set(other, link);
    return link;
  };
  return {
    joined(count) {
      if (count !== me + 1) return;
      for (let other = 0; other < me; other += 1) void linkTo(other).offer();
    },
    receive(other, message) {
      (links.get(other) ?? linkTo(other)).receive(message);
    },
    close() {
      for (const link of links.values()) link.close();
    },
  };
}

class BareLink {
  #pc = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' });
  #last = Promise.resolve();
  #tracks;
  #limits;
  #send;

  constructor(tracks, limits, { send, onTrack }) {
    this.#tracks = tracks;
    this.#limits = limits;
    this.#send = send;
    this.#pc.addEventListener('track', ({ track }) => onTrack(track));
    this.#pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) send({ candidate: candidate.toJSON() });
    });
  }

  async offer() {
    for (const track of this.#tracks) this.#pc.addTrack(track);
    await this.#limit();
    await this.#describe();
  }

  /** One message after the other: a candidate must not overtake the description before it. */
  receive(message) {
    this.#last = this.#last.then(() => this.#take(message));
  }

  close() {
    this.#pc.close();
  }

  async #take({ description, candidate }) {
    if (candidate) {
      await this.#pc.addIceCandidate(candidate);
      return;
    }
    await this.#pc.setRemoteDescription(description);
    if (description.type !== 'offer') return;
    for (const track of this.#tracks) this.#pc.addTrack(track);
    await this.#describe();
    await this.#limit();
  }

  async #describe() {
    await this.#pc.setLocalDescription();
    this.#send({ description: this.#pc.localDescription.toJSON() });
  }

  async #limit() {
    const sender = this.#pc.getSenders().find(({ track }) => track?.kind === 'video');
    if (!sender || !this.#limits) return;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) Object.assign(encoding, this.#limits);
    await sender.setParameters(parameters);
  }
}
