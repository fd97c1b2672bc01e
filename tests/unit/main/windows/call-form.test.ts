import { beforeEach, describe, expect, it } from 'vitest';
import type { CallWindowForm } from '#common/ipc';
import type { MiniMemory } from '#main/storage/schemas';
import { CallForm, type FormWindow } from '#main/windows/call-form';
import type { Rect, ScreenArea } from '#main/windows/mini-place';

const full = { x: 100, y: 80, width: 960, height: 640 };
const voice = { shape: 'voice', textScale: 1 } as const;
const left: ScreenArea = { id: '1', workArea: { x: 0, y: 0, width: 1280, height: 800 } };
const right: ScreenArea = { id: '2', workArea: { x: 1280, y: 0, width: 1280, height: 800 } };
const bottomRight = { x: 1008, y: 648, width: 256, height: 136 };

/** A window manager that does what it is asked, at once. */
class FakeWindow implements FormWindow {
  normal: Rect = full;
  maximized = false;
  fullScreen = false;
  visible = true;
  resizable = true;
  maximizable = true;
  above = false;
  everywhere = false;
  smallest = [320, 240];

  getNormalBounds = (): Rect => this.normal;
  getBounds = (): Rect => this.normal;
  setBounds = (bounds: Partial<Rect>): void => {
    if (this.maximized || this.fullScreen) throw new Error('A maximised window has no bounds.');
    this.normal = { ...this.normal, ...bounds };
  };
  setMinimumSize = (...size: number[]): void => void (this.smallest = size);
  setResizable = (on: boolean): void => void (this.resizable = on);
  setMaximizable = (on: boolean): void => void (this.maximizable = on);
  setFullScreenable = (): void => undefined;
  isMaximized = (): boolean => this.maximized;
  maximize = (): void => void (this.maximized = true);
  unmaximize = (): void => void (this.maximized = false);
  isFullScreen = (): boolean => this.fullScreen;
  setFullScreen = (on: boolean): void => void (this.fullScreen = on);
  isVisible = (): boolean => this.visible;
  setAlwaysOnTop = (on: boolean): void => void (this.above = on);
  setVisibleOnAllWorkspaces = (on: boolean): void => void (this.everywhere = on);
}

let window: FakeWindow;
let screens: readonly ScreenArea[];
let memory: MiniMemory | undefined;
let told: CallWindowForm[];
let isExplained: boolean;

function formOf(of: FakeWindow, mayFloat = true): CallForm {
  return new CallForm(of, {
    screens: () => screens,
    memory: { get: () => memory, set: (next) => void (memory = next) },
    mayFloat,
    told: { get: () => isExplained, set: () => void (isExplained = true) },
    tell: (form) => told.push(form),
  });
}

let form: CallForm;

beforeEach(() => {
  window = new FakeWindow();
  screens = [left];
  memory = undefined;
  told = [];
  isExplained = false;
  form = formOf(window);
});

describe('a call window that is made small', () => {
  it('goes into a corner above everything, on every desktop, and cannot be pulled larger', () => {
    form.toMini(voice);
    expect(window).toMatchObject({ normal: bottomRight, above: true, everywhere: true });
    expect(window).toMatchObject({ resizable: false, maximizable: false });
    expect(told).toEqual([{ isMini: true, mayFloat: true, isUnexplained: false }]);
  });

  it('comes back as it was', () => {
    form.toMini(voice);
    form.toFull();
    expect(window).toMatchObject({ normal: full, above: false, everywhere: false });
    expect(window).toMatchObject({ resizable: true, maximizable: true, smallest: [320, 240] });
    expect(told.at(-1)).toMatchObject({ isMini: false });
  });

  it('comes back maximised, or in full screen, and with its former size below that', () => {
    for (const state of ['maximized', 'fullScreen'] as const) {
      window[state] = true;
      form.toMini(voice);
      expect(window).toMatchObject({ normal: bottomRight, [state]: false });
      form.toFull();
      expect(window).toMatchObject({ normal: full, [state]: true });
      window[state] = false;
    }
  });

  it('comes back to where it can be reached when its screen is gone', () => {
    screens = [left, right];
    window.normal = { ...full, x: 1400 };
    form.toMini(voice);
    expect(window.normal.x).toBe(2288);
    screens = [left];
    form.settle();
    expect(window.normal).toEqual(bottomRight);
    form.toFull();
    expect(window.normal).toEqual({ ...full, x: 320 });
  });

  it('is the same when it is asked twice, and follows what it shows', () => {
    form.toMini(voice);
    form.toMini(voice);
    form.toMini({ shape: 'picture', textScale: 1 });
    expect(window.normal).toEqual({ x: 1008, y: 592, width: 256, height: 192 });
    form.toFull();
    form.toFull();
    expect(window.normal).toEqual(full);
  });

  it('is where it belongs again after the window manager was late', () => {
    window.maximized = true;
    form.toMini(voice);
    window.normal = full;
    form.handleUnfilled();
    expect(window.normal).toEqual(bottomRight);
    form.toFull();
    form.handleUnfilled();
    expect(window.normal).toEqual(full);
  });
});

describe('a mini window that is moved', () => {
  it('follows the pointer, snaps into the nearest corner, and is there the next time', () => {
    form.toMini(voice);
    form.drag(-300, -200, false);
    expect(window.normal).toEqual({ ...bottomRight, x: 708, y: 448 });
    form.drag(-900, -600, false);
    form.settle();
    expect(window.normal).toEqual({ ...bottomRight, x: 108, y: 48 });
    form.drag(-900, -600, true);
    expect(window.normal).toEqual({ ...bottomRight, x: 16, y: 16 });
    form.toFull();
    const next = formOf(window);
    next.toMini(voice);
    expect(window.normal).toEqual({ ...bottomRight, x: 16, y: 16 });
  });

  it('goes over to another screen, and comes up there the next time', () => {
    screens = [left, right];
    form.toMini(voice);
    form.drag(400, 0, true);
    expect(window.normal).toEqual({ ...bottomRight, x: 1296 });
    form.toFull();
    form.toMini(voice);
    expect(window.normal).toEqual({ ...bottomRight, x: 1296 });
  });

  it('goes from corner to corner by keys', () => {
    form.toMini(voice);
    form.toNextCorner('up');
    form.toNextCorner('left');
    expect(window.normal).toEqual({ ...bottomRight, x: 16, y: 16 });
    expect(memory).toEqual([{ screen: '1', corner: 'top-left' }]);
  });

  it('is the mini window: a full one is moved by nobody here', () => {
    form.drag(-300, -200, true);
    form.toNextCorner('up');
    expect([window.normal, memory]).toEqual([full, undefined]);
  });
});

describe('the next window of the same call', () => {
  it('is as small, in the same corner, and comes back to the same size', () => {
    form.toMini(voice);
    const next = new FakeWindow();
    next.visible = false;
    const taken = formOf(next);
    taken.takeOver(form.state(window.normal));
    expect(next).toMatchObject({ normal: bottomRight, above: false });
    next.visible = true;
    taken.handleShown();
    expect(next).toMatchObject({ above: true, everywhere: true });
    taken.toFull();
    expect(next.normal).toEqual(full);
  });

  it('is where the former one was, when that was full', () => {
    window.normal = { ...full, x: 7 };
    const next = new FakeWindow();
    formOf(next).takeOver(form.state(window.normal));
    expect(next.normal.x).toBe(7);
  });
});

describe('a desktop that lets no window stay above the others', () => {
  it('is explained until the person has read it', () => {
    form = formOf(window, false);
    form.toMini(voice);
    expect(told.at(-1)).toEqual({ isMini: true, mayFloat: false, isUnexplained: true });
    form.markWordsRead();
    expect(told.at(-1)).toEqual({ isMini: true, mayFloat: false, isUnexplained: false });
    form.toMini(voice);
    expect(told.at(-1)).toMatchObject({ isUnexplained: false });
  });
});
