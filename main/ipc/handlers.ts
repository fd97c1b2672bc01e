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
      desk()?.home.prepare();
      return null;
    },
    'phone:call.place': ({ targetId, mediaType, switchHere = false }) =>
      desk()?.home.place({ targetId, mediaType, switchHere }) ?? offline,
    'phone:call.return': ({ callId }) => desk()?.home.returnTo(callId) ?? offline,
    'phone:call.hang-up': ({ callId }) => desk()?.home.hangUp(callId) ?? offline,
    'phone:rules.get': () => keeper.session?.rules ?? defaultCallRules,
    'phone:rules.block': (body) => keeper.session?.block(body) ?? offline,
    'phone:rules.set': (body) => keeper.session?.setRules(body) ?? offline,
    'phone:call.list': () => desk()?.home.list() ?? [],
  };
}

function incomingHandlers(desk: Desk): Handlers<'incoming'> {
  return {
    'phone:incoming.get': () => desk()?.card.current() ?? null,
    'phone:incoming.painted': ({ callId }) => {
      desk()?.card.painted(callId);
      return null;
    },
    'phone:incoming.accept': ({ callId, switchHere = false }) =>
      desk()?.card.accept(callId, switchHere) ?? offline,
    'phone:incoming.decline': ({ callId }) => desk()?.card.decline(callId) ?? offline,
  };
}

function callHandlers(desk: Desk, callWindows: CallWindowSet): Handlers<'call'> {
  return {
    'phone:call.ready': (_nothing, id) => {
      desk()?.windows.ready(id);
      return null;
    },
    'phone:call.may-start': (_nothing, id) => desk()?.windows.mayStart(id) ?? offline,
    'phone:call.start': (body, id) => desk()?.windows.start(id, body) ?? offline,
    'phone:call.claim': (body, id) => desk()?.windows.claim(id, body) ?? offline,
    'phone:call.join': (body, id) => desk()?.windows.join(id, body) ?? offline,
    'phone:call.leave': (body, id) => desk()?.windows.leave(id, body) ?? offline,
    'phone:call.media': ({ callId }, id) => desk()?.windows.setAudio(id, callId) ?? offline,
    'phone:call.media-state': ({ callId, voiceMuted, cameraOff }, id) => {
      desk()?.windows.reportMediaState(id, callId, { voiceMuted, cameraOff });
      return null;
    },
    'phone:call.again': ({ switchHere }, id) =>
      desk()?.windows.callAgain(id, switchHere) ?? offline,
    'phone:call.signal': (signal, id) => {
      desk()?.windows.sendSignal(id, signal);
      return null;
    },
    'phone:call.live-links': ({ callId, legIds }, id) => {
      desk()?.windows.reportLiveLinks(id, callId, legIds);
      return null;
    },
    'phone:call.ice-servers': (_nothing, id) => desk()?.windows.iceServers(id) ?? offline,
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
