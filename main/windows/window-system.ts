/**
 * Whether this desktop lets a program say where its windows are and which of them stay above the others. Under native
 * Wayland it does not, and Electron's calls for it do nothing. Electron does not say what it runs on, so this reads what
 * Electron itself decides by.
 */
export interface WindowSystemFacts {
  readonly platform: NodeJS.Platform;
  /** Of Electron. */
  readonly major: number;
  /** The value of a switch that the app was started with; empty without. */
  readonly switchValue: (name: string) => string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** From this version on Electron goes with the session by itself. */
const followsSessionFrom = 38;

export function mayFloat(facts: WindowSystemFacts): boolean {
  return facts.platform !== 'linux' || !isNativeWayland(facts);
}

function isNativeWayland({ major, switchValue, env }: WindowSystemFacts): boolean {
  const platform = switchValue('ozone-platform');
  if (platform !== '') return platform === 'wayland';
  const isThere = env['XDG_SESSION_TYPE'] === 'wayland' || Boolean(env['WAYLAND_DISPLAY']);
  const hint = switchValue('ozone-platform-hint') || (env['ELECTRON_OZONE_PLATFORM_HINT'] ?? '');
  if (hint === 'x11') return false;
  if (hint === 'wayland' || hint === 'auto') return isThere;
  return isThere && major >= followsSessionFrom;
}
