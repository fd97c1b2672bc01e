/**
 * Spoken sentences as frames, for the demo and for the test of the first minute: from a sound file, and from what a
 * call window plays.
 */
import { readFileSync } from 'node:fs';
import { type Frame, bandEdges, framesOf } from './likeness';
import type { Page } from './devtools';

/** The frames of a spoken sentence, from the sound file of a microphone: one channel, 16 bits. */
export function framesOfFile(file: string): Frame[] {
  const bytes = readFileSync(file);
  const sampleRate = bytes.readUInt32LE(24);
  const start = bytes.indexOf('data') + 8;
  const samples = new Float32Array(Math.floor((bytes.length - start) / 2));
  for (let at = 0; at < samples.length; at += 1) {
    samples[at] = bytes.readInt16LE(start + at * 2) / 32_768;
  }
  return framesOf(samples, sampleRate);
}

/** What a call window plays, for so long. */
export async function framesHeard(call: Page, seconds: number): Promise<Frame[]> {
  return call.onObjects<Frame[]>('HTMLMediaElement', `(all) => (${listen})(all, ${seconds})`);
}

/** Runs in the page. Frames are taken by the sound's own clock: one that comes late is used twice. */
const listen = `async (all, seconds) => {
  const elements = all.filter((each) => !Object.hasOwn(each, 'constructor'));
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  analyser.smoothingTimeConstant = 0;
  for (const { paused, muted, srcObject } of elements) {
    if (paused || muted || !srcObject?.getAudioTracks().length) continue;
    context.createMediaStreamSource(srcObject).connect(analyser);
  }
  const hzPerLine = context.sampleRate / analyser.fftSize;
  const edges = ${JSON.stringify(bandEdges)};
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  const bands = () => {
    analyser.getFloatFrequencyData(spectrum);
    return edges.slice(1).map((to, band) => {
      const lines = spectrum.subarray(
        Math.ceil(edges[band] / hzPerLine), Math.ceil(to / hzPerLine));
      const power = lines.reduce((sum, db) => sum + 10 ** (db / 10), 0) / lines.length;
      return 10 * Math.log10(Math.max(1e-9, power));
    });
  };
  const frames = [];
  const start = context.currentTime;
  while (frames.length < seconds * 50) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    const due = Math.floor((context.currentTime - start) * 50);
    const now = frames.length < due ? bands() : null;
    while (frames.length < due) frames.push(now);
  }
  await context.close();
  return frames;
}`;
