/** Shows and plays what comes, the same way for both contenders, and tells when it first was seen or heard. */

/** A tone of ours arrives at about -20 dB, a track with nothing on it at -Infinity. */
const heardDb = -50;
const listenEveryMs = 10;

export function showPicture(
  track: MediaStreamTrack,
  tile: { readonly width: number; readonly height: number },
  onFirst: () => void,
): () => void {
  const video = document.createElement('video');
  video.width = tile.width;
  video.height = tile.height;
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  video.requestVideoFrameCallback(onFirst);
  document.body.append(video);
  void video.play();
  return () => {
    video.srcObject = null;
    video.remove();
  };
}

export function playVoice(stream: MediaStream): () => void {
  const element = new Audio();
  element.srcObject = stream;
  void element.play();
  return () => {
    element.srcObject = null;
  };
}

/** Ends with the first sound: what listening costs is not a part of the call. */
export function listen(
  stream: MediaStream,
  { context, hz }: { readonly context: AudioContext; readonly hz: number },
  onFirst: () => void,
): () => void {
  const source = context.createMediaStreamSource(stream);
  const analyser = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 });
  source.connect(analyser);
  const timer = setInterval(() => {
    if (levelAt(analyser, hz) < heardDb) return;
    stop();
    onFirst();
  }, listenEveryMs);
  const stop = (): void => {
    clearInterval(timer);
    source.disconnect();
  };
  return stop;
}

function levelAt(analyser: AnalyserNode, hz: number): number {
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const bin = Math.round((hz * analyser.fftSize) / analyser.context.sampleRate);
  return Math.max(...bins.subarray(bin - 1, bin + 2));
}
