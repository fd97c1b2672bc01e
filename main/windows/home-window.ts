import { type BrowserWindow, screen } from 'electron';
import type { Log } from '../log';
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
  readonly log: Log;
  /** The person closes it. It stays until somebody hides or minimises it. */
  readonly onCloseAsked: () => void;
  /** The key that ends the app was pressed. */
  readonly onQuitKey: () => void;
}

/** The one window a person opens. It lives as long as the app: after a crash it opens again by itself. */
export class HomeWindow {
  readonly #options: HomeWindowOptions;
  #window: BrowserWindow | null = null;
  #isHidden = false;
  #isOver = false;

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
    if (this.#isOver) return;
    const { environment, settings, reopenings, log, onCloseAsked, onQuitKey } = this.#options;
    const { window, loaded, hasCrashed } = createWindow(environment, 'home', {
      ...defaultSize,
      ...visiblePlace(settings.value.home),
      minWidth: 360,
      minHeight: 480,
      title: 'Peal',
    });
    this.#window = window;
    window.once('ready-to-show', () => {
      if (!this.#isHidden) window.show();
    });
    window.on('close', (event) => {
      event.preventDefault();
      onCloseAsked();
    });
    window.on('closed', () => {
      this.#window = null;
      if (!hasCrashed()) return;
      if (reopenings.take()) void this.open();
      else
        log.error('window home: dies again and again, staying closed until somebody asks for it');
    });
    window.webContents.on('before-input-event', (_event, { type, key, control, alt }) => {
      if (type === 'keyDown' && control && !alt && key.toLowerCase() === 'q') onQuitKey();
    });
    await loaded;
  }

  /** Opens out of sight, until somebody looks for it. */
  openHidden(): Promise<void> {
    this.#isHidden = true;
    return this.open();
  }

  /** Out of sight; the way back is the tray, or another start of the app. */
  hide(): void {
    this.#isHidden = true;
    this.#rememberPlace();
    this.#window?.hide();
  }

  minimize(): void {
    this.#window?.minimize();
  }

  /** Hidden where nobody finds it any more, it is where minimised windows are. */
  comeBackMinimized(): void {
    if (!this.#isHidden) return;
    this.#isHidden = false;
    this.#window?.minimize();
  }

  /** At the end of the app: it does not come back. */
  destroy(): void {
    this.#isOver = true;
    this.#rememberPlace();
    this.#window?.destroy();
  }

  /** Somebody looks for this window. */
  bringToFront(): void {
    this.#isHidden = false;
    if (!this.#window) {
      void this.open();
      return;
    }
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  #rememberPlace(): void {
    if (this.#window) this.#options.settings.update({ home: this.#window.getNormalBounds() });
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
