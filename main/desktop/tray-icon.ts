/**
 * The icon in the tray, with its menu. It exists while the desktop has a place for it. A host that came or changed
 * after the icon was made does not know it, so the icon is made anew whenever somebody looks and finds another one.
 */
import { join } from 'node:path';
import {
  Menu,
  type MenuItemConstructorOptions,
  type NativeImage,
  Tray,
  nativeImage,
} from 'electron';
import type { FindTrayHost } from './tray-host';
import type { TrayAction, TrayItem } from './tray-menu';
import type { TrayPicture, TrayView } from './tray-view';

/** macOS colours a picture of this name by itself, as its menu bar needs it. */
const colouredBySystem = process.platform === 'darwin' ? 'Template' : '';

export interface TrayIconOptions {
  /** Where the pictures are. */
  readonly folder: string;
  readonly findHost: FindTrayHost;
  readonly onAction: (action: TrayAction) => void;
}

/** What the tray shows now, below the name of the app. */
export interface TrayContent {
  readonly app: string;
  readonly view: TrayView;
}

export class TrayIcon {
  readonly #options: TrayIconOptions;
  readonly #pictures = new Map<TrayPicture, NativeImage>();
  #tray: Tray | null = null;
  #host: string | null = null;
  /** Null until something is to be shown. */
  #content: TrayContent | null = null;
  #drawn = '';
  #isOver = false;

  constructor(options: TrayIconOptions) {
    this.#options = options;
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
    if (!this.#content) return;
    const tray = new Tray(this.#pictureOf(this.#content.view.picture));
    tray.on('click', () => this.#options.onAction({ verb: 'open' }));
    this.#tray = tray;
    this.#draw();
  }

  #remove(): void {
    this.#tray?.destroy();
    this.#tray = null;
    this.#drawn = '';
  }

  #draw(): void {
    if (!this.#tray || !this.#content) return;
    const { view, app } = this.#content;
    const drawn = JSON.stringify([view, app]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#tray.setImage(this.#pictureOf(view.picture));
    this.#tray.setToolTip(`${app}: ${view.status}`);
    this.#tray.setContextMenu(Menu.buildFromTemplate(this.#template(view.menu)));
  }

  #template(items: readonly TrayItem[]): MenuItemConstructorOptions[] {
    return items.map((item) => this.#entry(item));
  }

  #entry(item: TrayItem): MenuItemConstructorOptions {
    if (item.kind === 'line') return { type: 'separator' };
    const label = plainLabel(item.label);
    if (item.kind === 'words') return { label, enabled: false };
    if (item.kind === 'menu') return { label, submenu: this.#template(item.items) };
    const { action } = item;
    const click = (): void => {
      if (action) this.#options.onAction(action);
    };
    if (item.kind === 'choice') return { label, click };
    return { label, type: 'checkbox', checked: item.isChosen, enabled: action !== null, click };
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

/** A menu reads a single one as "the next sign is a key". */
function plainLabel(label: string): string {
  return label.replaceAll('&', '&&');
}
