/** What the phone shows outside of its windows: the icon in the tray, and notifications of the system. */
import type { CallRules, DeskCallView, SessionView } from '#common/ipc';
import type { MissedCount } from '#common/missed-count';
import { quietChangesAt } from '#protocol/do-not-disturb';
import type { CallNotice } from '../calls/ports';
import type { Clock } from '../clock';
import type { MainTexts } from '../locales';
import type { Log } from '../log';
import { noneMissed } from '../session/missed-calls';
import { Calm } from './calm';
import { showElectronNote } from './electron-note';
import { noticeText } from './notice-text';
import { builtInNotificationServer, notificationServerOnBus } from './notification-server';
import { Notifications } from './notifications';
import { createAskBus } from './session-bus';
import { builtInTrayHost, trayHostOnBus } from './tray-host';
import type { TimePlace } from './tray-facts';
import { type TrayContent, TrayIcon } from './tray-icon';
import type { TrayAction } from './tray-menu';
import { trayView } from './tray-view';

export interface OutsideOptions {
  /** In the language of the person, asked anew each time. */
  readonly texts: () => MainTexts;
  /** Where the pictures of the tray are. */
  readonly pictureFolder: string;
  /** How the user wants to be called, asked anew each time. */
  readonly rules: () => CallRules;
  /** The system of this computer says that nobody is to be disturbed; asked anew each time. */
  readonly isSystemQuiet: () => boolean;
  readonly place: () => TimePlace;
  /** By the clock that "do not disturb" is decided by. */
  readonly nowMs: () => number;
  /** For waits. */
  readonly clock: Clock;
  /** Somebody chose something in the tray, or clicked a notification. */
  readonly onAction: (action: TrayAction) => void;
  /** No tray shows the icon: whatever is hidden cannot be found there. */
  readonly onNoTray: () => void;
  readonly log: Log;
}

const onBus = process.platform === 'linux';
/** A panel that crashed may be back without the icon: nobody tells, so it is looked for. */
const lookEveryMs = 30_000;

interface Known {
  readonly session: SessionView;
  readonly calls: readonly DeskCallView[];
  readonly missed: MissedCount;
}

export class Outside {
  readonly #options: OutsideOptions;
  readonly #tray: TrayIcon;
  readonly #notifications: Notifications;
  /** To speak with the desktop keeps the whole app waiting, the card of a ring and calling too: it comes after them. */
  readonly #calm: Calm;
  /** Notifications to be shown, or taken away. */
  readonly #notices = new Map<string, CallNotice | null>();
  #isOver = false;
  #known: Known = { session: { state: 'signed-out', server: '' }, calls: [], missed: noneMissed };
  #picture = '';
  #cancelLook: () => void = () => undefined;

  constructor(options: OutsideOptions) {
    const { pictureFolder: folder, onAction } = options;
    this.#options = options;
    const ask = createAskBus(options.log);
    const findHost = onBus ? trayHostOnBus(ask) : builtInTrayHost;
    this.#tray = new TrayIcon({ folder, findHost, onAction });
    const findServer = onBus ? notificationServerOnBus(ask) : builtInNotificationServer;
    this.#notifications = new Notifications(findServer, showElectronNote);
    this.#calm = new Calm(options.clock, () => this.#tell());
  }

  /** From now on the tray is as it should be: at each change, and at a calm beat. */
  start(): void {
    this.#look();
  }

  /** Whether the person finds the app in the tray from now on. */
  ensureTray(): Promise<boolean> {
    this.#tray.show(this.#trayContent());
    return this.#tray.ensure();
  }

  setSession(session: SessionView): void {
    this.#known = { ...this.#known, session };
    this.refresh();
  }

  setCalls(calls: readonly DeskCallView[]): void {
    this.#known = { ...this.#known, calls };
    this.refresh();
  }

  setMissed(missed: MissedCount): void {
    this.#known = { ...this.#known, missed };
    this.refresh();
  }

  /** The language or the rules may be other ones. */
  refresh(): void {
    if (!this.#isOver) this.#calm.ask();
  }

  #tell(): void {
    for (const [callId, notice] of this.#notices) {
      if (notice) this.#showNotice(notice);
      else this.#notifications.remove(callId);
    }
    this.#notices.clear();
    const content = this.#trayContent();
    this.#tray.show(content);
    const { picture } = content.view;
    if (picture === this.#picture) return;
    // Something happened that somebody may look for in the tray.
    this.#picture = picture;
    void this.#keepTray();
  }

  showNotice(notice: CallNotice): void {
    this.#notices.set(notice.callId, notice);
    this.refresh();
  }

  #showNotice(notice: CallNotice): void {
    const { texts, onAction } = this.#options;
    const isIncoming = notice.kind === 'incoming';
    void this.#notifications.show(notice.callId, {
      ...noticeText(notice, texts()),
      urgent: isIncoming,
      onClick: () => onAction({ verb: isIncoming ? 'open' : 'recents' }),
    });
  }

  removeNotice(callId: string): void {
    this.#notices.set(callId, null);
    this.refresh();
  }

  /** At once: nothing of them stays for whoever is here next. */
  clearNotices(): void {
    this.#notices.clear();
    this.#notifications.clear();
  }

  /** Where the window went. False: nobody was told. */
  sayHidden(): Promise<boolean> {
    const { texts, onAction } = this.#options;
    const { hiddenTitle: title, hiddenBody: body } = texts().notice;
    const onClick = (): void => onAction({ verb: 'open' });
    return this.#notifications.show('hidden', { title, body, urgent: false, onClick });
  }

  /** At the end of the app: no call brings a notification back. */
  destroy(): void {
    this.#isOver = true;
    this.#cancelLook();
    this.#calm.stop();
    this.#notifications.clear();
    this.#tray.destroy();
  }

  /** Every half minute, and when "do not disturb" begins or ends by the clock. */
  #look(): void {
    if (this.#isOver) return;
    const { clock, rules } = this.#options;
    const nowMs = this.#options.nowMs();
    const changesAt = quietChangesAt(rules().doNotDisturb, nowMs) ?? Infinity;
    const waitMs = Math.min(lookEveryMs, Math.max(changesAt - nowMs, 0) + 1);
    this.#cancelLook = clock.after(waitMs, () => this.#look());
    this.#calm.runNow();
    void this.#keepTray();
  }

  async #keepTray(): Promise<void> {
    const isThere = await this.#tray.ensure();
    if (!isThere && !this.#isOver) this.#options.onNoTray();
  }

  #trayContent(): TrayContent {
    const { texts, rules, isSystemQuiet, place, nowMs } = this.#options;
    const facts = {
      ...{ ...this.#known, rules: rules(), isSystemQuiet: isSystemQuiet() },
      ...{ nowMs: nowMs(), place: place() },
    };
    return { app: texts().app, view: trayView(facts, texts()) };
  }
}
