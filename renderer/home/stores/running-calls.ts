/** The calls that run in the groups of the user without them, and the way in. */
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { GroupCall } from '#protocol/messages';
import { useHomeApi } from '../home-api';
import { useCalls } from './calls';
import { groupCallWatch } from './group-call-watch';
import { useGroups } from './groups';
import { oneAttempt } from './placing';
import { useSession } from './session';

/** A call one could join, with the name of its group. */
export interface RunningCall {
  readonly call: GroupCall;
  readonly groupName: string;
}

export const useRunningCalls = defineStore('running-calls', () => {
  const api = useHomeApi();
  const session = useSession();
  const groups = useGroups();
  const calls = useCalls();
  const { running, learn, watch, forgetWatch, clear } = groupCallWatch(api);
  const { problem: why, isUnderWay: isEntering, attempt, forgetProblem } = oneAttempt();
  const enteredId = ref('');

  /** Those that the user is in or that ring here are elsewhere on the screen. */
  const joinable = computed<readonly RunningCall[]>(() =>
    groups.all.flatMap(({ groupId, name }) => {
      const call = running.get(groupId);
      if (!call || isMine(call)) return [];
      return [{ call, groupName: name }];
    }),
  );
  /** The call that is being entered now. */
  const enteringId = computed(() => (isEntering.value ? enteredId.value : null));
  /** Of a call that is over nobody needs to hear why it was not entered. */
  const problem = computed(() => {
    const isThere = joinable.value.some(({ call }) => call.callId === enteredId.value);
    return isThere && why.value ? { callId: enteredId.value, why: why.value } : null;
  });

  function isMine({ callId, joinedIds }: GroupCall): boolean {
    const isHere = [...calls.held, ...calls.ringing].some((call) => call.callId === callId);
    return isHere || joinedIds.includes(session.self?.userId ?? '');
  }

  /** With `switchHere`, a call that the user has on another device ends for it. */
  function enter(callId: string, switchHere = false): Promise<void> {
    if (!isEntering.value) enteredId.value = callId;
    return attempt(() => api.enterCall({ callId, ...(switchHere && { switchHere }) }));
  }

  function start(): void {
    api.onGroupCallChanged(learn);
  }

  /** Somebody signed in: nothing of whoever was here before may stay. */
  function reset(): void {
    clear();
    forgetProblem();
  }

  return { joinable, problem, enteringId, watch, enter, start, forgetWatch, reset };
});
