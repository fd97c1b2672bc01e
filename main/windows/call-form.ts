/**
 * The form of one call window: full, or mini. The same window, since tracks cannot move into another one. It knows what
 * the window was before it was made small, and gives that back. Safe to repeat.
 *
 * Above the others the mini window is as far as a window with the keyboard's focus can be: on Linux, another program's
 * window in full screen covers it while that has the focus (docs/decisions/0018-mini-window.md).
 */
import type { BrowserWindow } from 'electron';
import type { CallWindowForm, Direction, MiniLook } from '#common/ipc';
import type { Corner, MiniMemory } from '../storage/schemas';
import {
  type Rect,
  type ScreenArea,
  cornerNear,
  cornerOn,
  inside,
  miniSize,
  nextCorner,
  placeIn,
  screenFor,
  screenOf,
  withCorner,
} from './mini-place';

export const smallestFull = { width: 320, height: 240 };

/** What the form needs of Electron's window; tests bring their own. */
export type FormWindow = Pick<
  BrowserWindow,
  | 'getNormalBounds'
  | 'getBounds'
  | 'setBounds'
  | 'setMinimumSize'
  | 'setResizable'
  | 'setMaximizable'
  | 'setFullScreenable'
  | 'isMaximized'
  | 'maximize'
  | 'unmaximize'
  | 'isFullScreen'
  | 'setFullScreen'
  | 'isVisible'
  | 'setAlwaysOnTop'
  | 'setVisibleOnAllWorkspaces'
>;

export interface FormPorts {
  readonly screens: () => readonly ScreenArea[];
  /** What the profile remembers of mini windows. */
  readonly memory: { get(): MiniMemory | undefined; set(memory: MiniMemory): void };
  /** Whether the desktop lets a window say where it is. */
  readonly mayFloat: boolean;
  /** Whether the person was told what that means, in any run. */
  readonly told: { get(): boolean; set(): void };
  /** The page is told; never before it listens. */
  readonly tell: (form: CallWindowForm) => void;
}

/** What a window was before it became the mini window. */
interface Full {
  readonly bounds: Rect;
  readonly isMaximized: boolean;
  readonly isFullScreen: boolean;
}

/** As much as the next window of the same call needs to be the same. */
export interface FormState {
  readonly bounds: Rect;
  readonly mini: { readonly full: Full; readonly look: MiniLook } | null;
}

interface Mini {
  readonly full: Full;
  look: MiniLook;
  place: Rect;
  /** Where the drag that goes on began. */
  draggedFrom: Rect | null;
}

export class CallForm {
  readonly #window: FormWindow;
  readonly #ports: FormPorts;
  #mini: Mini | null = null;
  /** It was made small while it filled the screen, which the window manager ends in its own time. */
  #isLate = false;

  constructor(window: FormWindow, ports: FormPorts) {
    this.#window = window;
    this.#ports = ports;
  }

  get isMini(): boolean {
    return this.#mini !== null;
  }

  /** Also of a window that is gone: `bounds` is where it was, or is. */
  state(bounds: Rect): FormState {
    return { bounds, mini: this.#mini && { full: this.#mini.full, look: this.#mini.look } };
  }

  /** Before it is shown: where the former window of its call was, and as small. */
  takeOver({ bounds, mini }: FormState): void {
    if (mini) this.#shrink(mini.full, mini.look);
    else this.#window.setBounds(bounds);
  }

  /** Has an effect only on a window that is shown. */
  handleShown(): void {
    if (this.#mini) this.#rise();
  }

  toMini(look: MiniLook): void {
    const mini = this.#mini;
    if (!mini) {
      this.#shrink(this.#fullNow(), look);
      if (this.#window.isVisible()) this.#rise();
    } else if (JSON.stringify(mini.look) !== JSON.stringify(look)) {
      mini.look = look;
      this.#settle();
    }
    this.tell();
  }

  toFull(): void {
    const mini = this.#mini;
    if (mini) {
      this.#mini = null;
      this.#grow(mini.full);
    }
    this.tell();
  }

  /** It does not fill the screen any more. The window manager gives back the former size then, whatever came since. */
  handleUnfilled(): void {
    if (!this.#isLate) return;
    this.#isLate = false;
    this.settle();
  }

  /** The screens changed: the mini window is where it belongs. */
  settle(): void {
    if (this.#mini && !this.#mini.draggedFrom) this.#settle();
  }

  drag(dx: number, dy: number, isDone: boolean): void {
    const mini = this.#mini;
    if (!mini) return;
    mini.draggedFrom ??= mini.place;
    const { draggedFrom } = mini;
    mini.place = { ...draggedFrom, x: draggedFrom.x + dx, y: draggedFrom.y + dy };
    if (!isDone) {
      this.#window.setBounds(mini.place);
      return;
    }
    mini.draggedFrom = null;
    const screen = screenOf(this.#ports.screens(), mini.place);
    if (screen) this.#goInto(cornerNear(mini.place, screen), screen);
  }

  toNextCorner(towards: Direction): void {
    const screen = this.#screen();
    if (!this.#mini || !screen) return;
    this.#goInto(nextCorner(cornerOn(screen, this.#ports.memory.get()), towards), screen);
  }

  markWordsRead(): void {
    this.#ports.told.set();
    this.tell();
  }

  /** What the page is told at each change, and once it listens. */
  tell(): void {
    const { mayFloat, told, tell } = this.#ports;
    tell({ isMini: this.isMini, mayFloat, isUnexplained: !mayFloat && !told.get() });
  }

  #fullNow(): Full {
    const window = this.#window;
    return {
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
    };
  }

  #shrink(full: Full, look: MiniLook): void {
    const window = this.#window;
    this.#mini = { full, look, place: full.bounds, draggedFrom: null };
    const [isMaximized, isFullScreen] = [window.isMaximized(), window.isFullScreen()];
    this.#isLate = isMaximized || isFullScreen;
    if (isFullScreen) window.setFullScreen(false);
    if (isMaximized) window.unmaximize();
    window.setMinimumSize(1, 1);
    this.#settle();
    window.setMaximizable(false);
    window.setFullScreenable(false);
  }

  #rise(): void {
    this.#window.setAlwaysOnTop(true, 'screen-saver');
    this.#window.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
  }

  #grow(full: Full): void {
    const window = this.#window;
    window.setAlwaysOnTop(false);
    window.setVisibleOnAllWorkspaces(false);
    window.setResizable(true);
    window.setMaximizable(true);
    window.setFullScreenable(true);
    const screen = screenOf(this.#ports.screens(), full.bounds);
    window.setBounds(screen ? inside(full.bounds, screen) : full.bounds);
    window.setMinimumSize(smallestFull.width, smallestFull.height);
    if (full.isMaximized) window.maximize();
    if (full.isFullScreen) window.setFullScreen(true);
  }

  #goInto(corner: Corner, screen: ScreenArea): void {
    const { memory } = this.#ports;
    memory.set(withCorner(memory.get(), screen, corner));
    this.#settle();
  }

  #settle(): void {
    const mini = this.#mini;
    const screen = this.#screen();
    if (!mini || !screen) return;
    const corner = cornerOn(screen, this.#ports.memory.get());
    mini.place = placeIn(corner, screen, miniSize(mini.look));
    // A window that cannot be resized by hand cannot be resized by its program either, on some desktops.
    this.#window.setResizable(true);
    this.#window.setBounds(mini.place);
    this.#window.setResizable(false);
  }

  #screen(): ScreenArea | null {
    const window = this.#mini?.full.bounds ?? this.#window.getBounds();
    return screenFor(this.#ports.screens(), this.#ports.memory.get(), window);
  }
}
