/** The calls that home shows, and what it has been told of them. */
import type { DeskCallView } from '#common/ipc';
import type { CallSnapshot, Viewer } from '#protocol/snapshot';
import type { CallStore } from './call-store';
import type { DesktopPort } from './ports';
import { type KnownCall, isHeldHere, ringsHere } from './rules/wanted';

export interface CallListOptions {
  readonly store: CallStore;
  readonly viewer: Viewer;
  readonly desktop: Pick<DesktopPort, 'pushCalls'>;
  readonly view: (call: CallSnapshot) => DeskCallView;
  /** The server's clock. */
  readonly nowMs: () => number;
}

export class CallList {
  readonly #options: CallListOptions;
  #pushed = '[]';

  constructor(options: CallListOptions) {
    this.#options = options;
  }

  /** The calls that ring here, are held here or were placed by this person, oldest first. */
  views(): DeskCallView[] {
    const { store, view } = this.#options;
    return store
      .known()
      .filter((entry) => entry.facts.overSince === null && this.#concerns(entry))
      .map(({ call }) => view(call));
  }

  push(): void {
    const views = this.views();
    this.#pushed = JSON.stringify(views);
    this.#options.desktop.pushCalls(views);
  }

  /** Time alone can change the list: a ring may be over without a word. */
  pushIfChanged(): void {
    if (JSON.stringify(this.views()) !== this.#pushed) this.push();
  }

  /** Without a connection the end of a ring is not told: its own deadline counts. */
  #concerns(entry: KnownCall): boolean {
    const { viewer, nowMs } = this.#options;
    const { call } = entry;
    if (call.callerId === viewer.userId || isHeldHere(call, viewer)) return true;
    return ringsHere(entry, viewer, nowMs());
  }
}
