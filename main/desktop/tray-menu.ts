/** The menu of the tray, from what is known now: what can be done about the call, the status, and the way to home. Pure. */
import type { DeskCallView } from '#common/ipc';
import { onlineObstacle } from '#common/do-not-disturb';
import { type QuietChoice, quietChoices } from '#common/quiet-choices';
import { isQuiet } from '#protocol/do-not-disturb';
import { limits } from '#protocol/limits';
import type { MainTexts } from '../locales';
import { plainLine } from './plain-text';
import { type TrayFacts, callToShow, missedWords, quietWords, ringToShow } from './tray-facts';

export type TrayAction =
  | { readonly verb: 'open' | 'recents' | 'quit' | 'be-reached' }
  | { readonly verb: 'accept'; readonly callId: string; readonly switchHere: boolean }
  | { readonly verb: 'decline'; readonly callId: string; readonly reply?: string }
  | {
      readonly verb: 'mute' | 'unmute' | 'hang-up' | 'show-call' | 'make-small';
      readonly callId: string;
    }
  | { readonly verb: 'be-quiet'; readonly choice: QuietChoice };

export type TrayItem =
  | { readonly kind: 'line' }
  | { readonly kind: 'words'; readonly label: string }
  | { readonly kind: 'choice'; readonly label: string; readonly action: TrayAction }
  /** One of several of which at most one holds. */
  | {
      readonly kind: 'option';
      readonly label: string;
      readonly isChosen: boolean;
      /** Null: it says how things are, and nobody can choose it. */
      readonly action: TrayAction | null;
    }
  | { readonly kind: 'menu'; readonly label: string; readonly items: readonly TrayItem[] };

const line: TrayItem = { kind: 'line' };

const choice = (label: string, action: TrayAction): TrayItem => ({ kind: 'choice', label, action });

/** `status`: how it stands, in a line of its own. */
export function trayMenu(facts: TrayFacts, texts: MainTexts, status: string): readonly TrayItem[] {
  const { tray } = texts;
  const live = liveItems(facts, texts);
  return [
    ...(live.length > 0 ? [{ kind: 'words' as const, label: status }, ...live, line] : []),
    choice(tray.open, { verb: 'open' }),
    ...(live.length === 0 ? [{ kind: 'words' as const, label: status }] : []),
    ...(facts.missed.n > 0 ? [choice(missedWords(facts.missed, tray), { verb: 'recents' })] : []),
    line,
    ...statusItems(facts, tray),
    choice(tray.quit, { verb: 'quit' }),
  ];
}

/** What rings comes before what one is in: it does not wait. */
function liveItems(facts: TrayFacts, texts: MainTexts): readonly TrayItem[] {
  const ring = ringToShow(facts.calls);
  if (ring) return ringItems(ring, facts, texts);
  const call = callToShow(facts.calls);
  return call ? callItems(call, texts.tray) : [];
}

function ringItems(
  { callId, mediaType, elsewhere }: DeskCallView,
  { rules }: TrayFacts,
  { tray, replies }: MainTexts,
): readonly TrayItem[] {
  const accept = elsewhere ? tray.acceptHere : mediaType === 2 ? tray.acceptVideo : tray.accept;
  const own = rules.quickReplies;
  const offered = own.length > 0 ? own : defaultReplies(replies);
  return [
    choice(accept, { verb: 'accept', callId, switchHere: elsewhere }),
    choice(tray.decline, { verb: 'decline', callId }),
    {
      kind: 'menu',
      label: tray.declineAndSay,
      items: offered.map((reply) =>
        choice(plainLine(reply, limits.replyChars), { verb: 'decline', callId, reply }),
      ),
    },
  ];
}

function callItems(
  { callId, canReturn, isMuted }: DeskCallView,
  tray: MainTexts['tray'],
): readonly TrayItem[] {
  const hangUp = choice(tray.hangUp, { verb: 'hang-up', callId });
  // A call of a former run has no window yet: nothing can be muted there, or made small.
  if (canReturn) return [choice(tray.returnToCall, { verb: 'show-call', callId }), hangUp];
  return [
    isMuted
      ? choice(tray.unmute, { verb: 'unmute', callId })
      : choice(tray.mute, { verb: 'mute', callId }),
    hangUp,
    choice(tray.showCall, { verb: 'show-call', callId }),
    choice(tray.makeSmall, { verb: 'make-small', callId }),
  ];
}

/** Without a connection nobody can be told, and nobody asks. */
function statusItems(facts: TrayFacts, tray: MainTexts['tray']): TrayItem[] {
  if (facts.session.state !== 'online') return [];
  const quiet = quietWords(facts, { tray });
  const items = [onlineItem(facts, tray)];
  if (quiet !== null) items.push({ kind: 'option', label: quiet, isChosen: true, action: null });
  const words = quietChoices.map((each) =>
    choice(quietWordsOf(each, tray), { verb: 'be-quiet', choice: each }),
  );
  return [
    {
      kind: 'menu',
      label: tray.status,
      items: [...items, line, { kind: 'words', label: tray.beQuiet }, ...words],
    },
    line,
  ];
}

function onlineItem({ rules, isSystemQuiet, nowMs }: TrayFacts, tray: MainTexts['tray']): TrayItem {
  const rule = rules.doNotDisturb;
  const obstacle = onlineObstacle(rule, isSystemQuiet, nowMs);
  if (obstacle === 'hours') return unchosen(tray.onlineByHours);
  if (obstacle === 'system') return unchosen(tray.onlineBySystem);
  const isChosen = !isQuiet(rule, nowMs);
  return { kind: 'option', label: tray.online, isChosen, action: { verb: 'be-reached' } };
}

const unchosen = (label: string): TrayItem => ({
  ...{ kind: 'option', label, isChosen: false, action: null },
});

function quietWordsOf(each: QuietChoice, tray: MainTexts['tray']): string {
  const { halfHour, hour, morning, open } = tray.quiet;
  return { 'half-hour': halfHour, hour, morning, open }[each];
}

function defaultReplies({ callBack, meeting, onMyWay }: MainTexts['replies']): readonly string[] {
  return [callBack, meeting, onMyWay];
}
