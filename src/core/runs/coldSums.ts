import type { ColdParts } from './coldParts.ts';
import { type ColdCell, type ColdSummary, nothing } from './coldValues.ts';
import type { Column, Table } from './table.ts';

/** Sums up the cold columns of a table anew, each run for itself, while a second reading of the log gives their values. */
export class ColdSums {
  readonly #columns: readonly ColumnSums[];

  constructor(table: Table, parts: ColdParts) {
    const byRow = parts.byRow();
    this.#columns = table.columns.flatMap((column) =>
      column.cold === null ? [] : [new ColumnSums(column, column.cold.folded, byRow, parts)],
    );
  }

  /** Takes what came since it was asked last. @param isAll whether the values of the last row can be corrected no more */
  take(from: Table, isAll: boolean): void {
    for (const sums of this.#columns) {
      const column = from.find(sums.name);
      if (column !== undefined) sums.take(column, !isAll && column.rows.last >= from.rowCount - 1 ? 1 : 0);
    }
  }

  /** Asked once. By name of the column, one for each run; null where the second reading did not give what the first did. */
  of(from: Table): ReadonlyMap<string, readonly ColdSummary[]> | null {
    if (!this.#columns.every((sums) => sums.isWhole(from.find(sums.name)))) return null;
    return new Map(this.#columns.map((sums) => [sums.name, sums.all()]));
  }
}

class ColumnSums {
  readonly #column: Column;
  /** Cells to sum up: those that the table has summed up itself. */
  readonly #count: number;
  readonly #partOf: Int32Array;
  readonly #axes: readonly Float64Array[];
  readonly #sums: Sum[];
  #taken = 0;

  constructor(column: Column, count: number, partOf: Int32Array, parts: ColdParts) {
    this.#column = column;
    this.#count = count;
    this.#partOf = partOf;
    this.#axes = parts.axes;
    this.#sums = Array.from({ length: parts.count }, () => new Sum());
  }

  get name(): string {
    return this.#column.name;
  }

  take({ cold, values, rows }: Column, fewer: number): void {
    const end = Math.min(this.#count, rows.length - fewer);
    const gone = cold?.folded ?? 0;
    for (; this.#taken < end; this.#taken += 1) {
      const row = this.#column.rows.at(this.#taken);
      const part = this.#partOf[row] ?? -1;
      this.#sums[part]?.add(this.#taken, this.#axes[part]?.[row] ?? Number.NaN, values.at(this.#taken - gone));
    }
  }

  isWhole(column: Column | undefined): boolean {
    return this.#taken === this.#count && column?.rows.length === this.#column.rows.length;
  }

  all(): readonly ColdSummary[] {
    return this.#sums.map((sum) => sum.whole());
  }
}

/** Of one run: of two values at one x the later holds, as in `cleanSeries`. */
class Sum {
  #count = 0;
  #notFinite = 0;
  #firstNotFinite: number | null = null;
  #min = nothing.min;
  #max = nothing.max;
  #first: ColdCell | null = null;
  /** The newest finite cell, which the next one may replace; index -1 before there is one. */
  #index = -1;
  #x = Number.NaN;
  #value = Number.NaN;

  add(index: number, x: number, value: number): void {
    if (!Number.isFinite(value)) {
      this.#notFinite += 1;
      this.#firstNotFinite ??= index;
      return;
    }
    if (x !== this.#x) this.#settle();
    this.#index = index;
    this.#x = x;
    this.#value = value;
  }

  whole(): ColdSummary {
    this.#settle();
    return {
      count: this.#count,
      notFinite: this.#notFinite,
      firstNotFinite: this.#firstNotFinite,
      min: this.#min,
      max: this.#max,
      first: this.#first,
      last: this.#index < 0 ? null : { index: this.#index, value: this.#value },
    };
  }

  #settle(): void {
    if (this.#index < 0) return;
    this.#count += 1;
    if (this.#value < this.#min) this.#min = this.#value;
    if (this.#value > this.#max) this.#max = this.#value;
    this.#first ??= { index: this.#index, value: this.#value };
  }
}
