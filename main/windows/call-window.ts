/** The call windows that exist. Which of them is for which call, main/calls knows. */
import type { BrowserWindow, Rectangle } from 'electron';
import { pushTo } from '../ipc/push';
import { type WindowEnvironment, createWindow } from './create-window';
import { followSight } from './follow-sight';

interface OpenWindow {
  readonly window: BrowserWindow;
  readonly loaded: Promise<boolean>;
  /** Where it was last: a window that is gone cannot be asked any more. */
  bounds: Rectangle;
}

interface GoneWindow {
  readonly id: number;
  readonly bounds: Rectangle;
}

export class CallWindowSet {
  readonly #environment: WindowEnvironment;
  readonly #onGone: (id: number, crashed: boolean) => void;
  readonly #open = new Map<number, OpenWindow>();
  #lastGone: GoneWindow | null = null;

  /** `onGone` is called for every window that ceased to exist, whoever ended it; `crashed` when its page died. */
  constructor(environment: WindowEnvironment, onGone: (id: number, crashed: boolean) => void) {
    this.#environment = environment;
    this.#onGone = onGone;
  }

  open(): number {
    const { window, id, loaded, hasCrashed } = createWindow(this.#environment, 'call', {
      width: 960,
      height: 640,
      minWidth: 320,
      minHeight: 240,
      title: 'Peal',
      frame: false,
      backgroundColor: '#14161a',
      paintWhenInitiallyHidden: false,
      alwaysAwake: true,
    });
    const entry: OpenWindow = { window, loaded, bounds: window.getBounds() };
    this.#open.set(id, entry);
    const noteBounds = (): void => void (entry.bounds = window.getBounds());
    window.on('move', noteBounds);
    window.on('resize', noteBounds);
    followSight(window, (isSeen) => pushTo(window, 'call', 'phone:call.sight-changed', { isSeen }));
    let unloadable = false;
    window.on('closed', () => {
      this.#open.delete(id);
      this.#lastGone = { id, bounds: entry.bounds };
      this.#onGone(id, unloadable || hasCrashed());
    });
    void loaded.then((there) => {
      unloadable = !there;
      if (unloadable) this.destroy(id);
    });
    return id;
  }

  ids(): number[] {
    return [...this.#open.keys()];
  }

  get(id: number): BrowserWindow | undefined {
    return this.#open.get(id)?.window;
  }

  /** With its page, so that nobody sees an empty frame first. */
  async show(id: number, inPlaceOf: number | null): Promise<void> {
    const entry = this.#open.get(id);
    if (!entry) return;
    const bounds = inPlaceOf === null ? undefined : this.#boundsOf(inPlaceOf);
    await entry.loaded;
    if (entry.window.isDestroyed()) return;
    if (bounds) entry.window.setBounds(bounds);
    if (entry.window.isMinimized()) entry.window.restore();
    entry.window.show();
  }

  #boundsOf(id: number): Rectangle | undefined {
    const gone = this.#lastGone?.id === id ? this.#lastGone : undefined;
    return this.#open.get(id)?.bounds ?? gone?.bounds;
  }

  destroy(id: number): void {
    const window = this.get(id);
    if (window && !window.isDestroyed()) window.destroy();
  }
}
