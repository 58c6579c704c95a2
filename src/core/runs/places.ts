import { pick } from '../pick.ts';
import type { Axis } from './axisFinder.ts';
import { isRisingX } from './cleanSeries.ts';

export interface Place {
  /** Of each of the rows, NaN where one has none. */
  readonly x: Float64Array;
  /** Finite and strictly rising. */
  readonly isRising: boolean;
}

/** Where rows stand on an axis, worked out once for all series that have the same rows. */
export class Places {
  readonly #known = new WeakMap<Int32Array, Map<Axis, Place>>();

  of(axis: Axis, rows: Int32Array): Place {
    let ofRows = this.#known.get(rows);
    if (ofRows === undefined) {
      ofRows = new Map();
      this.#known.set(rows, ofRows);
    }
    const known = ofRows.get(axis);
    if (known !== undefined) return known;
    const x = valuesAt(axis.values, rows);
    const place = { x, isRising: isRisingX(x) };
    ofRows.set(axis, place);
    return place;
  }
}

/** Values of some rows; a view where these have no gap. */
export function valuesAt(values: Float64Array, rows: Int32Array): Float64Array {
  const first = rows[0] ?? 0;
  if ((rows.at(-1) ?? 0) - first === rows.length - 1) return values.subarray(first, first + rows.length);
  return pick(values, rows);
}
