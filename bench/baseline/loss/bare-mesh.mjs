/**
 * The least mesh there is: one connection to each other person, the same tracks on each, the later joiner offers.
 * Everything else is as the browser likes it.
 */
export function bareMesh({ me, tracks, send, onTrack }) {
  const links = new Map();

  function link(other) {
    const pc = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' });
    pc.addEventListener('track', ({ track }) => onTrack(other, track));
    pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) send(other, { candidate: candidate.toJSON() });
    });
    // One message after the other: a candidate must not overtake the description before it.
    const made = { pc, last: Promise.resolve() };
    links.set(other, made);
    return made;
  }

  async function describe(other, pc) {
    await pc.setLocalDescription();
    send(other, { description: pc.localDescription.toJSON() });
  }

  function offer(other) {
    const { pc } = link(other);
    for (const track of tracks) pc.addTrack(track);
    return describe(other, pc);
  }

  async function take(other, pc, { description, candidate }) {
    if (candidate) return pc.addIceCandidate(candidate);
    await pc.setRemoteDescription(description);
    if (description.type !== 'offer') return;
    for (const track of tracks) pc.addTrack(track);
    await describe(other, pc);
  }

  return {
    joined(count) {
      if (count !== me + 1) return;
      for (let other = 0; other < me; other += 1) void offer(other);
    },
    receive(other, message) {
      const present = links.get(other) ?? link(other);
      present.last = present.last.then(() => take(other, present.pc, message));
    },
    close() {
      for (const { pc } of links.values()) pc.close();
      links.clear();
    },
  };
}
