import { describe, expect, it } from 'vitest';
import type { ConnectResult, ConnectionChange, PealClient } from '#peal-caller/connect';
import { staySignedIn } from '#renderer/echo/stay-signed-in';

type Problem = NonNullable<ConnectionChange['problem']>;

/** A server that answers as it is told to, one answer a try; time passes when asked to. */
function world(...answers: readonly (Problem | 'ok')[]) {
  const waits: { readonly ms: number; readonly task: () => void }[] = [];
  const warnings: string[] = [];
  const listeners: ((change: ConnectionChange) => void)[] = [];
  let tries = 0;
  const client: Partial<PealClient> = {
    onConnectionChange: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
  };
  const answer = (given: Problem | 'ok'): ConnectResult =>
    given === 'ok'
      ? { ok: true, client: client as PealClient }
      : { ok: false, problem: given, message: '' };
  staySignedIn({
    connect: () => {
      tries += 1;
      return Promise.resolve(answer(answers[tries - 1] ?? 'ok'));
    },
    after: (ms, task) => waits.push({ ms, task }),
    warn: (message) => warnings.push(message),
  });
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return {
    waits,
    warnings,
    tries: () => tries,
    settle,
    pass: async () => {
      await settle();
      waits.at(-1)?.task();
      await settle();
    },
    tell: (change: ConnectionChange) => listeners.at(-1)?.(change),
  };
}

describe('Echo', () => {
  it('signs in once where all is well', async () => {
    const { settle, tries, waits } = world('ok');
    await settle();
    expect([tries(), waits.length]).toEqual([1, 0]);
  });

  it('tries again, each time later, while the server is away', async () => {
    const { pass, tries, waits } = world('unreachable', 'rate-limited', 'server-error', 'ok');
    for (let time = 0; time < 3; time += 1) await pass();
    expect(tries()).toBe(4);
    expect(waits.map(({ ms }) => ms)).toEqual([500, 1_000, 2_000]);
  });

  it('leaves a lost connection to come back by itself', async () => {
    const { settle, tell, tries, waits } = world('ok');
    await settle();
    tell({ state: 'offline' });
    tell({ state: 'online' });
    expect([tries(), waits.length]).toEqual([1, 0]);
  });

  it('signs in anew when a connection has ended that time may mend', async () => {
    const { settle, pass, tell, tries } = world('ok');
    await settle();
    tell({ state: 'ended', problem: 'server-error' });
    await pass();
    expect(tries()).toBe(2);
  });

  it('gives up, and says so once, when the server does not want it', async () => {
    const { settle, waits, warnings } = world('bad-credentials');
    await settle();
    expect(waits).toEqual([]);
    expect(warnings).toEqual(['echo: cannot sign in (bad-credentials)']);
  });
});
