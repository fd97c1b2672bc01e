/** The call windows that exist. Which of them is for which call, main/calls knows. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';
import { pushTo } from '../ipc/push';
import { CallForm, type FormPorts, type FormState, smallestFull } from './call-form';
import { type WindowEnvironment, createWindow } from './create-window';
import { followSight } from './follow-sight';
import type { Rect } from './mini-place';

interface OpenWindow {
  readonly window: BrowserWindow;
  readonly loaded: Promise<boolean>;
  readonly form: CallForm;
  /** Where it was last: a window that is gone cannot be asked any more. */
  bounds: Rect;
}

interface GoneWindow {
  readonly id: number;
  readonly state: FormState;
}

export interface CallWindowSetOptions {
  readonly environment: WindowEnvironment;
  readonly form: Omit<FormPorts, 'tell'>;
  /** Called for every window that ceased to exist, whoever ended it; `crashed` when its page died. */
  readonly onGone: (id: number, crashed: boolean) => void;
}

export class CallWindowSet {
  readonly #options: CallWindowSetOptions;
  readonly #open = new Map<number, OpenWindow>();
  #lastGone: GoneWindow | null = null;

  constructor(options: CallWindowSetOptions) {
    this.#options = options;
  }

  open(): number {
    const { window, id, loaded, hasCrashed } = createWindow(this.#options.environment, 'call', {
      width: 960,
      height: 640,
      minWidth: smallestFull.width,
      minHeight: smallestFull.height,
      title: 'Peal',
      frame: false,
      backgroundColor: '#14161a',
      paintWhenInitiallyHidden: false,
      alwaysAwake: true,
    });
    const form = new CallForm(window, {
      ...this.#options.form,
      tell: (now) => pushTo(window, 'call', 'phone:call.form-changed', now),
    });
    const entry: OpenWindow = { window, loaded, form, bounds: window.getNormalBounds() };
    this.#open.set(id, entry);
    this.#followForm(entry);
    followSight(window, (isSeen) => pushTo(window, 'call', 'phone:call.sight-changed', { isSeen }));
    let unloadable = false;
    window.on('closed', () => {
      this.#open.delete(id);
      this.#lastGone = { id, state: form.state(entry.bounds) };
      this.#options.onGone(id, unloadable || hasCrashed());
    });
    void loaded.then((there) => {
      unloadable = !there;
      if (unloadable) this.destroy(id);
    });
    return id;
  }

  /** Whether this desktop lets the mini window stay above the others. */
  get mayFloat(): boolean {
    return this.#options.form.mayFloat;
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
    const { window, form } = entry;
    const former = inPlaceOf === null ? undefined : this.#stateOf(inPlaceOf);
    await entry.loaded;
    // First the page is told whose call it is: its microphone opens while the window comes up.
    await nextTurn();
    if (window.isDestroyed()) return;
    if (former) form.takeOver(former);
    // Whoever asks for a call that is in sight already wants more of it than the mini window shows.
    else if (window.isVisible()) form.toFull();
    if (window.isMinimized()) window.restore();
    window.show();
    form.handleShown();
    form.tell();
  }

  form(id: number): CallForm | undefined {
    return this.#open.get(id)?.form;
  }

  /** The pages know whether there is a call to be made small. */
  askForMini(id: number, byItself: boolean): void {
    const entry = this.#open.get(id);
    if (!entry?.window.isVisible() || entry.window.isMinimized()) return;
    pushTo(entry.window, 'call', 'phone:call.mini-asked', { byItself });
  }

  /** The screens are other ones. */
  settle(): void {
    for (const { form } of this.#open.values()) form.settle();
  }

  #followForm(entry: OpenWindow): void {
    const { window, form } = entry;
    const note = (): void => void (entry.bounds = window.getNormalBounds());
    window.on('move', note);
    window.on('resize', note);
    // After what it tells is done: it may tell in the middle of a change.
    const handleUnfilled = (): void =>
      void setImmediate(() => {
        if (!window.isDestroyed()) form.handleUnfilled();
      });
    window.on('unmaximize', handleUnfilled);
    window.on('leave-full-screen', handleUnfilled);
  }

  #stateOf(id: number): FormState | undefined {
    const open = this.#open.get(id);
    if (open) return open.form.state(open.bounds);
    return this.#lastGone?.id === id ? this.#lastGone.state : undefined;
  }

  /** What plays and records for the pages died and is back. */
  tellSoundLost(): void {
    for (const { window } of this.#open.values()) {
      pushTo(window, 'call', 'phone:call.sound-lost', null);
    }
  }

  destroy(id: number): void {
    const window = this.get(id);
    if (window && !window.isDestroyed()) window.destroy();
  }
}
