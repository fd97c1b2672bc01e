/**
 * Parts of a window that nobody needs at its start: what they are made of is large, and comes from the disk when it is
 * first wanted.
 */
import {
  type Component,
  type FunctionalComponent,
  type ShallowRef,
  defineAsyncComponent,
  onMounted,
  shallowRef,
} from 'vue';

type Load<T> = () => Promise<{ readonly default: T }>;

/** Loaded when it is first shown: a dialog, a page. */
export const late = <T extends Component>(load: Load<T>): T =>
  defineAsyncComponent<T>({ loader: load, suspensible: false });

/** What is around its slot comes after the window is there: a menu, a tooltip. Until then it is its slot alone. */
export function useLateFrame(load: Load<Component>): ShallowRef<Component> {
  const frame = shallowRef<Component>(SlotOnly);
  onMounted(async () => {
    frame.value = (await load()).default;
  });
  return frame;
}

const SlotOnly: FunctionalComponent = (_props, { slots }) => slots['default']?.();
SlotOnly.inheritAttrs = false;
