/** While home's settings show microphone and camera, home may use them; never longer than that page lives. */
import { webContents } from 'electron';

export class DeviceTest {
  /** The page that shows them now. */
  #testing: number | null = null;

  set(id: number, on: boolean): void {
    if (!on) {
      this.#end(id);
      return;
    }
    const page = webContents.fromId(id);
    if (!page) return;
    this.#testing = id;
    page.once('did-start-navigation', () => this.#end(id));
    page.once('render-process-gone', () => this.#end(id));
    page.once('destroyed', () => this.#end(id));
  }

  isOn(id: number): boolean {
    return this.#testing === id;
  }

  #end(id: number): void {
    if (this.#testing === id) this.#testing = null;
  }
}
