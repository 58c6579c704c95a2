import type { Axis } from './axisFinder.ts';
import type { CleanSeries } from './cleanSeries.ts';
import { coldDraft } from './coldDraft.ts';
import type { ColdValues } from './coldValues.ts';
import type { SeriesDraft } from './describeSeries.ts';
import { GrowingFloats } from './growingArray.ts';

/** A series of fewer cells, whose records are counted as x stands still in it, may have another axis with the next of them. */
const surelyCounted = 64;

/** The rows that came to a table. */
export interface NewRows {
  /** The first of them. */
  readonly from: number;
  /** x of each of them, NaN where one has none; null where an axis says otherwise than before what x is. */
  xOf(axis: Axis): Float64Array | null;
  /** Whether x counts the records of the series itself. */
  isCountOfOwn(axis: Axis): boolean;
}

/** x of all series with the same rows. */
export class SharedX {
  readonly #x = new GrowingFloats();
  /** What was added last, by the first of the series that got new cells. */
  #from = -1;
  #rows: readonly number[] = [];

  constructor(x: Float64Array, growth: number) {
    this.#x.begin(x, growth);
  }

  /** null where the rows are not those of the other series any more. */
  extended(n: number, from: number, rows: readonly number[], x: readonly number[]): Float64Array | null {
    if (this.#from === from) {
      const isSame = rows.length === this.#rows.length && rows.every((row, i) => row === this.#rows[i]);
      return isSame && this.#x.length === n + rows.length ? this.#x.view() : null;
    }
    if (this.#x.length !== n) return null;
    this.#x.pushAll(x);
    this.#from = from;
    this.#rows = rows;
    return this.#x.view();
  }
}

/** The look at the whole of a table that a series was made by. */
export interface LookedAt {
  readonly rowCount: number;
  /** Room to make for what comes, as a multiple of what there is. */
  readonly growth: number;
}

/** One series of a table that grows: what is appended is cleaned as `cleanSeries` would, and costs only itself. */
export class GrowingSeries {
  #draft: SeriesDraft;
  /** Cells of the column so far, and how many of them are the run's: these are the last ones, where nothing was overwritten. */
  #cells: number;
  #count: number;
  /** null while all cells stayed: then x is shared. */
  readonly #x: GrowingFloats | null;
  /** null while all cells stayed that the column has since the run began: then y is the column's own. */
  readonly #y: GrowingFloats | null;
  readonly #shared: SharedX;
  /** Where two writers took turns, values that come may change which of the earlier ones hold. */
  readonly #isOrdered: boolean;
  /** x of the cells that came last and stayed. */
  added: readonly number[] = [];

  /** @param shared of its x. @param isToEnd whether the run has all rows from its first to the last of the table */
  constructor(draft: SeriesDraft, shared: SharedX, { rowCount, growth }: LookedAt, isToEnd: boolean) {
    this.#draft = draft;
    this.#shared = shared;
    const { cold, clean, column } = draft;
    const { x, y, kept } = clean;
    const dropped = Object.values(clean.dropped).reduce((sum, count) => sum + count, 0);
    this.#cells = column.rows.indexFrom(rowCount);
    this.#count = x.length + (cold === null ? dropped : 0);
    this.#isOrdered = kept?.every((index, i) => i === 0 || index > (kept[i - 1] ?? 0)) ?? true;
    this.#x = kept === null ? null : new GrowingFloats();
    this.#x?.begin(x, growth);
    this.#y = kept === null && isToEnd ? null : new GrowingFloats();
    this.#y?.begin(y, growth);
  }

  get draft(): SeriesDraft {
    return this.#draft;
  }

  /** false where it does not go on as before, so that the log is to be looked at as a whole. */
  extend(rows: NewRows): boolean {
    const { column, axis, clean } = this.#draft;
    this.added = [];
    const total = column.rows.length;
    if (total === this.#cells) return true;
    if (!this.#isOrdered || total < this.#cells || column.rows.at(this.#cells) < rows.from) return false;
    // Whether means are taken hangs on how many of all values stand at one x.
    if (clean.mostAveraged !== undefined) return false;
    const ofRows = rows.xOf(axis);
    if (ofRows === null || (rows.isCountOfOwn(axis) && this.#count < surelyCounted)) return false;
    if (column.cold !== null) return this.#extendCold(rows, ofRows, column.cold);
    const [newRows, x, y]: [number[], number[], number[]] = [[], [], []];
    let { min, max, firstNotFinite } = clean;
    let { notFinite, withoutX } = clean.dropped;
    let { badRow } = this.#draft;
    let last = clean.x.at(-1) ?? Number.NEGATIVE_INFINITY;
    for (let i = this.#cells; i < total; i++) {
      const row = column.rows.at(i);
      const value = column.values.at(i);
      const index = this.#count + i - this.#cells;
      const at = rows.isCountOfOwn(axis) ? index + 1 : (ofRows[row - rows.from] ?? Number.NaN);
      if (!Number.isFinite(value)) {
        notFinite += 1;
        firstNotFinite ??= index;
        badRow ??= row;
        continue;
      }
      if (!Number.isFinite(at)) {
        withoutX += 1;
        continue;
      }
      if (at <= last) return false;
      last = at;
      min = Math.min(min, value);
      max = Math.max(max, value);
      newRows.push(row);
      x.push(at);
      y.push(value);
    }
    const all = this.#append(total, rows.from, newRows, x, y);
    if (all === null) return false;
    this.#count += total - this.#cells;
    this.#cells = total;
    this.added = x;
    const dropped = { ...clean.dropped, notFinite, withoutX };
    this.#draft = { ...this.#draft, badRow, clean: { ...clean, ...all, min, max, dropped, firstNotFinite } };
    return true;
  }

  /** All cells of a cold series keep their place, for it is not known which of them are not finite. */
  #extendCold(rows: NewRows, ofRows: Float64Array, cold: ColdValues): boolean {
    const { column, clean } = this.#draft;
    const [newRows, x]: [number[], number[]] = [[], []];
    let last = clean.x.at(-1) ?? Number.NEGATIVE_INFINITY;
    for (let i = this.#cells; i < column.rows.length; i++) {
      const row = column.rows.at(i);
      const at = ofRows[row - rows.from] ?? Number.NaN;
      if (!(at > last && at < Number.POSITIVE_INFINITY)) return false;
      last = at;
      newRows.push(row);
      x.push(at);
    }
    const shared = this.#shared.extended(clean.x.length, rows.from, newRows, x);
    if (shared === null) return false;
    this.#count += column.rows.length - this.#cells;
    this.#cells = column.rows.length;
    this.added = x;
    this.#draft = coldDraft(this.#draft, shared, cold.summary(column.values));
    return true;
  }

  #append(
    total: number,
    from: number,
    rows: readonly number[],
    x: readonly number[],
    y: readonly number[],
  ): Pick<CleanSeries, 'x' | 'y'> | null {
    const { column, clean } = this.#draft;
    if (this.#x === null && rows.length < total - this.#cells) return null;
    const first = this.#cells - this.#count;
    this.#x?.pushAll(x);
    this.#y?.pushAll(y);
    const all = this.#x?.view() ?? this.#shared.extended(clean.x.length, from, rows, x);
    return all === null ? null : { x: all, y: this.#y?.view() ?? column.values.view().subarray(first) };
  }
}
