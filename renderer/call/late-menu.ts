/** The menu primitive is a large library that nobody needs before the call: the window does not wait for it. */
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
