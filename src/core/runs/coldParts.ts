import type { Axis } from './axisFinder.ts';
import type { Table } from './table.ts';

/** One run of a table: the rows that hold, and the axis on which they stand. */
export interface ColdPart {
  readonly rows: Int32Array;
  readonly main: Axis;
}

/** The runs of a table by which its cold columns were summed up; what came since is of the newest. */
export class ColdParts {
  readonly #parts: readonly ColdPart[];
  readonly #rowCount: number;

  constructor(parts: readonly ColdPart[], rowCount: number) {
    this.#parts = parts;
    this.#rowCount = rowCount;
  }

  get count(): number {
    return this.#parts.length;
  }

  /** Whether a row is the last of the newest. */
  endAt(row: number): boolean {
    return this.#parts.at(-1)?.rows.at(-1) === row;
  }

  /** Which of them some rows of the table are now; null where they are none. */
  find(table: Table, { rows, main }: ColdPart): number | null {
    const index = this.#parts.findIndex((part, i) => {
      const came = i === this.#parts.length - 1 ? table.rowCount - this.#rowCount : 0;
      const isSame = part.main.source === main.source && rows.length === part.rows.length + came;
      return isSame && part.rows.every((row, k) => row === rows[k]);
    });
    return index < 0 ? null : index;
  }

  /** Of each row that was summed up; -1 for one that does not hold. */
  byRow(): Int32Array {
    const all = new Int32Array(this.#rowCount).fill(-1);
    for (const [i, { rows }] of this.#parts.entries()) for (const row of rows) all[row] = i;
    return all;
  }

  /** The axis of each, by row. */
  get axes(): readonly Float64Array[] {
    return this.#parts.map(({ main }) => main.values);
  }
}
