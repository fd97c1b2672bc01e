/** Mirrors main's session and chooses home's page from it. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { SessionView } from '#common/ipc';
import type { UserProfile } from '#protocol/messages';
import { useHomeApi } from '../home-api';
import { leaving } from './leaving';
import { signInAttempt } from './sign-in-attempt';

/**
 * starting – main has not answered yet. welcome – the person has to say who they are. connecting – a known person,
 * not welcomed yet. phone – signed in, with or without a connection right now.
 */
export type HomePage = 'starting' | 'welcome' | 'connecting' | 'phone';

export const useSession = defineStore('session', () => {
  const api = useHomeApi();
  const { problem, isSigningIn, signIn, tryHere, join } = signInAttempt(api);
  const view = shallowRef<SessionView | null>(null);
  /** Outlives a reconnect: the people on the screen do not vanish with the network. */
  const self = shallowRef<UserProfile | null>(null);

  const isOnline = computed(() => view.value?.state === 'online');
  /** The server is the one inside the app. */
  const isEmbedded = computed(() => {
    const now = view.value;
    return now !== null && 'isEmbedded' in now && now.isEmbedded;
  });
  const { isLeaving, signOut, leave, stay } = leaving(api, isEmbedded);
  const page = computed<HomePage>(() => {
    if (!view.value) return 'starting';
    if (self.value) return 'phone';
    return view.value.state === 'connecting' && !isSigningIn.value ? 'connecting' : 'welcome';
  });

  function show(next: SessionView): void {
    view.value = next;
    if (next.state === 'signed-out') {
      self.value = null;
      stay();
      problem.value = next.problem ?? problem.value;
    } else if (next.state !== 'connecting') {
      self.value = next.self;
      problem.value = null;
    }
  }

  /** Somebody has another name or another picture now: perhaps the user, on this or another device. */
  function learn(person: UserProfile): void {
    if (person.userId === self.value?.userId) self.value = person;
  }

  async function start(): Promise<void> {
    // Listening first: whatever main says meanwhile is newer than its answer.
    api.onSessionChanged(show);
    api.onProfileChanged(learn);
    const first = await api.getSession();
    if (!view.value) show(first);
  }

  function forgetProblem(): void {
    problem.value = null;
  }

  return {
    ...{ view, self, problem, isSigningIn, isLeaving, isOnline, isEmbedded, page },
    ...{ start, signIn, tryHere, join, signOut, leave, stay, learn, forgetProblem },
  };
});
