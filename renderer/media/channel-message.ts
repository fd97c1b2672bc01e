/**
 * What two ends of a link say to each other directly, over its data channel. Unknown messages are for newer
 * versions: they are left alone. The parser takes anything and never throws.
 */
import type { MediaState } from './ports';

export type ChannelMessage =
  /**
   * The sender listens now. A channel agreed on beforehand is open at each end for itself, so what the first end says
   * may reach nobody: the answer to a hello is the whole state.
   */
  | { readonly type: 'hello' }
  | ({ readonly type: 'state' } & MediaState)
  /** The height in pixels at which the sender shows the receiver's picture; 0: nobody sees it. */
  | { readonly type: 'shown'; readonly height: number };

/** More than any message of ours needs. */
const maxChars = 16 * 1024;

export function encodeChannelMessage(message: ChannelMessage): string {
  return JSON.stringify(message);
}

export function parseChannelMessage(data: unknown): ChannelMessage | null {
  if (typeof data !== 'string' || data.length > maxChars) return null;
  const fields = parseFields(data);
  if (fields?.['type'] === 'hello') return { type: 'hello' };
  if (fields?.['type'] === 'shown') return parseShown(fields['height']);
  if (fields?.['type'] !== 'state') return null;
  const { voiceMuted, cameraOff } = fields;
  return typeof voiceMuted === 'boolean' && typeof cameraOff === 'boolean'
    ? { type: 'state', voiceMuted, cameraOff }
    : null;
}

function parseShown(height: unknown): ChannelMessage | null {
  return typeof height === 'number' && height >= 0 ? { type: 'shown', height } : null;
}

function parseFields(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    return null;
  }
}
