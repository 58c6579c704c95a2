import { indexFrom } from './risingValues.ts';
import type { Column } from './table.ts';

/** The run by which cold columns are summed up that some rows are: all of the table, one of several, or none. */
export type SummedUp = number | 'whole' | null;

interface Places {
  /** Strictly rising. */
  readonly x: Float64Array;
  /** Cells at the place of the one before. */
  readonly repeats: number;
  /** Index of the last such cell; -1 without. */
  readonly lastRepeat: number;
}

const none = new Float64Array(0);

/** Where the cells of cold columns stand. Most columns have the same rows, for which it is worked out once. */
export class ColdPlaces {
  readonly #known = new Map<Float64Array, Places | null>();
  #canBeSummedUp = true;

  /** false where the values of a column that was asked for are needed to tell what it comes to. */
  get canBeSummedUp(): boolean {
    return this.#canBeSummedUp;
  }

  /**
   * None where what is summed up is not what the cells come to.
   * @param rows of the cells. @param x of them; null where they are not on the main axis
   */
  of(column: Column, rows: Int32Array, x: Float64Array | null, summedUp: SummedUp): Float64Array {
    const places = x === null ? null : (this.#known.get(x) ?? withoutRepeats(x));
    if (x !== null) this.#known.set(x, places);
    // Where x mostly stands still another axis may be taken, by the values.
    if (places === null || 2 * places.repeats > rows.length - 1) {
      this.#canBeSummedUp = false;
      return none;
    }
    if (summedUp === null) return none;
    if (summedUp === 'whole') return places.repeats === 0 && rows.length === column.rows.length ? places.x : none;
    return places.lastRepeat < cameAt(column, rows) ? places.x : none;
  }
}

/** Index of the first of the cells that came since it was summed up by runs: of these the later of two at one x is not told. */
function cameAt({ rows, cold }: Column, own: Int32Array): number {
  const summedUp = cold?.foldedByRun ?? 0;
  return summedUp < rows.length ? indexFrom(own, rows.at(summedUp)) : own.length;
}

/** null where x falls, or a cell has none. */
function withoutRepeats(x: Float64Array): Places | null {
  const own = new Float64Array(x.length);
  let count = 0;
  let lastRepeat = -1;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? Number.NaN;
    if (!(at >= last && at > Number.NEGATIVE_INFINITY && at < Number.POSITIVE_INFINITY)) return null;
    if (at === last) lastRepeat = i;
    else {
      own[count] = at;
      count += 1;
    }
    last = at;
  }
  const repeats = x.length - count;
  return { x: repeats === 0 ? x : own.slice(0, count), repeats, lastRepeat };
}
