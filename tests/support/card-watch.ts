/**
 * When a card is on a screen and when it is gone: seen by the display's own word about its windows, and by the pixels on
 * the screen. A card is painted when it shows enough of the colour of whoever calls.
 */
import { type WindowEvent, X11Client, wallMs } from './x11';
import { waitFor } from './wait';

/** Of menus and tool tips no one is as large. */
const least = { width: 240, height: 120 } as const;
/** About a quarter of a face of 72 px. */
const leastPixels = 1_000;
/** A frame takes 16 ms. */
const lookEveryMs = 3;

export class CardWatch {
  readonly #client: X11Client;
  readonly #cards = new Set<number>();
  /** Windows out of the window manager's reach; which of them is a card, its size tells. */
  readonly #free = new Set<number>();
  /** When the last card went from the screen. */
  #goneAtMs = 0;

  private constructor(client: X11Client) {
    this.#client = client;
    client.onEvent((event) => void this.#note(event));
  }

  static async start(displayName: string): Promise<CardWatch> {
    return new CardWatch(await X11Client.connect(displayName));
  }

  /** How many cards are on the screen, painted or not. */
  get count(): number {
    return this.#cards.size;
  }

  /** When this colour was on a card, in milliseconds since 1970. */
  async waitForColour(colour: number, withinMs: number): Promise<number> {
    const look = async (): Promise<number | undefined> => {
      for (const id of this.#cards) {
        const place = await this.#client.placeOf(id);
        if (!place) continue;
        const pixels = await this.#client.pixels(place);
        const atMs = wallMs();
        if (pixels.filter((pixel) => pixel === colour).length >= leastPixels) return atMs;
      }
      return undefined;
    };
    const what = `a card with the colour #${colour.toString(16)} (cards: ${String(this.count)})`;
    return waitFor(look, { what, withinMs, everyMs: lookEveryMs });
  }

  /** When the last card went from the screen. */
  async waitForNone(withinMs: number): Promise<number> {
    await waitFor(() => this.#cards.size === 0, {
      what: 'no card on the screen',
      withinMs,
      everyMs: lookEveryMs,
    });
    return this.#goneAtMs;
  }

  close(): void {
    this.#client.close();
  }

  async #note(event: WindowEvent): Promise<void> {
    const { id } = event;
    if (event.type === 'unmapped') {
      this.#free.delete(id);
      if (this.#cards.delete(id)) this.#goneAtMs = event.atMs;
      return;
    }
    if (!event.isFree) return;
    this.#free.add(id);
    const place = await this.#client.placeOf(id);
    if (!place || place.width < least.width || place.height < least.height) return;
    // It may have gone meanwhile.
    if (this.#free.has(id)) this.#cards.add(id);
  }
}
