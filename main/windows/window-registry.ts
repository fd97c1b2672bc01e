import type { WindowKind } from '#common/ipc';

/** Which kind of window a webContents id belongs to. Ids are never used again within a run. */
export class WindowRegistry {
  readonly #kinds = new Map<number, WindowKind>();
  readonly #closed = new Set<number>();

  add(id: number, kind: WindowKind): void {
    this.#kinds.set(id, kind);
  }

  remove(id: number): void {
    if (this.#kinds.delete(id)) this.#closed.add(id);
  }

  kindOf(id: number): WindowKind | undefined {
    return this.#kinds.get(id);
  }

  /** A window that was one of ours: what it asked on its way out still arrives. */
  isClosed(id: number): boolean {
    return this.#closed.has(id);
  }
}
