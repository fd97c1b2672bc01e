/** Every request of every window comes in here, is checked and finds its handler. */
import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Replies, RequestChannel, RequestPayload, WindowKind } from '#common/ipc';
import { err } from '#protocol/result';
import type { Log } from '../log';
import type { Pages } from '../windows/pages';
import type { WindowRegistry } from '../windows/window-registry';
import { type Sender, checkRequest, requestChannels } from './request-check';

/** `senderId` is the window's id: a call window is known by it. */
export type Handlers<K extends WindowKind> = {
  readonly [C in RequestChannel<K>]: (
    payload: RequestPayload<C>,
    senderId: number,
  ) => Replies[C] | Promise<Replies[C]>;
};

export type AllHandlers = Handlers<'home'> &
  Handlers<'incoming'> &
  Handlers<'call'> &
  Handlers<'echo'>;

type AnyHandler = (payload: unknown, senderId: number) => unknown;

export interface RouterOptions {
  readonly handlers: AllHandlers;
  readonly registry: WindowRegistry;
  readonly pages: Pages;
  readonly log: Log;
}

export function routeRequests({ handlers, registry, pages, log }: RouterOptions): void {
  const byChannel = new Map<string, AnyHandler>(
    Object.entries(handlers as unknown as Record<string, AnyHandler>),
  );
  const reported = new Set<string>();

  for (const channel of requestChannels) {
    const handler = byChannel.get(channel);
    if (!handler) throw new Error(`no handler for ${channel}`);
    ipcMain.handle(channel, (event, payload: unknown) => {
      // Nobody waits for the answer, and it is nobody's fault.
      if (registry.isClosed(event.sender.id)) return err('refused');
      const checked = checkRequest(channel, senderOf(event, registry, pages), payload);
      if (checked.ok) return handler(checked.value, event.sender.id);
      const line = `ipc: ${channel} refused (${checked.error})`;
      if (!reported.has(line)) log.error(line);
      reported.add(line);
      return err('refused');
    });
  }
}

function senderOf(event: IpcMainInvokeEvent, registry: WindowRegistry, pages: Pages): Sender {
  const kind = registry.kindOf(event.sender.id);
  const frame = event.senderFrame;
  return {
    kind,
    isMainFrame: frame !== null && frame.parent === null,
    isOwnPage: frame !== null && kind !== undefined && pages.isPage(kind, frame.url),
  };
}
