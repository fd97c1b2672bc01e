import { type BrowserWindow, screen } from 'electron';
import type { RestartLimit } from '../restart-limit';
import type { SettingsStore } from '../storage/profile';
import type { WindowPlace } from '../storage/schemas';
import { type WindowEnvironment, createWindow } from './create-window';

const defaultSize = { width: 800, height: 600 };

export interface HomeWindowOptions {
  readonly environment: WindowEnvironment;
  readonly settings: SettingsStore;
  /** How often a crashed page gets a new window. */
  readonly reopenings: RestartLimit;
  /** The window is gone for good. */
  readonly onClosed: () => void;
}

/**
 * The one window a person opens. After a crash it opens again by itself; closing it is left to whoever listens to
 * `onClosed`.
 */
export class HomeWindow {
  readonly #options: HomeWindowOptions;
  #window: BrowserWindow | null = null;

  constructor(options: HomeWindowOptions) {
    this.#options = options;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** Resolves when the page is there or could not be loaded. Shown as soon as it has something to show. */
  async open(): Promise<void> {
    if (this.#window) {
      this.#window.show();
      return;
    }
    const { environment, settings, reopenings, onClosed } = this.#options;
    const { window, loaded, hasCrashed } = createWindow(environment, 'home', {
      ...defaultSize,
      ...visiblePlace(settings.value.home),
      minWidth: 360,
      minHeight: 480,
      title: 'Peal',
    });
    this.#window = window;
    window.once('ready-to-show', () => window.show());
    window.on('close', () => settings.update({ home: window.getNormalBounds() }));
    window.on('closed', () => {
      this.#window = null;
      if (hasCrashed() && reopenings.take()) void this.open();
      else onClosed();
    });
    await loaded;
  }

  /** Somebody started the app again: they look for this window. */
  bringToFront(): void {
    if (!this.#window) {
      void this.open();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }
}

/** A stored place is used only while a screen is there that shows enough of it to be dragged. */
function visiblePlace(place: WindowPlace | undefined): Partial<WindowPlace> {
  if (!place) return {};
  const { workArea } = screen.getDisplayMatching(place);
  const right = Math.min(place.x + place.width, workArea.x + workArea.width);
  const bottom = Math.min(place.y + place.height, workArea.y + workArea.height);
  const visible =
    right - Math.max(place.x, workArea.x) >= 100 && bottom - Math.max(place.y, workArea.y) >= 100;
  return visible ? place : { width: place.width, height: place.height };
}
