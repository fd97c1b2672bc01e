/** The click on a call button, wherever the button is. */
import type { CallProblem } from '#common/problems';
import { type Result, ok } from '#protocol/result';
import type { CardRequests } from './card-requests';
import type { DeskParts } from './desk-parts';
import type { WindowId } from './ports';
import { isRingOf } from './rules/may-start';
import type { AnyOrder } from './rules/orders';

export interface PlacingOptions {
  readonly parts: DeskParts;
  readonly card: CardRequests;
}

export class Placing {
  readonly #options: PlacingOptions;

  constructor(options: PlacingOptions) {
    this.#options = options;
  }

  /**
   * A second click while the first is on its way shows what the first one opened. To call the very person whose call
   * rings here is to answer it; only whoever asks for sound alone, where the ring brings pictures, places a call, of
   * which the server makes one with the other's, and sound alone.
   */
  async place(
    order: AnyOrder,
    inPlaceOf: WindowId | null = null,
  ): Promise<Result<null, CallProblem>> {
    const { parts, card } = this.#options;
    const { windows, mayStart, onChanged } = parts;
    if (inPlaceOf === null && windows.showPlacing(order)) return ok(null);
    const targetId = 'targetId' in order ? order.targetId : null;
    const may = mayStart(targetId);
    if (!may.ok) return may;
    const ring = card.rings().find((call) => isRingOf(call, targetId));
    if (ring && ring.mediaType <= order.mediaType) {
      return card.accept(ring.callId, order.switchHere);
    }
    windows.openToPlace(order, inPlaceOf);
    onChanged();
    return ok(null);
  }
}
