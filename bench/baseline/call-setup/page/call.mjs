/** One call with bare RTCPeerConnection: the later joiner (the one who answers) makes the offer. */
const mark = (name) => performance.mark(`bare:${name}`);
const media = { audio: true, video: { width: 640, height: 480 } };
const local = document.querySelector('#local');
const remote = document.querySelector('#remote');

let stream;
let connection;

function onShown(then) {
  if (document.visibilityState === 'hidden') {
    document.addEventListener('visibilitychange', () => onShown(then), { once: true });
    return;
  }
  requestAnimationFrame(() => requestAnimationFrame(then));
}

async function capture() {
  stream = await navigator.mediaDevices.getUserMedia(media);
  mark('captured');
  local.srcObject = stream;
}

function onTrack({ track, transceiver }) {
  const section = connection.getTransceivers().indexOf(transceiver);
  if (section > 1) return;
  const shown = new MediaStream([track]);
  if (track.kind === 'audio') {
    const element = new Audio();
    element.srcObject = shown;
    void element.play();
    return;
  }
  remote.srcObject = shown;
  remote.requestVideoFrameCallback(() => mark('frame'));
}

function connect() {
  connection = new RTCPeerConnection({ iceServers: [] });
  connection.addEventListener('track', onTrack);
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) window.bare.send({ type: 'signal', signal: { candidate: candidate.toJSON() } });
  });
}

function sendDescription() {
  window.bare.send({ type: 'signal', signal: connection.localDescription.toJSON() });
}

/** The four sections of every link: voice, camera, screen, sound of the screen. */
async function offer() {
  connect();
  const [voice] = stream.getAudioTracks();
  const [camera] = stream.getVideoTracks();
  for (const source of [voice, camera, 'video', 'audio']) {
    connection.addTransceiver(source, { direction: 'sendrecv' });
  }
  await connection.setLocalDescription();
  sendDescription();
  mark('offered');
}

async function answer(description) {
  connect();
  await connection.setRemoteDescription(description);
  const [voice, camera, ...rest] = connection.getTransceivers();
  for (const transceiver of [voice, camera, ...rest]) transceiver.direction = 'sendrecv';
  await voice.sender.replaceTrack(stream.getAudioTracks()[0]);
  await camera.sender.replaceTrack(stream.getVideoTracks()[0]);
  await connection.setLocalDescription();
  sendDescription();
}

const handlers = {
  task: async ({ task }) => {
    if (task === 'answer') mark('claimed');
    await capture();
    window.bare.send({ type: task === 'place' ? 'invite' : 'join' });
  },
  invited: () => mark('started'),
  joined: async () => {
    mark('joined');
    await offer();
  },
  signal: async ({ signal }) => {
    if (signal.type === 'offer') await answer(signal);
    else if (signal.type === 'answer') await connection.setRemoteDescription(signal);
    else await connection.addIceCandidate(signal.candidate);
  },
};

// One message after the other: a candidate must not overtake the description before it.
let last = Promise.resolve();
window.bare.listen((message) => {
  last = last.then(() => handlers[message.type](message));
});
onShown(() => mark('shown'));
document
  .querySelector('button')
  .addEventListener('click', () => window.bare.send({ type: 'hang-up' }));
window.bare.send({ type: 'ready' });
