/** Which page gets which permission. Without Electron, so that each refusal can be tested. */
import type { Pages } from './pages';
import type { WindowRegistry } from './window-registry';

export interface PermissionGuard {
  readonly pages: Pages;
  readonly registry: WindowRegistry;
  /** Whether this call window places or holds a call now. */
  readonly mayUseDevices: (id: number) => boolean;
}

/** Microphone and camera; and which loudspeaker a page plays on, which is a permission of its own. */
const devices: ReadonlySet<string> = new Set(['media', 'speaker-selection']);

type Asking = { readonly id: number } | null;

export function mayRequest(
  guard: PermissionGuard,
  asking: Asking,
  permission: string,
  details: { readonly isMainFrame: boolean; readonly requestingUrl: string },
): boolean {
  const own = details.isMainFrame && guard.pages.isPage('call', details.requestingUrl);
  return devices.has(permission) && own && isInCall(guard, asking);
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
  const own = guard.pages.isOrigin(origin) || guard.pages.isPage('call', origin);
  return devices.has(permission) && own && isInCall(guard, asking);
}

function isInCall({ registry, mayUseDevices }: PermissionGuard, asking: Asking): boolean {
  return asking !== null && registry.kindOf(asking.id) === 'call' && mayUseDevices(asking.id);
}
