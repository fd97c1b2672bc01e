import type { IceServer } from '#protocol/messages';
import { ok } from '#protocol/result';
import type { Handlers } from './handler';

export function iceHandlers(iceServers: readonly IceServer[]): Handlers<'ice.servers'> {
  return { 'ice.servers': () => Promise.resolve(ok({ iceServers })) };
}
