/** The hidden window of the contact Echo. Nobody ever sees it; it plays nothing here, it only answers calls. */
import type { BrowserWindow } from 'electron';
import type { EchoStart } from '#common/ipc';
import type { EchoPort } from '../embedded/echo';
import { pushTo } from '../ipc/push';
import { type WindowEnvironment, createWindow } from './create-window';

export class EchoWindow implements EchoPort {
  readonly #environment: WindowEnvironment;
  #window: BrowserWindow | null = null;
  #start: EchoStart | null = null;

  constructor(environment: WindowEnvironment) {
    this.#environment = environment;
  }

  open(start: EchoStart, onCrashed: () => void): void {
    this.close();
    const { window, hasCrashed } = createWindow(this.#environment, 'echo', {
      title: 'Echo',
      skipTaskbar: true,
      focusable: false,
      paintWhenInitiallyHidden: false,
      alwaysAwake: true,
    });
    this.#window = window;
    this.#start = start;
    window.on('closed', () => {
      if (this.#window !== window) return;
      this.#window = null;
      if (hasCrashed()) onCrashed();
    });
  }

  handleReady(): void {
    if (this.#start) pushTo(this.#window, 'echo', 'phone:echo.started', this.#start);
  }

  close(): void {
    const window = this.#window;
    this.#window = null;
    this.#start = null;
    if (window && !window.isDestroyed()) window.destroy();
  }
}
