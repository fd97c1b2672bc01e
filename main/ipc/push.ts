import type { BrowserWindow } from 'electron';
import type { PushChannel, Pushes, WindowKind } from '#common/ipc';

type Payload<K extends WindowKind, C extends PushChannel<K>> = Pushes[K][C];

/** Tells a window something, if it is still there. `kind` only chooses the channels that fit. */
export function pushTo<K extends WindowKind, C extends PushChannel<K>>(
  window: BrowserWindow | null | undefined,
  _kind: K,
  channel: C,
  payload: Payload<K, C>,
): void {
  if (!window || window.isDestroyed() || window.webContents.isDestroyed()) return;
  window.webContents.send(channel, payload);
}
