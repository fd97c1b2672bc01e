/** The menu primitive is a large library that nobody needs before the window is there: it comes after the first frames. */
import {
  type Component,
  type FunctionalComponent,
  type ShallowRef,
  onMounted,
  shallowRef,
} from 'vue';

/** Its trigger alone. */
const TriggerOnly: FunctionalComponent = (_props, { slots }) => slots['default']?.();
TriggerOnly.inheritAttrs = false;

export function useLateMenu(): ShallowRef<Component> {
  const menu = shallowRef<Component>(TriggerOnly);
  onMounted(async () => {
    const { default: PMenu } = await import('../ui/PMenu.vue');
    menu.value = PMenu;
  });
  return menu;
}
