import { Disposable } from './disposable.ts';

/** So often at most what is shown is shown anew. */
const repaintMs = 100;

/** Paints at once when asked, then at most ten times a second; what was asked last is painted. */
export class Repaints extends Disposable {
  readonly #paint: () => void;
  #timer: NodeJS.Timeout | null = null;
  #isAsked = false;

  constructor(paint: () => void) {
    super();
    this.#paint = paint;
    this.register({
      dispose: () => {
        if (this.#timer !== null) clearTimeout(this.#timer);
      },
    });
  }

  ask(): void {
    if (this.isDisposed) return;
    if (this.#timer !== null) {
      this.#isAsked = true;
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (!this.#isAsked) return;
      this.#isAsked = false;
      this.ask();
    }, repaintMs);
    this.#paint();
  }
}
