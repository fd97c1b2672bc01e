/** Where the app meets the system that it is installed on. */
import type { HandlerParts } from './handler-parts';
import type { Home } from './home-handlers';

export function systemHandlers({
  links,
  system,
  updates,
}: HandlerParts): Home<'link' | 'system' | 'update'> {
  return {
    'phone:link.take-call': () => links.takeCall(),
    'phone:system.get': () => system.view(),
    'phone:system.set': ({ name, on }) => system.set(name, on),
    'phone:update.get': () => updates.state,
    'phone:update.check': () => updates.check(),
    'phone:update.install': () => updates.install(),
    'phone:update.open-page': () => {
      updates.openPage();
      return null;
    },
    'phone:update.dismiss': ({ version }) => {
      updates.dismiss(version);
      return null;
    },
  };
}
