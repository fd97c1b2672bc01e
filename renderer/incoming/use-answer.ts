/** What the person answers a ring with, in the popup and in home: once, and why it did not work. */
import { type Ref, onScopeDispose, ref, watch } from 'vue';
import type { AnswerFailure, DeskCallView, RequestPayload } from '#common/ipc';
import type { CallProblem } from '#common/problems';
import type { Result } from '#protocol/result';
import { acceptRequest } from './accept-request';

export interface AnswerPorts {
  readonly accept: (
    request: RequestPayload<'phone:incoming.accept'>,
  ) => Promise<Result<null, CallProblem>>;
  readonly decline: (
    request: RequestPayload<'phone:incoming.decline'>,
  ) => Promise<Result<null, CallProblem>>;
  /** A key of the system was to answer it, and could not. */
  readonly onAnswerFailed: (listener: (failure: AnswerFailure) => void) => () => void;
}

export interface Answer {
  readonly problem: Ref<CallProblem | null>;
  /** Main has been asked; it takes the card away when it worked. */
  readonly isPending: Ref<boolean>;
  readonly answer: (verb: 'accept' | 'decline', reply?: string) => Promise<void>;
}

export function useAnswer(call: () => DeskCallView | null, ports: AnswerPorts): Answer {
  const problem = ref<CallProblem | null>(null);
  const isPending = ref(false);

  async function answer(verb: 'accept' | 'decline', reply?: string): Promise<void> {
    const shown = call();
    if (!shown || isPending.value) return;
    const { callId } = shown;
    isPending.value = true;
    const outcome = await (verb === 'accept'
      ? ports.accept(acceptRequest(shown))
      : ports.decline({ callId, ...(reply !== undefined && { reply }) }));
    // Another call may be in the card by now.
    if (call()?.callId !== callId || outcome.ok) return;
    problem.value = outcome.error;
    isPending.value = false;
  }

  const stopHearing = ports.onAnswerFailed((failure) => {
    if (call()?.callId === failure.callId && !isPending.value) problem.value = failure.problem;
  });
  onScopeDispose(stopHearing);

  // The next call begins anew, before anything of it is shown.
  watch(
    () => call()?.callId,
    () => {
      problem.value = null;
      isPending.value = false;
    },
    { flush: 'sync' },
  );

  return { problem, isPending, answer };
}
