/** Whether the window is the mini window: main says so; the page asks for it, and says how much room it needs. */
import { type Ref, computed, onScopeDispose, shallowRef, watch } from 'vue';
import type { CallWindowForm, MiniLook } from '#common/ipc';
import type { CallApi } from '#common/window-api';

export interface FormOptions {
  readonly peal: Pick<CallApi, 'setForm' | 'onFormChanged' | 'onMiniAsked' | 'markWordsRead'>;
  readonly warn: (message: string, cause?: unknown) => void;
  /** What the mini window would show now. */
  readonly shape: Readonly<Ref<MiniLook['shape']>>;
  /** There is a call to be made small. `byItself`: the person did not ask for it. */
  readonly mayShrink: (byItself: boolean) => boolean;
}

/** As text is set up on this computer, against 16 pixels. */
const usualTextPx = 16;

export function useForm({ peal, warn, shape, mayShrink }: FormOptions) {
  const form = shallowRef<CallWindowForm>({ isMini: false, mayFloat: true, isUnexplained: false });

  function ask(wanted: 'full' | 'mini'): void {
    const { fontSize } = getComputedStyle(document.documentElement);
    // Words that are to be read need the room of a picture.
    const wide = form.value.isUnexplained ? 'picture' : shape.value;
    const look = { shape: wide, textScale: Number.parseFloat(fontSize) / usualTextPx || 1 };
    peal
      .setForm({ form: wanted, look })
      .catch((cause: unknown) => warn('the window keeps its form', cause));
  }

  function shrink(): void {
    if (mayShrink(false)) ask('mini');
  }

  const grow = (): void => ask('full');

  const stops = [
    peal.onFormChanged((now) => {
      form.value = now;
    }),
    peal.onMiniAsked(({ byItself }) => {
      if (!form.value.isMini && mayShrink(byItself)) ask('mini');
    }),
  ];
  onScopeDispose(() => {
    for (const stop of stops) stop();
  });

  watch([shape, () => form.value.isUnexplained], () => {
    if (form.value.isMini) ask('mini');
  });

  return {
    form,
    isMini: computed(() => form.value.isMini),
    shrink,
    grow,
    toggle: () => (form.value.isMini ? grow() : shrink()),
    markRead: () => void peal.markWordsRead(),
  };
}
