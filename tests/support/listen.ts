/**
 * What a call window plays and receives, asked in the page: for runs with Chromium's fake devices, whose speaker no
 * program can hear. Elements that play sound are not in the document, so they are found among all living objects.
 */
import type { CDPSession, Page } from 'playwright-core';

export interface HeardInPage {
  readonly hz: number;
  readonly db: number;
}

/** The loudest line of the spectrum of everything the page plays now; null when nothing is audible. */
export async function heardInPage(page: Page): Promise<HeardInPage | null> {
  return onObjects(page, 'HTMLMediaElement', loudestLine);
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

async function loudestLine(elements: PlayingElement[]): Promise<HeardInPage | null> {
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
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  let best = { hz: 0, db: -60 };
  // A swelling tone is quiet at times: the loudest moment of a second counts.
  for (let look = 0; look < 20; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    analyser.getFloatFrequencyData(spectrum);
    spectrum.forEach((db, line) => {
      if (line > 0 && db > best.db)
        best = { hz: (line * context.sampleRate) / analyser.fftSize, db };
    });
  }
  await context.close();
  return best.hz === 0 ? null : best;
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
