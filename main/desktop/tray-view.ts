/** What the tray shows of the phone, from what is known now. Pure: the same facts always show the same. */
import type { DeskCallView, SessionView } from '#common/ipc';
import { isQuiet } from '#protocol/do-not-disturb';
import { limits } from '#protocol/limits';
import { type MainTexts, fill } from '../locales';
import { noneMissed } from '../session/missed-calls';
import { plainLine } from './plain-text';
import { type TrayFacts, callToShow, missedWords, quietWords, ringToShow } from './tray-facts';
import { type TrayItem, trayMenu } from './tray-menu';

/** offline – no call reaches this desktop. quiet – by the rules of the user or the system here, none rings. */
export type TrayPicture = 'online' | 'offline' | 'quiet' | 'ringing' | 'in-call' | 'missed';

export interface TrayView {
  readonly picture: TrayPicture;
  /** In words. */
  readonly status: string;
  readonly menu: readonly TrayItem[];
}

export function trayView(facts: TrayFacts, texts: MainTexts): TrayView {
  const status = statusOf(facts, texts.tray);
  // The menu has a line of its own for missed calls, which leads to them.
  const line = statusOf({ ...facts, missed: noneMissed }, texts.tray);
  return { picture: pictureOf(facts), status, menu: trayMenu(facts, texts, line) };
}

/**
 * The first that holds. Who does not want to be disturbed is not reminded of missed calls by the picture; the words have
 * them.
 */
function pictureOf({
  session,
  calls,
  missed,
  rules,
  isSystemQuiet,
  nowMs,
}: TrayFacts): TrayPicture {
  if (ringToShow(calls)) return 'ringing';
  if (callToShow(calls)) return 'in-call';
  if (session.state !== 'online') return 'offline';
  if (isSystemQuiet || isQuiet(rules.doNotDisturb, nowMs)) return 'quiet';
  return missed.n > 0 ? 'missed' : 'online';
}

function statusOf(facts: TrayFacts, tray: MainTexts['tray']): string {
  const ring = ringToShow(facts.calls);
  if (ring) return withName(tray.incoming, ring);
  const call = callToShow(facts.calls);
  if (call) return callStatus(call, tray);
  const { session, missed } = facts;
  if (session.state !== 'online') return sessionStatus(session, tray);
  const quiet = quietWords(facts, { tray });
  const words = [
    ...(quiet === null ? [] : [quiet]),
    ...(missed.n > 0 ? [missedWords(missed, tray)] : []),
  ];
  return words.length > 0 ? words.join(tray.and) : tray.ready;
}

/** A call to several has the name of its group, or none. */
function callStatus(call: DeskCallView, tray: MainTexts['tray']): string {
  const { group, isMuted } = call;
  const name = plainLine(group?.name ?? '', limits.nameChars);
  const words = group
    ? name === ''
      ? tray.groupCall
      : fill(wordsOf(call, tray), { name })
    : withName(wordsOf(call, tray), call);
  return isMuted ? `${words}${tray.and}${tray.muted}` : words;
}

function wordsOf({ phase }: DeskCallView, tray: MainTexts['tray']): string {
  return phase === 'dialing' || phase === 'ringing' ? tray.calling : tray.inCall;
}

function sessionStatus({ state }: SessionView, tray: MainTexts['tray']): string {
  const { signedOut, connecting, offline, ready } = tray;
  return { 'signed-out': signedOut, connecting, offline, online: ready }[state];
}

function withName(text: string, { peer }: DeskCallView): string {
  return fill(text, { name: plainLine(peer.name, limits.nameChars) });
}
