/** Main puts the window of a new call to the same person in the place of this one. */
import type { CallProblem } from '#common/problems';
import type { CallApi } from '#common/window-api';

export interface CallAgainPorts {
  readonly peal: Pick<CallApi, 'callAgain'>;
  readonly warn: (message: string, cause?: unknown) => void;
}

/** Why there is no new call; null when there is one. */
export async function askAgain(
  { peal, warn }: CallAgainPorts,
  switchHere: boolean,
): Promise<CallProblem | null> {
  try {
    const again = await peal.callAgain({ switchHere });
    return again.ok ? null : again.error;
  } catch (cause) {
    warn('main did not call again', cause);
    return 'server-error';
  }
}
