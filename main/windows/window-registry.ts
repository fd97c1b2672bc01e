import type { WindowKind } from '#common/ipc';

/** Which kind of window a webContents id belongs to. Ids are never used again within a run. */
export class WindowRegistry {
  readonly #kinds = new Map<number, WindowKind>();

  add(id: number, kind: WindowKind): void {
    this.#kinds.set(id, kind);
  }

  remove(id: number): void {
    this.#kinds.delete(id);
  }

  kindOf(id: number): WindowKind | undefined {
    return this.#kinds.get(id);
  }
}
