/** What the bar of calls asks main to do, and why the last of it did not work. */
import { type Ref, ref } from 'vue';
import type { CallProblem } from '#common/problems';
import type { HomeApi } from '#common/window-api';
import type { Result } from '#protocol/result';

export interface BarCommands {
  readonly barProblem: Ref<CallProblem | null>;
  /** Brings the window of a call to the front, or makes one for a call that has none. */
  readonly show: (callId: string) => Promise<void>;
  readonly hangUp: (callId: string) => Promise<void>;
}

export function barCommands(api: Pick<HomeApi, 'returnToCall' | 'hangUp'>): BarCommands {
  const barProblem = ref<CallProblem | null>(null);

  async function attempt(doing: Promise<Result<null, CallProblem>>): Promise<void> {
    barProblem.value = null;
    const done = await doing;
    if (!done.ok) barProblem.value = done.error;
  }

  return {
    barProblem,
    show: (callId) => attempt(api.returnToCall({ callId })),
    hangUp: (callId) => attempt(api.hangUp({ callId })),
  };
}
