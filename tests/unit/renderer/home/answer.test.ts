import { describe, expect, it } from 'vitest';
import { effectScope, shallowRef } from 'vue';
import type { AnswerFailure, DeskCallView } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import { type Result, err, ok } from '#protocol/result';
import { opensSettings } from '#renderer/home/keys';
import { awayWords } from '#renderer/home/recents/away';
import { useAnswer } from '#renderer/incoming/use-answer';
import { deskCall } from './support/desk-call';

const plain = {
  ...{ ctrlKey: false, metaKey: false, altKey: false },
  ...{ repeat: false, isComposing: false },
};
describe('a key in home', () => {
  it('opens the settings: Ctrl+comma', () => {
    expect(opensSettings({ ...plain, ctrlKey: true, key: ',' })).toBe(true);
    expect(opensSettings({ ...plain, key: ',' })).toBe(false);
  });
});

describe('an answer', () => {
  const ring = (callId: string, elsewhere = false): DeskCallView =>
    deskCall({ callId, elsewhere, phase: 'incoming', direction: 'incoming' });

  function asking() {
    const call = shallowRef<DeskCallView | null>(ring('c1'));
    const asked: unknown[] = [];
    let reply = (_result: Result<null, CallProblem>): void => undefined;
    const ask = (request: unknown): Promise<Result<null, CallProblem>> => {
      asked.push(request);
      return new Promise((resolve) => (reply = resolve));
    };
    let fail = (_failure: AnswerFailure): void => undefined;
    const scope = effectScope();
    const ports = {
      ...{ accept: ask, decline: ask },
      onAnswerFailed: (listener: typeof fail) => ((fail = listener), () => undefined),
    };
    const answer = scope.run(() => useAnswer(() => call.value, ports)) ?? expect.fail();
    const failByKey = (failure: AnswerFailure): void => fail(failure);
    return {
      failByKey,
      call,
      asked,
      answer,
      reply: (result: Result<null, CallProblem>) => reply(result),
    };
  }

  it('is given once', async () => {
    const { asked, answer, reply } = asking();
    const first = answer.answer('accept');
    await answer.answer('decline');
    reply(ok(null));
    await first;
    expect(asked).toEqual([{ callId: 'c1' }]);
    expect(answer.isPending.value).toBe(true);
  });

  it('by a key of the system that did not work says why, for this ring alone', () => {
    const { answer, failByKey } = asking();
    failByKey({ callId: 'c2', problem: 'offline' });
    expect(answer.problem.value).toBeNull();
    failByKey({ callId: 'c1', problem: 'offline' });
    expect([answer.problem.value, answer.isPending.value]).toEqual(['offline', false]);
  });

  it('that did not work says why, and may be given again', async () => {
    const { answer, reply } = asking();
    const first = answer.answer('accept');
    reply(err('offline'));
    await first;
    expect(answer.problem.value).toBe('offline');
    expect(answer.isPending.value).toBe(false);
  });

  it('to one call says nothing of the next', async () => {
    const { call, answer, reply } = asking();
    const first = answer.answer('accept');
    call.value = ring('c2');
    reply(err('call-over'));
    await first;
    expect(answer.problem.value).toBeNull();
    expect(answer.isPending.value).toBe(false);
  });
});

describe('who called while the person was away', () => {
  const anna = { userId: 'anna', name: 'Anna' };
  const bao = { userId: 'bao', name: 'Bao' };
  const chen = { userId: 'chen', name: 'Chen' };

  it.each([
    ['nobody', [], null],
    ['one person twice', [anna, anna], { key: 'one', name: 'Anna', other: '', n: 2 }],
    ['two people', [bao, anna, bao], { key: 'two', name: 'Bao', other: 'Anna', n: 1 }],
    ['more', [chen, anna, bao], { key: 'many', name: 'Chen', other: '', n: 2 }],
  ])('%s', (_who, callers, words) => {
    expect(awayWords(callers)).toEqual(words);
  });
});
