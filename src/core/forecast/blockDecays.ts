import type { CurveFamily, Shape } from '../fit/curveFamily.ts';

/** Means over blocks of a family's decay: a steep curve's mean over a block is not its value at the block's middle. */
export class BlockDecays {
  readonly #halves: Float64Array;
  readonly #times: Float64Array;
  /** Decays at these times; null where each block has one. */
  readonly #scratch: Float64Array | null;

  /** @param halves half widths of the blocks; of 0 where a block is one checkpoint, which is asked for its place alone. */
  constructor(t: Float64Array, halves: Float64Array) {
    const times: number[] = [];
    t.forEach((at, block) => {
      const half = halves[block] ?? 0;
      // Gauss and Legendre's three points.
      const aside = half * Math.sqrt(0.6);
      if (half === 0) times.push(at);
      else times.push(Math.max(0, at - aside), at, at + aside);
    });
    this.#halves = halves;
    this.#times = Float64Array.from(times);
    this.#scratch = times.length === t.length ? null : new Float64Array(times.length);
  }

  /** Writes them into `into` from `offset` on. */
  write(family: CurveFamily, shape: Shape, into: Float64Array, offset: number): void {
    const decays = this.#scratch;
    if (decays === null) {
      family.decays(this.#times, shape, into, offset);
      return;
    }
    const halves = this.#halves;
    family.decays(this.#times, shape, decays, 0);
    let i = 0;
    for (let block = 0; block < halves.length; block++) {
      if (halves[block] === 0) into[offset + block] = decays[i++] ?? 0;
      else {
        into[offset + block] = (5 * (decays[i] ?? 0) + 8 * (decays[i + 1] ?? 0) + 5 * (decays[i + 2] ?? 0)) / 18;
        i += 3;
      }
    }
  }
}
