/** One try to sign in at a time, and why the last one failed. */
import { type Ref, ref } from 'vue';
import type { SignInProblem } from '#common/problems';
import type { HomeApi } from '#common/window-api';
import { type Result, err } from '#protocol/result';
import { userIdPattern } from '#protocol/user-id';

export interface SignInAttempt {
  readonly problem: Ref<SignInProblem | null>;
  readonly isSigningIn: Ref<boolean>;
  readonly signIn: (form: Parameters<HomeApi['signIn']>[0]) => Promise<void>;
  readonly tryHere: (name: string) => Promise<void>;
  readonly join: (form: Parameters<HomeApi['join']>[0]) => Promise<void>;
}

const canBeUserId = new RegExp(userIdPattern, 'u');

export function signInAttempt(api: Pick<HomeApi, 'signIn' | 'tryHere' | 'join'>): SignInAttempt {
  const problem = ref<SignInProblem | null>(null);
  const isSigningIn = ref(false);

  async function attempt(work: () => Promise<Result<null, SignInProblem>>): Promise<void> {
    if (isSigningIn.value) return;
    isSigningIn.value = true;
    problem.value = null;
    try {
      const outcome = await work();
      if (!outcome.ok) problem.value = outcome.error;
    } finally {
      isSigningIn.value = false;
    }
  }

  return {
    problem,
    isSigningIn,
    /** No server knows a user whose name cannot exist, so none is asked. */
    signIn: (form) =>
      attempt(async () =>
        canBeUserId.test(form.userId) ? api.signIn(form) : err('bad-credentials'),
      ),
    tryHere: (name) => attempt(() => api.tryHere({ name })),
    join: (form) => attempt(() => api.join(form)),
  };
}
