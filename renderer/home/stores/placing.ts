/** What home asks main to begin: a call to one person or to several, or the way into one that runs. */
import { type Ref, ref } from 'vue';
import type { CallProblem } from '#common/problems';
import type { HomeApi } from '#common/window-api';
import type { Result } from '#protocol/result';

/** Members of a group, or without one any people. */
export interface GroupCallees {
  readonly groupId?: string;
  readonly userIds: readonly string[];
}

/** With `switchHere`, a call that the user has on another device ends for it. */
export interface Placing {
  readonly problem: Ref<CallProblem | null>;
  readonly isPlacing: Ref<boolean>;
  /** What kind of call was asked for last, for the offer to switch to this device. */
  readonly asked: Ref<1 | 2>;
  readonly place: (targetId: string, mediaType: 1 | 2, switchHere?: boolean) => Promise<void>;
  readonly placeGroup: (
    people: GroupCallees,
    mediaType: 1 | 2,
    switchHere?: boolean,
  ) => Promise<void>;
  readonly forgetProblem: () => void;
}

export function placing(api: Pick<HomeApi, 'placeCall' | 'placeGroupCall'>): Placing {
  const { problem, isUnderWay, attempt, forgetProblem } = oneAttempt();
  const asked = ref<1 | 2>(1);

  function ask(mediaType: 1 | 2, begin: Parameters<typeof attempt>[0]): Promise<void> {
    if (!isUnderWay.value) asked.value = mediaType;
    return attempt(begin);
  }

  return {
    problem,
    isPlacing: isUnderWay,
    asked,
    place: (targetId, mediaType, switchHere = false) =>
      ask(mediaType, () =>
        api.placeCall({ targetId, mediaType, ...(switchHere && { switchHere }) }),
      ),
    placeGroup: ({ groupId, userIds }, mediaType, switchHere = false) =>
      ask(mediaType, () =>
        api.placeGroupCall({
          ...(groupId !== undefined && { groupId }),
          userIds: [...userIds],
          mediaType,
          ...(switchHere && { switchHere }),
        }),
      ),
    forgetProblem,
  };
}

/** One at a time: a second click means the first one. */
export function oneAttempt() {
  const problem = ref<CallProblem | null>(null);
  const isUnderWay = ref(false);

  async function attempt(begin: () => Promise<Result<null, CallProblem>>): Promise<void> {
    if (isUnderWay.value) return;
    isUnderWay.value = true;
    problem.value = null;
    try {
      const begun = await begin();
      if (!begun.ok) problem.value = begun.error;
    } finally {
      isUnderWay.value = false;
    }
  }

  function forgetProblem(): void {
    problem.value = null;
  }

  return { problem, isUnderWay, attempt, forgetProblem };
}
