/** What the tray shows of the phone, from what is known now. */
import type { DeskCallView, SessionView } from '#common/ipc';
import { limits } from '#protocol/limits';
import { type MainTexts, fill } from '../locales';
import { plainLine } from './plain-text';

/** away – no call reaches this desktop. */
export type TrayPicture = 'ready' | 'ringing' | 'away';

export interface TrayView {
  readonly picture: TrayPicture;
  /** The line of the menu that says how it stands. */
  readonly status: string;
}

export interface TrayFacts {
  readonly session: SessionView;
  /** Those that home shows. */
  readonly calls: readonly DeskCallView[];
}

export function trayView({ session, calls }: TrayFacts, { tray }: MainTexts): TrayView {
  const ring = calls.find(({ phase }) => phase === 'incoming');
  if (ring) return { picture: 'ringing', status: withName(tray.incoming, ring) };
  const picture = session.state === 'online' ? 'ready' : 'away';
  const call = calls.find(({ phase }) => phase !== 'ended');
  if (call) return { picture, status: callStatus(call, tray) };
  return { picture, status: sessionStatus(session, tray) };
}

/** A call to several has the name of its group, or none. */
function callStatus(call: DeskCallView, tray: MainTexts['tray']): string {
  const { group } = call;
  if (!group) return withName(wordsOf(call, tray), call);
  const name = plainLine(group.name ?? '', limits.nameChars);
  return name === '' ? tray.groupCall : fill(wordsOf(call, tray), { name });
}

function wordsOf({ phase }: DeskCallView, tray: MainTexts['tray']): string {
  return phase === 'dialing' || phase === 'ringing' ? tray.calling : tray.inCall;
}

function sessionStatus({ state }: SessionView, tray: MainTexts['tray']): string {
  const { signedOut, connecting, offline, online } = tray;
  return { 'signed-out': signedOut, connecting, offline, online }[state];
}

function withName(text: string, { peer }: DeskCallView): string {
  return fill(text, { name: plainLine(peer.name, limits.nameChars) });
}
