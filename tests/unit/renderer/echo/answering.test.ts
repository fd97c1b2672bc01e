import { describe, expect, it } from 'vitest';
import { answering } from '#renderer/echo/answering';
import type { IEndSummary, ISessionListener, RCCallSession } from '#renderer/caller/index';

function phone() {
  const waits: { readonly ms: number; readonly task: () => void }[] = [];
  const warnings: string[] = [];
  const done: string[] = [];
  const options = answering({
    after: (ms, task) => waits.push({ ms, task }),
    onEnd: () => done.push('end'),
    warn: (message) => warnings.push(message),
  });
  const session = (code = 10_000): RCCallSession =>
    ({
      registerSessionListener: (_listener: ISessionListener) => done.push('listens'),
      accept: () => {
        done.push('accept');
        return Promise.resolve({ code });
      },
    }) as Partial<RCCallSession> as RCCallSession;
  return { options, waits, warnings, done, session };
}

describe('Echo, when it is called', () => {
  it('lets it ring for a second, then answers', () => {
    const { options, waits, done, session } = phone();
    options.onSession(session());
    expect(done).toEqual(['listens']);
    expect(waits.map(({ ms }) => ms)).toEqual([1_000]);
    waits[0]?.task();
    expect(done).toEqual(['listens', 'accept']);
  });

  it('closes its voice when the call is over', () => {
    const { options, done, session } = phone();
    options.onSessionClose(session(), {} as IEndSummary);
    expect(done).toEqual(['end']);
  });

  it('tells the log when it cannot answer', async () => {
    const { options, waits, warnings, session } = phone();
    options.onSession(session(53_301));
    waits[0]?.task();
    await Promise.resolve();
    expect(warnings).toEqual(['echo: cannot answer (53301)']);
  });

  it('takes a video call, too, without a picture of its own', () => {
    expect(phone().options.isAllowDemotionGetStream).toBe(true);
  });
});
