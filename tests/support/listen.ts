/**
 * What a call window plays and receives, asked in the page: for runs with Chromium's fake devices, whose speaker no
 * program can hear. Elements that play sound are not in the document, so they are found among all living objects.
 */
import type { CDPSession, Page } from 'playwright-core';

export interface HeardInPage {
  readonly hz: number;
  readonly db: number;
}

const floorDb = -60;
/** A tone that another one drowns by this much is none: it is a side line of that one. */
const faintDb = 30;
/** How far the codec and the lines of the spectrum move a tone. */
const nearHz = 15;

/** The loudest line of the spectrum of everything the page plays for a second; null when nothing is audible. */
export async function heardInPage(page: Page): Promise<HeardInPage | null> {
  return loudestOf(await onObjects(page, 'HTMLMediaElement', usualSpectrum));
}

/** Which of these tones are among what the page plays for a second. */
export async function tonesInPage(page: Page, tones: readonly number[]): Promise<number[]> {
  const spectrum = await onObjects(page, 'HTMLMediaElement', usualSpectrum);
  const loudest = loudestOf(spectrum);
  if (!loudest) return [];
  const isHeard = (hz: number): boolean => {
    const near = loudestOf(spectrum.filter((line) => Math.abs(line.hz - hz) <= nearHz));
    return near !== null && near.db > loudest.db - faintDb;
  };
  return tones.filter(isHeard);
}

function loudestOf(spectrum: readonly HeardInPage[]): HeardInPage | null {
  const loudest = spectrum.toSorted((a, b) => b.db - a.db)[0];
  return loudest && loudest.db > floorDb ? loudest : null;
}

/** Video frames decoded so far, by all connections of the page together. */
export async function framesDecoded(page: Page): Promise<number> {
  return onObjects(page, 'RTCPeerConnection', countFrames);
}

/** Cameras that are on for this page: their light burns. */
export async function openCameras(page: Page): Promise<number> {
  return onObjects(page, 'MediaStreamTrack', countCameras);
}

/** Closes every open data channel of the page, as a fault in the stack would. */
export async function closeDataChannels(page: Page): Promise<number> {
  return onObjects(page, 'RTCDataChannel', closeAll);
}

/** Runs a function in the page on all living objects of a class. The function must need nothing from this file. */
async function onObjects<R>(
  page: Page,
  className: string,
  work: (objects: never[]) => R | Promise<R>,
): Promise<R> {
  const session = await page.context().newCDPSession(page);
  try {
    // Among the objects are the prototypes of subclasses, which answer to nothing.
    const living = "this.filter((each) => !Object.hasOwn(each, 'constructor'))";
    const wrapped = `function () { return (${String(work)})(${living}) }`;
    return await callOnObjects<R>(session, className, wrapped);
  } finally {
    await session.detach();
  }
}

async function callOnObjects<R>(
  session: CDPSession,
  className: string,
  functionDeclaration: string,
): Promise<R> {
  const prototype = await session.send('Runtime.evaluate', {
    expression: `${className}.prototype`,
  });
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: prototype.result.objectId ?? '',
  });
  const answer = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration,
    awaitPromise: true,
    returnByValue: true,
  });
  if (answer.exceptionDetails) {
    throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
  }
  return answer.result.value as R;
}

// The rest runs in the page. Tests are compiled without the types of a browser, so the few it needs stand here.

interface PlayingElement {
  readonly paused: boolean;
  readonly muted: boolean;
  readonly volume: number;
  readonly srcObject: { getAudioTracks(): { readonly readyState: string }[] } | null;
}

interface PageAnalyser {
  fftSize: number;
  smoothingTimeConstant: number;
  readonly frequencyBinCount: number;
  getFloatFrequencyData(into: Float32Array): void;
}

interface PageAudio {
  readonly sampleRate: number;
  createAnalyser(): PageAnalyser;
  createMediaStreamSource(stream: unknown): { connect(to: PageAnalyser): void };
  resume(): Promise<void>;
  close(): Promise<void>;
}

declare const AudioContext: new () => PageAudio;

async function usualSpectrum(elements: PlayingElement[]): Promise<HeardInPage[]> {
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 8_192;
  analyser.smoothingTimeConstant = 0;
  for (const element of elements) {
    const audible = !element.paused && !element.muted && element.volume > 0;
    const tracks = element.srcObject?.getAudioTracks() ?? [];
    if (audible && tracks.length > 0)
      context.createMediaStreamSource(element.srcObject).connect(analyser);
  }
  const looks: Float32Array[] = [];
  for (let look = 0; look < 20; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const now = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(now);
    looks.push(now);
  }
  await context.close();
  // A tone is there most of the time. What a browser makes up for sound that comes too late has lines everywhere, and is
  // there for moments: one of them was within 25 dB of the voices for as long as a machine was too busy.
  const usual = looks[0]?.map((_, line) => {
    const levels = looks.map((look) => look[line] ?? -200).sort((a, b) => a - b);
    return levels[Math.floor(levels.length / 2)] ?? -200;
  });
  const hzOfLine = context.sampleRate / analyser.fftSize;
  // No tone of a test is above 4 kHz, and the line at 0 is no tone.
  return [...(usual ?? []).slice(1, Math.ceil(4_000 / hzOfLine))].map((db, index) => ({
    hz: (index + 1) * hzOfLine,
    db,
  }));
}

interface PageConnection {
  getStats(): Promise<{ forEach(visit: (report: Record<string, unknown>) => void): void }>;
}

async function countFrames(connections: PageConnection[]): Promise<number> {
  let frames = 0;
  for (const connection of connections) {
    const stats = await connection.getStats();
    stats.forEach((report) => {
      if (report['type'] === 'inbound-rtp' && report['kind'] === 'video') {
        frames += Number(report['framesDecoded'] ?? 0);
      }
    });
  }
  return frames;
}

interface PageTrack {
  readonly kind: string;
  readonly readyState: string;
  getSettings(): { readonly deviceId?: string };
}

declare const navigator: {
  readonly mediaDevices: {
    enumerateDevices(): Promise<{ readonly kind: string; readonly deviceId: string }[]>;
  };
};

/** What came over the network is a track, too, but of no device. */
async function countCameras(tracks: PageTrack[]): Promise<number> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const cameras = devices.filter(({ kind }) => kind === 'videoinput');
  return tracks.filter(
    (track) =>
      track.kind === 'video' &&
      track.readyState === 'live' &&
      cameras.some(({ deviceId }) => deviceId === track.getSettings().deviceId),
  ).length;
}

function closeAll(channels: { readonly readyState: string; close(): void }[]): number {
  const open = channels.filter((channel) => channel.readyState === 'open');
  for (const channel of open) channel.close();
  return open.length;
}
