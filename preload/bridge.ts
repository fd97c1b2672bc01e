/** From channels to functions. The page gets the functions; the channels and ipcRenderer stay here. */
import { contextBridge, ipcRenderer } from 'electron';
import type {
  PushChannel,
  Pushes,
  Replies,
  RequestChannel,
  RequestPayload,
  WindowKind,
} from '#common/ipc';

export function request<C extends RequestChannel>(
  channel: C,
): (payload?: RequestPayload<C>) => Promise<Replies[C]> {
  return (payload) => ipcRenderer.invoke(channel, payload ?? null) as Promise<Replies[C]>;
}

/** The listener gets the payload only: the event would hand ipcRenderer to the page. */
export function subscribe<K extends WindowKind, C extends PushChannel<K>>(
  channel: C,
): (listener: (payload: Pushes[K][C]) => void) => () => void {
  return (listener) => {
    const handle = (_event: unknown, payload: Pushes[K][C]): void => listener(payload);
    ipcRenderer.on(channel, handle);
    return () => {
      ipcRenderer.removeListener(channel, handle);
    };
  };
}

export function expose(api: object): void {
  contextBridge.exposeInMainWorld('peal', api);
}
