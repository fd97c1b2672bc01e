/** Keeps Echo signed in: what time mends is tried again, what no time mends is told once. */
import type { ConnectResult, ConnectionChange } from '#peal-caller/connect';

type Problem = NonNullable<ConnectionChange['problem']>;

export interface SignInPorts {
  connect(): Promise<ConnectResult>;
  after(ms: number, task: () => void): void;
  warn(message: string, cause?: unknown): void;
}

const mendedByTime: ReadonlySet<Problem> = new Set(['unreachable', 'rate-limited', 'server-error']);

const firstDelayMs = 500;
const longestDelayMs = 30_000;

export function staySignedIn(ports: SignInPorts): void {
  let failures = 0;
  const again = (problem: Problem | undefined): void => {
    if (problem === undefined) return;
    if (!mendedByTime.has(problem)) {
      ports.warn(`echo: cannot sign in (${problem})`);
      return;
    }
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
    failures += 1;
    ports.after(delayMs, () => void attempt());
  };
  const attempt = async (): Promise<void> => {
    const result = await ports.connect();
    if (!result.ok) {
      again(result.problem);
      return;
    }
    failures = 0;
    // A lost connection comes back by itself; only what has ended is over.
    result.client.onConnectionChange(({ state, problem }) => {
      if (state === 'ended') again(problem);
    });
  };
  void attempt();
}
