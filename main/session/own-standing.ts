/** What the own status of home depends on beside the rules of the user. */
import type { OwnStanding } from '#common/ipc';
import { systemClock } from '../clock';

export function ownStanding(
  quiet: { readonly isQuiet: boolean },
  session: { serverNowMs(): number } | null,
): OwnStanding {
  const nowMs = systemClock.nowMs();
  return {
    isSystemQuiet: quiet.isQuiet,
    serverAheadMs: (session?.serverNowMs() ?? nowMs) - nowMs,
  };
}
