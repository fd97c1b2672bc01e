/** Which page gets which permission. Without Electron, so that each refusal can be tested. */
import type { WindowKind } from '#common/ipc';
import type { Pages } from './pages';
import type { WindowRegistry } from './window-registry';

export interface PermissionGuard {
  readonly pages: Pages;
  readonly registry: WindowRegistry;
  /** Whether this window needs devices now: a call window in a call, home while its settings show them. */
  readonly mayUseDevices: (kind: WindowKind, id: number) => boolean;
}

/** Microphone and camera; and which loudspeaker a page plays on, which is a permission of its own. */
const devices: ReadonlySet<string> = new Set(['media', 'speaker-selection']);

/** What a kind of window may ever have. */
const permissions: Readonly<Record<WindowKind, ReadonlySet<string>>> = {
  home: devices,
  call: devices,
  /** It rings where the person wants it to ring. */
  incoming: new Set(['speaker-selection']),
  echo: new Set(),
};

type Asking = { readonly id: number } | null;

export function mayRequest(
  guard: PermissionGuard,
  asking: Asking,
  permission: string,
  details: { readonly isMainFrame: boolean; readonly requestingUrl: string },
): boolean {
  const kind = kindFor(guard, asking, permission);
  return kind !== null && details.isMainFrame && guard.pages.isPage(kind, details.requestingUrl);
}

/**
 * Without a yes for media here, every local candidate becomes an mDNS name, and calls between subnets fail; and devices
 * have no names, so that a lost one is not missed and none can be chosen. Who asks is an origin or a page.
 */
export function mayCheck(
  guard: PermissionGuard,
  asking: Asking,
  permission: string,
  origin: string,
): boolean {
  const kind = kindFor(guard, asking, permission);
  return kind !== null && (guard.pages.isOrigin(origin) || guard.pages.isPage(kind, origin));
}

/** The kind of the window that asks, if it may have this permission now. */
function kindFor(
  { registry, mayUseDevices }: PermissionGuard,
  asking: Asking,
  permission: string,
): WindowKind | null {
  const kind = asking === null ? undefined : registry.kindOf(asking.id);
  if (asking === null || kind === undefined || !permissions[kind].has(permission)) return null;
  return mayUseDevices(kind, asking.id) ? kind : null;
}
