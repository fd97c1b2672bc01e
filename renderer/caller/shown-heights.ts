/**
 * How large this user sees each of the others. The application speaks of people, the mesh of legs: somebody who left and
 * came back has another leg, and is seen at the same size.
 */
import { type CallSnapshot, isPresent } from '#protocol/snapshot';
import type { Mesh } from '../media/ports';

export class ShownHeights {
  readonly #byUser = new Map<string, number>();
  readonly #toldByLeg = new Map<string, number>();

  set(userId: string, height: number): void {
    this.#byUser.set(userId, height);
  }

  /** Tells the mesh what it does not know yet. */
  tell(mesh: Mesh, { legs }: CallSnapshot): void {
    for (const { legId, userId } of legs.filter(isPresent)) {
      const height = this.#byUser.get(userId);
      if (height === undefined || height === this.#toldByLeg.get(legId)) continue;
      this.#toldByLeg.set(legId, height);
      mesh.setShownHeight(legId, height);
    }
  }
}
