/** What each request does. Thin: the work is in main/session and main/calls. */
import { defaultCallRules } from '#protocol/messages';
import { err, ok } from '#protocol/result';
import type { CallDesk } from '../calls/call-desk';
import type { SessionKeeper } from '../session/session-keeper';
import type { CallWindowSet } from '../windows/call-window';
import type { AllHandlers, Handlers } from './router';

export function createHandlers(keeper: SessionKeeper, callWindows: CallWindowSet): AllHandlers {
  const desk = (): CallDesk | null => keeper.session?.desk ?? null;
  return {
    ...homeHandlers(keeper, desk),
    ...incomingHandlers(desk),
    ...callHandlers(desk, callWindows),
  };
}

type Desk = () => CallDesk | null;

const offline = err('offline' as const);

function homeHandlers(keeper: SessionKeeper, desk: Desk): Handlers<'home'> {
  return {
    'phone:session.get': () => keeper.view(),
    'phone:session.sign-in': (typed) => keeper.signIn(typed),
    'phone:session.try-here': ({ name }) => keeper.tryHere(name),
    'phone:session.sign-out': async () => {
      await keeper.signOut();
      return ok(null);
    },
    'phone:directory.search': ({ query, cursor }) =>
      keeper.session?.search(query, cursor) ?? offline,
    'phone:directory.profiles': ({ userIds }) => keeper.session?.profiles(userIds) ?? offline,
    'phone:directory.groups': () => keeper.session?.groups() ?? offline,
    'phone:presence.watch': ({ userIds }) => keeper.session?.watch(userIds) ?? offline,
    'phone:call.prepare': () => {
      desk()?.prepare();
      return null;
    },
    'phone:call.place': ({ targetId, mediaType }) => desk()?.place(targetId, mediaType) ?? offline,
    'phone:call.return': ({ callId }) => desk()?.returnTo(callId) ?? offline,
    'phone:call.hang-up': ({ callId }) => desk()?.hangUp(callId) ?? offline,
    'phone:rules.get': () => keeper.session?.rules ?? defaultCallRules,
    'phone:rules.block': (body) => keeper.session?.block(body) ?? offline,
    'phone:rules.set': (body) => keeper.session?.setRules(body) ?? offline,
    'phone:call.list': () => desk()?.list() ?? [],
  };
}

function incomingHandlers(desk: Desk): Handlers<'incoming'> {
  return {
    'phone:incoming.get': () => desk()?.incoming() ?? null,
    'phone:incoming.painted': ({ callId }) => {
      desk()?.painted(callId);
      return null;
    },
    'phone:incoming.accept': ({ callId }) => desk()?.accept(callId) ?? offline,
    'phone:incoming.decline': ({ callId }) => desk()?.decline(callId) ?? offline,
  };
}

function callHandlers(desk: Desk, callWindows: CallWindowSet): Handlers<'call'> {
  return {
    'phone:call.ready': (_nothing, id) => {
      desk()?.windowReady(id);
      return null;
    },
    'phone:call.may-start': (_nothing, id) => desk()?.mayStart(id) ?? offline,
    'phone:call.start': (body, id) => desk()?.start(id, body) ?? offline,
    'phone:call.claim': (body, id) => desk()?.claim(id, body) ?? offline,
    'phone:call.join': (body, id) => desk()?.join(id, body) ?? offline,
    'phone:call.leave': (body, id) => desk()?.leave(id, body) ?? offline,
    'phone:call.media': ({ callId }, id) => desk()?.setMedia(id, callId) ?? offline,
    'phone:call.media-state': ({ callId, voiceMuted, cameraOff }, id) => {
      desk()?.reportMediaState(id, callId, { voiceMuted, cameraOff });
      return null;
    },
    'phone:call.again': ({ switchHere }, id) => desk()?.callAgain(id, switchHere) ?? offline,
    'phone:call.signal': (signal, id) => {
      desk()?.sendSignal(id, signal);
      return null;
    },
    'phone:call.live-links': ({ callId, legIds }, id) => {
      desk()?.reportLiveLinks(id, callId, legIds);
      return null;
    },
    'phone:call.ice-servers': (_nothing, id) => desk()?.iceServers(id) ?? offline,
    'phone:window.close': (_nothing, id) => {
      callWindows.destroy(id);
      return null;
    },
    'phone:window.minimize': (_nothing, id) => {
      callWindows.get(id)?.minimize();
      return null;
    },
    'phone:window.toggle-maximize': (_nothing, id) => {
      const window = callWindows.get(id);
      if (window?.isMaximized()) window.unmaximize();
      else window?.maximize();
      return null;
    },
  };
}
