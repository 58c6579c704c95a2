import type { Axis } from './axisFinder.ts';
import type { NewRows } from './growingSeries.ts';

/** The rows that came to a table since it was looked at. */
export class AppendedRows implements NewRows {
  readonly from: number;
  readonly #to: number;
  readonly #main: Axis;
  readonly #known = new Map<Axis, Float64Array | null>();

  constructor(from: number, to: number, main: Axis) {
    this.from = from;
    this.#to = to;
    this.#main = main;
  }

  isCountOfOwn(axis: Axis): boolean {
    return axis.source === 'records' && axis !== this.#main;
  }

  xOf(axis: Axis): Float64Array | null {
    const known = this.#known.get(axis);
    if (known !== undefined) return known;
    const x = this.#find(axis);
    this.#known.set(axis, x);
    return x;
  }

  #find({ source }: Axis): Float64Array | null {
    if (source === 'place') return null;
    const x = new Float64Array(this.#to - this.from).fill(Number.NaN);
    if (source === 'records') return x.map((_, i) => this.from + i + 1);
    for (let i = source.rows.length - 1; i >= 0 && source.rows.at(i) >= this.from; i--) {
      x[source.rows.at(i) - this.from] = source.values.at(i);
    }
    return x;
  }
}
