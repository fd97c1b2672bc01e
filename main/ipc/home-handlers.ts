import { defaultCallRules } from '#protocol/messages';
import { ok } from '#protocol/result';
import { type Desk, type HandlerParts, offline } from './handler-parts';
import type { Handlers } from './router';
import { systemHandlers } from './system-handlers';

export function homeHandlers(parts: HandlerParts, desk: Desk): Handlers<'home'> {
  return {
    ...sessionHandlers(parts),
    ...directoryHandlers(parts),
    ...appHandlers(parts),
    ...deskHandlers(desk),
    ...systemHandlers(parts),
  };
}

export type Home<Prefix extends string> = Pick<
  Handlers<'home'>,
  Extract<keyof Handlers<'home'>, `phone:${Prefix}.${string}`>
>;

function sessionHandlers({
  keeper,
  links,
  invitations,
  standing,
}: HandlerParts): Home<'session' | 'standing' | 'invite' | 'profile' | 'rules' | 'records'> {
  return {
    'phone:session.get': () => keeper.view(),
    'phone:standing.get': () => standing(),
    'phone:session.sign-in': (typed) => keeper.signIn(typed),
    'phone:session.try-here': ({ name }) => keeper.tryHere(name),
    'phone:session.join': ({ link, name }) => keeper.join(link, name),
    'phone:session.take-link': () => links.takeInvitation(),
    'phone:session.sign-out': async () => {
      await keeper.signOut();
      return ok(null);
    },
    'phone:invite.addresses': () => invitations.addresses(),
    'phone:invite.create': ({ address }) => invitations.create(address),
    'phone:profile.set': (body) => keeper.session?.setProfile(body) ?? offline,
    'phone:rules.get': () => keeper.session?.rules.current ?? defaultCallRules,
    'phone:rules.block': (body) => keeper.session?.rules.block(body) ?? offline,
    'phone:rules.favourite': (body) => keeper.session?.rules.favour(body) ?? offline,
    'phone:rules.set': (body) => keeper.session?.rules.set(body) ?? offline,
    'phone:records.list': (body) => keeper.session?.records(body) ?? offline,
    'phone:records.get-unseen': () => keeper.session?.unseen ?? { records: [], hasOlder: false },
    'phone:records.seen': (body) => keeper.session?.markSeen(body) ?? offline,
  };
}

function directoryHandlers({
  keeper,
}: HandlerParts): Home<'directory' | 'group' | 'group-calls' | 'presence'> {
  return {
    'phone:directory.search': ({ query, cursor }) =>
      keeper.session?.directory.search(query, cursor) ?? offline,
    'phone:directory.profiles': ({ userIds }) =>
      keeper.session?.directory.profiles(userIds) ?? offline,
    'phone:directory.groups': () => keeper.session?.groups.list() ?? offline,
    'phone:directory.picture': ({ userId, pictureId }) =>
      keeper.session?.directory.picture(userId, pictureId) ?? null,
    'phone:group.create': (body) => keeper.session?.directory.createGroup(body) ?? offline,
    'phone:group.change': (body) => keeper.session?.directory.changeGroup(body) ?? offline,
    'phone:group-calls.watch': ({ groupIds }) =>
      keeper.session?.groupCalls.watch(groupIds) ?? offline,
    'phone:presence.watch': ({ userIds }) => keeper.session?.directory.watch(userIds) ?? offline,
  };
}

function appHandlers(parts: HandlerParts): Home<'app' | 'settings' | 'keys' | 'devices'> {
  const { keeper, settings, callWindows, deviceTest, keys, quit } = parts;
  return {
    'phone:app.quit': () => {
      quit();
      return null;
    },
    'phone:settings.get': () => settings.value,
    'phone:settings.set': (change) => settings.set(change),
    'phone:settings.may-float': () => callWindows.mayFloat,
    'phone:settings.secret-place': () => keeper.secretPlace,
    'phone:keys.try': ({ keys: asked }) => keys.stateOf(asked),
    'phone:devices.test': ({ on }, id) => {
      deviceTest.set(id, on);
      return null;
    },
    'phone:devices.choose': (change) => settings.chooseDevices(change),
  };
}

function deskHandlers(desk: Desk): Home<'call'> {
  return {
    'phone:call.prepare': () => {
      desk()?.home.prepare();
      return null;
    },
    'phone:call.place': ({ targetId, mediaType, switchHere = false }) =>
      desk()?.home.place({ targetId, mediaType, switchHere }) ?? offline,
    'phone:call.place-group': ({ groupId = null, userIds, mediaType, switchHere = false }) =>
      desk()?.home.place({ groupId, userIds, mediaType, switchHere }) ?? offline,
    'phone:call.enter': ({ callId, switchHere = false }) =>
      desk()?.home.enter(callId, switchHere) ?? offline,
    'phone:call.return': ({ callId }) => desk()?.home.returnTo(callId) ?? offline,
    'phone:call.hang-up': ({ callId }) => desk()?.home.hangUp(callId) ?? offline,
    'phone:call.accept': ({ callId, switchHere = false }) =>
      desk()?.card.accept(callId, switchHere) ?? offline,
    'phone:call.decline': ({ callId, reply }) => desk()?.card.decline(callId, reply) ?? offline,
    'phone:call.list': () => desk()?.home.list() ?? [],
  };
}
