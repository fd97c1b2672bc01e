/** The stages of a call on the page's performance timeline, each once, for the benches to read from outside. */
import type { Result } from '#protocol/result';
import type { CallerBridge } from '../caller';
import type { MediaPort } from '../media/ports';

export const markNames = [
  'peal:assigned',
  /** The call is on the screen. */
  'peal:shown',
  'peal:media-open',
  /** The server has accepted the call. */
  'peal:started',
  /** The server has confirmed the click on Accept, and main has said so. */
  'peal:claimed',
  'peal:joined',
  /** The first one of the later joiner is the offer. */
  'peal:signal-sent',
  'peal:remote-frame',
] as const;
export type MarkName = (typeof markNames)[number];
export type Mark = (name: MarkName) => void;

export function createMarks(timeline: Pick<Performance, 'mark'>): Mark {
  const made = new Set<MarkName>();
  return (name) => {
    if (made.has(name)) return;
    made.add(name);
    timeline.mark(name);
  };
}

export function markMedia(media: MediaPort, mark: Mark): MediaPort {
  return {
    openLocal: (wants, constraints) =>
      markSuccess(media.openLocal(wants, constraints), () => mark('peal:media-open')),
    openCamera: (constraints) => media.openCamera(constraints),
    createMesh: (callId, viewer, handlers) => media.createMesh(callId, viewer, handlers),
  };
}

export function markBridge(bridge: CallerBridge, mark: Mark): CallerBridge {
  return {
    ...bridge,
    start: (request) => markSuccess(bridge.start(request), () => mark('peal:started')),
    join: (callId, user) => markSuccess(bridge.join(callId, user), () => mark('peal:joined')),
    sendSignal: (signal) => {
      bridge.sendSignal(signal);
      mark('peal:signal-sent');
    },
  };
}

async function markSuccess<R extends Result<unknown, unknown>>(
  reply: Promise<R>,
  mark: () => void,
): Promise<R> {
  const result = await reply;
  if (result.ok) mark();
  return result;
}
