import { ok } from '#protocol/result';
import type { CallWindowSet } from '../windows/call-window';
import { type Desk, type HandlerParts, offline } from './handler-parts';
import type { Handlers } from './router';

export function callHandlers(parts: HandlerParts, desk: Desk): Handlers<'call'> {
  return { ...inCallHandlers(parts, desk), ...peopleHandlers(parts), ...windowHandlers(parts) };
}

type OwnWindow = Pick<Handlers<'call'>, Extract<keyof Handlers<'call'>, `phone:window.${string}`>>;

type PeopleOfCall = Pick<
  Handlers<'call'>,
  | 'phone:call.picture'
  | 'phone:call.profiles'
  | 'phone:call.presence'
  | 'phone:call.search'
  | 'phone:call.group'
>;

function inCallHandlers(
  { settings }: HandlerParts,
  desk: Desk,
): Omit<Handlers<'call'>, keyof OwnWindow | keyof PeopleOfCall> {
  return {
    'phone:call.ready': (_nothing, id) => {
      desk()?.windows.ready(id);
      return null;
    },
    'phone:call.start': (body, id) => desk()?.windows.start(id, body) ?? offline,
    'phone:call.start-group': (body, id) => desk()?.windows.startGroup(id, body) ?? offline,
    'phone:call.invite': (body, id) => desk()?.windows.invite(id, body) ?? offline,
    'phone:call.extend': (body, id) => desk()?.windows.extend(id, body) ?? offline,
    'phone:call.claim': (body, id) => desk()?.windows.claim(id, body) ?? offline,
    'phone:call.join': (body, id) => desk()?.windows.join(id, body) ?? offline,
    'phone:call.leave': (body, id) => desk()?.windows.leave(id, body) ?? offline,
    'phone:call.media': (body, id) => desk()?.windows.setMedia(id, body) ?? offline,
    'phone:call.media-answer': (body, id) => desk()?.windows.answerMedia(id, body) ?? offline,
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
    'phone:call.settings': () => settings.value,
    'phone:call.choose-devices': (change) => settings.chooseDevices(change),
  };
}

/** Who is in the call and who may be asked in. */
function peopleHandlers({ keeper }: HandlerParts): PeopleOfCall {
  return {
    'phone:call.picture': ({ userId, pictureId }) =>
      keeper.session?.directory.picture(userId, pictureId) ?? null,
    'phone:call.profiles': ({ userIds }) => keeper.session?.directory.profiles(userIds) ?? offline,
    'phone:call.presence': ({ userIds }) => keeper.session?.directory.lookAt(userIds) ?? offline,
    'phone:call.search': async ({ query }) => {
      const found = (await keeper.session?.directory.search(query)) ?? offline;
      return found.ok ? ok(found.value.people) : found;
    },
    'phone:call.group': async ({ groupId }) => {
      const found = (await keeper.session?.groups.list()) ?? offline;
      if (!found.ok) return found;
      return ok(found.value.find((group) => group.groupId === groupId) ?? null);
    },
  };
}

function windowHandlers({ callWindows }: HandlerParts): OwnWindow {
  return {
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
    ...formHandlers(callWindows),
  };
}

function formHandlers(
  windows: CallWindowSet,
): Pick<
  OwnWindow,
  | 'phone:window.set-form'
  | 'phone:window.drag'
  | 'phone:window.next-corner'
  | 'phone:window.words-read'
> {
  return {
    'phone:window.set-form': ({ form, look }, id) => {
      if (form === 'mini') windows.form(id)?.toMini(look);
      else windows.form(id)?.toFull();
      return null;
    },
    'phone:window.drag': ({ dx, dy, isDone }, id) => {
      windows.form(id)?.drag(dx, dy, isDone);
      return null;
    },
    'phone:window.next-corner': ({ towards }, id) => {
      windows.form(id)?.toNextCorner(towards);
      return null;
    },
    'phone:window.words-read': (_nothing, id) => {
      windows.form(id)?.markWordsRead();
      return null;
    },
  };
}
