/**
 * The incoming card's window. It is made once and stays hidden between calls, so that a ring is on the screen within
 * two frames. On Linux it cannot take the focus: only such a window stays above another program's full screen.
 */
import { type BrowserWindow, nativeTheme, screen } from 'electron';
import type { AnswerFailure, DeskCallView } from '#common/ipc';
import { pushTo } from '../ipc/push';
import { type WindowEnvironment, createWindow } from './create-window';

const size = { width: 400, height: 280 };
const marginPx = 16;

export class IncomingWindow {
  readonly #environment: WindowEnvironment;
  #window: BrowserWindow | null = null;
  #callId: string | null = null;
  #isOver = false;

  constructor(environment: WindowEnvironment) {
    this.#environment = environment;
  }

  /** The call on the screen. A window that crashed or was closed shows none. */
  get callId(): string | null {
    return this.#window && !this.#window.isDestroyed() ? this.#callId : null;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** Has the hidden window ready. */
  prepare(): void {
    this.#ensure();
  }

  show(view: DeskCallView): void {
    if (this.#isOver) return;
    const window = this.#ensure();
    const isNew = this.#callId !== view.callId || !window.isVisible();
    this.#callId = view.callId;
    pushTo(window, 'incoming', 'phone:incoming.changed', view);
    if (!isNew) return;
    window.setBounds(cornerOfScreenWithPointer());
    window.showInactive();
    // Has an effect only after show. Above everything, on every desktop.
    window.setAlwaysOnTop(true, 'screen-saver');
    window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
  }

  /** Where the ring is shown, the person reads why a key did not answer it. */
  tellFailed(failure: AnswerFailure): void {
    if (!this.#window || this.#window.isDestroyed()) return;
    pushTo(this.#window, 'incoming', 'phone:incoming.answer-failed', failure);
  }

  hide(): void {
    this.#callId = null;
    if (!this.#window || this.#window.isDestroyed()) return;
    pushTo(this.#window, 'incoming', 'phone:incoming.changed', null);
    this.#window.hide();
  }

  /** Nothing was painted in time: a new page in a new window. */
  rebuild(view: DeskCallView): void {
    this.#environment.log.warn(`call ${view.callId}: card not painted, making it anew`);
    this.#discard();
    this.show(view);
  }

  /** What its page plays was lost: a new one, in which a ring is shown again at the next look round. */
  renew(): void {
    if (this.#isOver) return;
    this.#discard();
    this.prepare();
  }

  /** At the end of the app: no call brings it back. */
  destroy(): void {
    this.#isOver = true;
    this.#discard();
  }

  #discard(): void {
    const window = this.#window;
    this.#window = null;
    this.#callId = null;
    if (window && !window.isDestroyed()) window.destroy();
  }

  #ensure(): BrowserWindow {
    if (this.#window && !this.#window.isDestroyed()) return this.#window;
    const { window } = createWindow(this.#environment, 'incoming', {
      ...size,
      title: 'Peal',
      type: process.platform === 'linux' ? 'notification' : 'panel',
      frame: false,
      resizable: false,
      maximizable: false,
      minimizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      focusable: process.platform !== 'linux',
      // As the card itself (renderer/ui/tokens.css), so that nothing flashes before its first frame.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#252932' : '#ffffff',
      // Hidden, it costs no frames; its timers run, so that it is there at once.
      paintWhenInitiallyHidden: false,
      alwaysAwake: true,
    });
    // Painted once, and deaf to the mouse since: whoever wants the card makes another one.
    window.on('unresponsive', () => {
      this.#environment.log.error('window incoming: page hangs');
      if (this.#window === window) this.#discard();
    });
    window.on('closed', () => {
      if (this.#window === window) this.#window = null;
    });
    this.#window = window;
    return window;
  }
}

function cornerOfScreenWithPointer(): Electron.Rectangle {
  const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
  return {
    ...size,
    x: workArea.x + workArea.width - size.width - marginPx,
    y: workArea.y + workArea.height - size.height - marginPx,
  };
}
