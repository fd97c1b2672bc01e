/** The call windows that exist. Which of them is for which call, main/calls knows. */
import type { BrowserWindow } from 'electron';
import { type WindowEnvironment, createWindow } from './create-window';

interface OpenWindow {
  readonly window: BrowserWindow;
  readonly loaded: Promise<boolean>;
}

export class CallWindowSet {
  readonly #environment: WindowEnvironment;
  readonly #onGone: (id: number) => void;
  readonly #open = new Map<number, OpenWindow>();

  /** `onGone` is called for every window that ceased to exist, whoever ended it. */
  constructor(environment: WindowEnvironment, onGone: (id: number) => void) {
    this.#environment = environment;
    this.#onGone = onGone;
  }

  open(): number {
    const { window, id, loaded } = createWindow(this.#environment, 'call', {
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
    this.#open.set(id, { window, loaded });
    window.on('closed', () => {
      this.#open.delete(id);
      this.#onGone(id);
    });
    void loaded.then((there) => {
      if (!there) this.destroy(id);
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
  async show(id: number): Promise<void> {
    const entry = this.#open.get(id);
    if (!entry) return;
    await entry.loaded;
    if (entry.window.isDestroyed()) return;
    if (entry.window.isMinimized()) entry.window.restore();
    entry.window.show();
  }

  destroy(id: number): void {
    const window = this.get(id);
    if (window && !window.isDestroyed()) window.destroy();
  }
}
