/** Links that let one colleague in: under which addresses, and the one that was made last. */
import { type Ref, type ShallowRef, ref, shallowRef } from 'vue';
import type { Invitation } from '#common/ipc';
import type { InviteProblem } from '#common/problems';
import type { HomeApi } from '#common/window-api';

export interface Invitations {
  /** The likeliest first; null until main has told. */
  readonly addresses: ShallowRef<readonly string[] | null>;
  readonly address: Ref<string | null>;
  readonly made: ShallowRef<Invitation | null>;
  readonly problem: Ref<InviteProblem | null>;
  readonly isMaking: Ref<boolean>;
  readonly load: () => Promise<void>;
  /** Another address needs another link: the former one is taken off the screen. */
  readonly choose: (address: string) => void;
  readonly make: () => Promise<void>;
}

export function invitations(api: Pick<HomeApi, 'inviteAddresses' | 'createInvite'>): Invitations {
  const addresses = shallowRef<readonly string[] | null>(null);
  const address = ref<string | null>(null);
  const made = shallowRef<Invitation | null>(null);
  const problem = ref<InviteProblem | null>(null);
  const isMaking = ref(false);

  async function load(): Promise<void> {
    addresses.value = await api.inviteAddresses();
    address.value = addresses.value[0] ?? null;
    // No address is left only where the connection is gone.
    if (address.value === null) problem.value = 'offline';
  }

  function choose(chosen: string): void {
    if (chosen === address.value || isMaking.value) return;
    address.value = chosen;
    made.value = null;
    problem.value = null;
  }

  async function make(): Promise<void> {
    if (isMaking.value || address.value === null) return;
    isMaking.value = true;
    problem.value = null;
    try {
      const answer = await api.createInvite({ address: address.value });
      made.value = answer.ok ? answer.value : null;
      if (!answer.ok) problem.value = answer.error;
    } finally {
      isMaking.value = false;
    }
  }

  return { addresses, address, made, problem, isMaking, load, choose, make };
}
