/**
 * Brings what exists on the desktop in line with what is wanted: at every change, every second, and whatever was
 * lost in between. It keeps nothing but the age of the card on the screen; everything else it looks up.
 */
import type { DeskCallView } from '#common/ipc';
import { attempt } from '../attempt';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { CallWindows } from './call-windows';
import type { Notices } from './notices';
import type { DesktopPort } from './ports';
import type { RingReport } from './ring-report';
import type { KeptAwake, Leave, Wanted } from './rules/wanted';

const everyMs = 1_000;
/**
 * A card that was not painted by then is made anew; each next try waits four times as long, and so does one whose page
 * has the ring: on a machine that is that busy, another page would come even later.
 */
const paintLimitMs = 700;
/** A card whose page died is made anew no sooner than this after it came up, and then as patiently. */
const firstRestMs = 700;
const longestLimitMs = 12_000;

export interface ReconcilerOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly desktop: DesktopPort;
  readonly windows: CallWindows;
  readonly wanted: () => Wanted;
  readonly viewOf: (callId: string) => DeskCallView | null;
  readonly rings: RingReport;
  readonly notices: Notices;
  readonly leave: (leave: Leave) => void;
  /** This device holds the call and cannot show it: it leaves, as if the way to the call were lost. */
  readonly abandon: (callId: string) => void;
  /** Once a second, before the look round. */
  readonly onTick: () => void;
}

interface Card {
  readonly callId: string;
  readonly shownAtMs: number;
  readonly limitMs: number;
  /** What it shows. */
  readonly text: string;
}

export class Reconciler {
  readonly #options: ReconcilerOptions;
  #cancelTick: () => void = () => undefined;
  #cancelPaintCheck: () => void = () => undefined;
  #card: Card | null = null;
  /** Of the newest card. */
  #rest = { ms: firstRestMs, untilMs: 0 };
  #awake: KeptAwake | null = null;
  #stopped = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#cancelTick = this.#options.clock.after(everyMs, () => this.#tick());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTick();
    this.#cancelPaintCheck();
    this.#options.desktop.setAnswerKeys(false);
    this.#options.desktop.hidePopup();
    this.#keepAwake(null);
    this.#options.notices.stop();
  }

  reconcile(): void {
    if (this.#stopped) return;
    this.#mendCalls();
    const wanted = this.#options.wanted();
    // Before the card, which names them.
    this.#options.desktop.setAnswerKeys(wanted.popup !== null);
    this.#mendPopup(wanted.popup);
    this.#mendWindows(wanted);
    this.#keepAwake(wanted.keepAwake);
    this.#options.notices.update();
    for (const leave of wanted.leave) this.#options.leave(leave);
    this.#options.windows.update();
  }

  /** The next one first: whatever fails in this one, the desktop is looked at again in a second. */
  #tick(): void {
    this.start();
    const { log, onTick } = this.#options;
    attempt(log, 'calls: tick', onTick);
    attempt(log, 'calls: reconcile', () => this.reconcile());
  }

  /**
   * A call whose window died gets another one; whoever closes a window has left the call before this is asked. What
   * cannot be shown any more is left.
   */
  #mendCalls(): void {
    const { windows, abandon, log } = this.#options;
    const { strays, windows: wantedWindows } = this.#options.wanted();
    for (const callId of strays) {
      log.warn(`call ${callId}: answered by a former run, leaving`);
      abandon(callId);
    }
    for (const { callId, shown, lingering } of wantedWindows) {
      if (!shown || lingering || windows.hasWindow(callId)) continue;
      const isThere = windows.openMissing(callId);
      log.warn(`call ${callId}: its window is gone, ${isThere ? 'opening another' : 'leaving'}`);
      if (!isThere) abandon(callId);
    }
  }

  #mendWindows(wanted: Wanted): void {
    const { windows } = this.#options;
    const bound = new Set(windows.boundCallIds());
    for (const { callId, shown } of wanted.windows) {
      if (!shown && !bound.has(callId)) this.#openToAnswer(callId);
      else if (shown && bound.has(callId) && !windows.isShown(callId)) windows.show(callId);
    }
    const kept = new Set(wanted.windows.map(({ callId }) => callId));
    for (const callId of bound) if (!kept.has(callId)) windows.destroy(callId);
  }

  /** Ready at the click, but made only after the card was painted: the ring comes first. */
  #openToAnswer(callId: string): void {
    if (this.#options.rings.isPainted(callId)) this.#options.windows.openMissing(callId);
  }

  #mendPopup(callId: string | null): void {
    const { desktop } = this.#options;
    const view = callId === null ? null : this.#options.viewOf(callId);
    if (!view) {
      this.#card = null;
      this.#cancelPaintCheck();
      if (desktop.popupCallId() !== null) desktop.hidePopup();
    } else if (this.#card?.callId !== view.callId) {
      this.#showCard(view, firstRestMs);
    } else if (desktop.popupCallId() !== view.callId) {
      this.#showAgain(view);
    } else {
      this.#refreshCard(view, this.#card);
      this.#rebuildUnpainted(view, this.#card);
    }
  }

  #showCard(view: DeskCallView, restMs: number): void {
    this.#rest = { ms: restMs, untilMs: this.#options.clock.nowMs() + restMs };
    this.#watchPaint(view, paintLimitMs);
    this.#options.desktop.showPopup(view);
  }

  /** Its page died: at once another one, unless that dies at once as well. */
  #showAgain(view: DeskCallView): void {
    const { ms, untilMs } = this.#rest;
    if (this.#options.clock.nowMs() >= untilMs) this.#showCard(view, afterThat(ms));
  }

  /** The same ring, of which something else is to be said. */
  #refreshCard(view: DeskCallView, card: Card): void {
    const text = JSON.stringify(view);
    if (card.text === text) return;
    this.#card = { ...card, text };
    this.#options.desktop.showPopup(view);
  }

  #rebuildUnpainted(view: DeskCallView, card: Card): void {
    const { rings, clock } = this.#options;
    if (rings.isPainted(view.callId)) return;
    const { limitMs, shownAtMs } = card;
    const patience = rings.isReceived(view.callId) ? afterThat(limitMs) : limitMs;
    if (clock.nowMs() < shownAtMs + patience) return;
    this.#watchPaint(view, afterThat(limitMs));
    this.#options.desktop.rebuildPopup(view);
  }

  /** Of a card that comes up now: what was on the screen of an earlier one counts no more. */
  #watchPaint(view: DeskCallView, limitMs: number): void {
    const { clock, rings } = this.#options;
    const { callId } = view;
    rings.forgetPaint(callId);
    this.#card = {
      callId,
      limitMs,
      shownAtMs: clock.nowMs(),
      text: JSON.stringify(view),
    };
    this.#cancelPaintCheck();
    this.#cancelPaintCheck = clock.after(limitMs, () => {
      attempt(this.#options.log, 'calls: reconcile', () => this.reconcile());
    });
  }

  #keepAwake(what: KeptAwake | null): void {
    if (this.#awake === what) return;
    this.#awake = what;
    this.#options.desktop.setKeepAwake(what);
  }
}

function afterThat(limitMs: number): number {
  return Math.min(limitMs * 4, longestLimitMs);
}
