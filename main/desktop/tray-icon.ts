/**
 * The icon in the tray, with its menu. It exists while the desktop has a place for it. A host that came or changed
 * after the icon was made does not know it, so the icon is made anew whenever the app comes to depend on it.
 */
import { join } from 'node:path';
import { Menu, type NativeImage, Tray, nativeImage } from 'electron';
import type { MainTexts } from '../locales';
import type { FindTrayHost } from './tray-host';
import type { TrayPicture, TrayView } from './tray-view';

/** macOS colours a picture of this name by itself, as its menu bar needs it. */
const colouredBySystem = process.platform === 'darwin' ? 'Template' : '';

export interface TrayIconOptions {
  /** Where the pictures are. */
  readonly folder: string;
  readonly findHost: FindTrayHost;
  readonly onOpen: () => void;
  readonly onQuit: () => void;
}

/** The text of the tray in one language, and what it shows now. */
export interface TrayContent {
  readonly view: TrayView;
  readonly texts: MainTexts;
}

export class TrayIcon {
  readonly #options: TrayIconOptions;
  readonly #pictures = new Map<TrayPicture, NativeImage>();
  #tray: Tray | null = null;
  #host: string | null = null;
  #content: TrayContent;
  #drawn = '';
  #isOver = false;

  constructor(options: TrayIconOptions, content: TrayContent) {
    this.#options = options;
    this.#content = content;
  }

  /** Sees to it that the icon is where the person can find it. False: there is no such place. */
  async ensure(): Promise<boolean> {
    const host = await this.#options.findHost();
    if (this.#isOver) return false;
    if (host !== this.#host) {
      this.#remove();
      this.#host = host;
      if (host !== null) this.#make();
    }
    return host !== null;
  }

  show(content: TrayContent): void {
    this.#content = content;
    this.#draw();
  }

  destroy(): void {
    this.#isOver = true;
    this.#remove();
  }

  #make(): void {
    const tray = new Tray(this.#pictureOf(this.#content.view.picture));
    tray.on('click', this.#options.onOpen);
    this.#tray = tray;
    this.#draw();
  }

  #remove(): void {
    this.#tray?.destroy();
    this.#tray = null;
    this.#drawn = '';
  }

  #draw(): void {
    const { view, texts } = this.#content;
    const drawn = JSON.stringify([view, texts.tray]);
    if (!this.#tray || drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#tray.setImage(this.#pictureOf(view.picture));
    this.#tray.setToolTip(`${texts.app}: ${view.status}`);
    this.#tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: texts.tray.open, click: this.#options.onOpen },
        { label: view.status, enabled: false },
        { type: 'separator' },
        { label: texts.tray.quit, click: this.#options.onQuit },
      ]),
    );
  }

  #pictureOf(picture: TrayPicture): NativeImage {
    const known = this.#pictures.get(picture);
    if (known) return known;
    const file = `tray-${picture}${colouredBySystem}.png`;
    const made = nativeImage.createFromPath(join(this.#options.folder, file));
    this.#pictures.set(picture, made);
    return made;
  }
}
