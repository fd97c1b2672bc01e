/** While home's settings show microphone and camera, home may use them; never longer than that page lives. */
import type { EventEmitter } from 'node:events';

/** With each of these the page that asked is gone. */
const ends = ['did-start-navigation', 'render-process-gone', 'destroyed'] as const;

/** The contents of a window. */
type Page = Pick<EventEmitter, 'on' | 'removeListener'>;

export class DeviceTest {
  readonly #findPage: (id: number) => Page | undefined;
  /** The page that shows them now. */
  #testing: { readonly id: number; readonly leave: () => void } | null = null;

  constructor(findPage: (id: number) => Page | undefined) {
    this.#findPage = findPage;
  }

  set(id: number, on: boolean): void {
    if (on === this.isOn(id)) return;
    this.#end();
    const page = on ? this.#findPage(id) : undefined;
    if (!page) return;
    const handleEnd = (): void => this.#end();
    for (const event of ends) page.on(event, handleEnd);
    const leave = (): void => {
      for (const event of ends) page.removeListener(event, handleEnd);
    };
    this.#testing = { id, leave };
  }

  isOn(id: number): boolean {
    return this.#testing?.id === id;
  }

  #end(): void {
    this.#testing?.leave();
    this.#testing = null;
  }
}
