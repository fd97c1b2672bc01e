/** What the phone shows outside of its windows: the icon in the tray, and notifications of the system. */
import type { DeskCallView, SessionView } from '#common/ipc';
import type { CallNotice } from '../calls/ports';
import type { MainTexts } from '../locales';
import type { Log } from '../log';
import { showElectronNote } from './electron-note';
import { noticeText } from './notice-text';
import { builtInNotificationServer, notificationServerOnBus } from './notification-server';
import { Notifications } from './notifications';
import { createAskBus } from './session-bus';
import { builtInTrayHost, trayHostOnBus } from './tray-host';
import { TrayIcon } from './tray-icon';
import { type TrayFacts, trayView } from './tray-view';

export interface OutsideOptions {
  /** In the language of the person, asked anew each time. */
  readonly texts: () => MainTexts;
  /** Where the pictures of the tray are. */
  readonly pictureFolder: string;
  readonly onOpen: () => void;
  readonly onOpenRecents: () => void;
  readonly onQuit: () => void;
  readonly log: Log;
}

const onBus = process.platform === 'linux';

export class Outside {
  readonly #options: OutsideOptions;
  readonly #tray: TrayIcon;
  readonly #notifications: Notifications;
  #isOver = false;
  #facts: TrayFacts = { session: { state: 'signed-out', server: '' }, calls: [] };

  constructor(options: OutsideOptions) {
    const { pictureFolder: folder, onOpen, onQuit } = options;
    this.#options = options;
    const ask = createAskBus(options.log);
    const findHost = onBus ? trayHostOnBus(ask) : builtInTrayHost;
    this.#tray = new TrayIcon({ folder, findHost, onOpen, onQuit }, this.#trayContent());
    const findServer = onBus ? notificationServerOnBus(ask) : builtInNotificationServer;
    this.#notifications = new Notifications(findServer, showElectronNote);
  }

  /** Whether the person finds the app in the tray from now on. */
  ensureTray(): Promise<boolean> {
    return this.#tray.ensure();
  }

  setSession(session: SessionView): void {
    this.#facts = { ...this.#facts, session };
    this.refresh();
  }

  setCalls(calls: readonly DeskCallView[]): void {
    this.#facts = { ...this.#facts, calls };
    this.refresh();
  }

  /** The language may be another one. */
  refresh(): void {
    this.#tray.show(this.#trayContent());
  }

  showNotice(notice: CallNotice): void {
    if (this.#isOver) return;
    const { texts, onOpen, onOpenRecents } = this.#options;
    const isIncoming = notice.kind === 'incoming';
    void this.#notifications.show(notice.callId, {
      ...noticeText(notice, texts()),
      urgent: isIncoming,
      onClick: isIncoming ? onOpen : onOpenRecents,
    });
  }

  removeNotice(callId: string): void {
    this.#notifications.remove(callId);
  }

  clearNotices(): void {
    this.#notifications.clear();
  }

  /** Where the window went. False: nobody was told. */
  sayHidden(): Promise<boolean> {
    const { texts, onOpen } = this.#options;
    const { hiddenTitle: title, hiddenBody: body } = texts().notice;
    return this.#notifications.show('hidden', { title, body, urgent: false, onClick: onOpen });
  }

  /** At the end of the app: no call brings a notification back. */
  destroy(): void {
    this.#isOver = true;
    this.#notifications.clear();
    this.#tray.destroy();
  }

  #trayContent(): { view: ReturnType<typeof trayView>; texts: MainTexts } {
    const texts = this.#options.texts();
    return { view: trayView(this.#facts, texts), texts };
  }
}
