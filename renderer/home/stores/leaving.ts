/** Signing out, and the question before it. */
import { type Ref, ref } from 'vue';
import type { HomeApi } from '#common/window-api';

export function leaving(api: Pick<HomeApi, 'signOut'>, isEmbedded: Readonly<Ref<boolean>>) {
  /** Whether to sign out is being asked. */
  const isLeaving = ref(false);

  async function signOut(): Promise<void> {
    await api.signOut();
  }

  /** Asks first where the way back may be closed: the server inside the app lets its person in again. */
  async function leave(): Promise<void> {
    if (isEmbedded.value) await signOut();
    else isLeaving.value = true;
  }

  function stay(): void {
    isLeaving.value = false;
  }

  return { isLeaving, signOut, leave, stay };
}
