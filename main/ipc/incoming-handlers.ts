import { type Desk, type HandlerParts, offline } from './handler-parts';
import type { Handlers } from './router';

export function incomingHandlers(
  { keeper, settings }: HandlerParts,
  desk: Desk,
): Handlers<'incoming'> {
  return {
    'phone:incoming.get': () => desk()?.card.current() ?? null,
    'phone:incoming.settings': () => settings.value,
    'phone:incoming.picture': ({ userId, pictureId }) =>
      keeper.session?.directory.picture(userId, pictureId) ?? null,
    'phone:incoming.profiles': async ({ userIds }) => {
      const found = await keeper.session?.directory.profiles(userIds);
      return found?.ok ? found.value : [];
    },
    'phone:incoming.replies': () => keeper.session?.rules.current.quickReplies ?? [],
    'phone:incoming.received': ({ callId }) => {
      desk()?.card.received(callId);
      return null;
    },
    'phone:incoming.painted': ({ callId }) => {
      desk()?.card.painted(callId);
      return null;
    },
    'phone:incoming.accept': ({ callId, switchHere = false }) =>
      desk()?.card.accept(callId, switchHere) ?? offline,
    'phone:incoming.decline': ({ callId, reply }) => desk()?.card.decline(callId, reply) ?? offline,
  };
}
