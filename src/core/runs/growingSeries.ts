import type { Axis } from './axisFinder.ts';
import type { CleanSeries } from './cleanSeries.ts';
import { coldDraft } from './coldDraft.ts';
import type { SeriesDraft } from './describeSeries.ts';
import { GrowingFloats } from './growingArray.ts';

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

  constructor(x: Float64Array) {
    this.#x.pushAll(x);
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

/** One series of a table that grows: what is appended is cleaned as `cleanSeries` would, and costs only itself. */
export class GrowingSeries {
  #draft: SeriesDraft;
  /** Cells of the column that the draft is made of. */
  #cells: number;
  /** null while all cells stayed: then x is shared, and y the column's own. */
  readonly #own: { readonly x: GrowingFloats; readonly y: GrowingFloats } | null;
  readonly #shared: SharedX;
  /** x of the cells that came last and stayed. */
  added: readonly number[] = [];

  /** @param shared of its x */
  constructor(draft: SeriesDraft, shared: SharedX) {
    this.#draft = draft;
    this.#shared = shared;
    const { cold, clean } = draft;
    const dropped = Object.values(clean.dropped).reduce((sum, count) => sum + count, 0);
    this.#cells = clean.x.length + (cold === null ? dropped : 0);
    this.#own = draft.clean.kept === null ? null : { x: new GrowingFloats(), y: new GrowingFloats() };
    this.#own?.x.pushAll(draft.clean.x);
    this.#own?.y.pushAll(draft.clean.y);
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
    if (total < this.#cells || column.rows.at(this.#cells) < rows.from) return false;
    const ofRows = rows.xOf(axis);
    if (ofRows === null) return false;
    if (column.cold !== null) return this.#extendCold(rows, ofRows);
    const [newRows, x, y]: [number[], number[], number[]] = [[], [], []];
    let { min, max, firstNotFinite } = clean;
    let { notFinite, withoutX } = clean.dropped;
    let { badRow } = this.#draft;
    let last = clean.x.at(-1) ?? Number.NEGATIVE_INFINITY;
    for (let i = this.#cells; i < total; i++) {
      const row = column.rows.at(i);
      const value = column.values.at(i);
      const at = rows.isCountOfOwn(axis) ? i + 1 : (ofRows[row - rows.from] ?? Number.NaN);
      if (!Number.isFinite(value)) {
        notFinite += 1;
        firstNotFinite ??= i;
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
    this.#cells = total;
    this.added = x;
    const dropped = { ...clean.dropped, notFinite, withoutX };
    this.#draft = { ...this.#draft, badRow, clean: { ...clean, ...all, min, max, dropped, firstNotFinite } };
    return true;
  }

  /** All cells of a cold series keep their place, for it is not known which of them are not finite. */
  #extendCold(rows: NewRows, ofRows: Float64Array): boolean {
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
    this.#cells = column.rows.length;
    this.added = x;
    this.#draft = coldDraft(this.#draft, shared, column.rows);
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
    if (this.#own !== null) {
      this.#own.x.pushAll(x);
      this.#own.y.pushAll(y);
      return { x: this.#own.x.view(), y: this.#own.y.view() };
    }
    if (rows.length < total - this.#cells) return null;
    const shared = this.#shared.extended(clean.x.length, from, rows, x);
    return shared === null ? null : { x: shared, y: column.values.view() };
  }
}
