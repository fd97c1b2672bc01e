/** A press that moves is a drag, and no click comes of it. Distances are those of the screen: the window moves along. */

/** A hand is never quite still. */
const leastPx = 4;

interface PointerAt {
  readonly screenX: number;
  readonly screenY: number;
}

export type MoveBy = (way: { dx: number; dy: number; isDone: boolean }) => void;

export class Drag {
  readonly #moveBy: MoveBy;
  #from: PointerAt | null = null;
  #isMoving = false;
  #hasMoved = false;

  constructor(moveBy: MoveBy) {
    this.#moveBy = moveBy;
  }

  press({ screenX, screenY }: PointerAt): void {
    this.#from = { screenX, screenY };
    this.#isMoving = false;
    this.#hasMoved = false;
  }

  move(at: PointerAt): void {
    if (!this.#from) return;
    const way = wayFrom(this.#from, at);
    this.#isMoving ||= Math.hypot(way.dx, way.dy) >= leastPx;
    if (this.#isMoving) this.#moveBy({ ...way, isDone: false });
  }

  release(at: PointerAt): void {
    if (this.#from && this.#isMoving) this.#moveBy({ ...wayFrom(this.#from, at), isDone: true });
    this.#hasMoved = this.#isMoving;
    this.#from = null;
    this.#isMoving = false;
  }

  /** The click that comes with the release belongs to the drag. */
  get swallowsClick(): boolean {
    return this.#hasMoved;
  }
}

function wayFrom(from: PointerAt, at: PointerAt): { dx: number; dy: number } {
  return {
    dx: Math.round(at.screenX - from.screenX),
    dy: Math.round(at.screenY - from.screenY),
  };
}
