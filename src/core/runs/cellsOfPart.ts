import { pick } from '../pick.ts';
import type { GrowingRows } from './growingRows.ts';
import { membership } from './membership.ts';
import type { Column, Table } from './table.ts';

export interface Cells {
  /** Rising; the same array for columns with the same rows. */
  readonly rows: Int32Array;
  /**
   * One for each row, none of a cold column; a view of the table's own where all of its rows are meant. Neither is to be
   * changed.
   */
  readonly y: Float64Array;
}

interface KnownRows {
  readonly of: GrowingRows;
  readonly rows: Int32Array;
  /** Which cells of the column they are; null for all. */
  readonly indices: Int32Array | null;
}

const noValues = new Float64Array(0);

/** So many different sets of rows are remembered; logs have a handful: rows of training, of evaluation, of both. */
const mostKnown = 64;

/** The numbers of columns in some rows of a table. Most columns have the same rows, which are then worked out once. */
export class CellsOfPart {
  /** null for all rows. */
  readonly #isIn: Uint8Array | null;
  readonly #known: KnownRows[] = [];

  /** @param rows rising */
  constructor(table: Table, rows: Int32Array) {
    this.#isIn = rows.length === table.rowCount ? null : membership(table, rows);
  }

  of({ rows, values, cold }: Column): Cells {
    const known = this.#known.find((one) => one.of.equals(rows)) ?? this.#look(rows);
    if (cold !== null) return { rows: known.rows, y: noValues };
    const all = values.view();
    if (known.indices === null) return { rows: known.rows, y: all };
    return { rows: known.rows, y: pick(all, known.indices) };
  }

  #look(of: GrowingRows): KnownRows {
    const known = this.#isIn === null ? { of, rows: of.view(), indices: null } : among(of, this.#isIn);
    if (this.#known.length < mostKnown) this.#known.push(known);
    return known;
  }
}

function among(of: GrowingRows, isIn: Uint8Array): KnownRows {
  const all = of.view();
  const rows = new Int32Array(all.length);
  const indices = new Int32Array(all.length);
  let n = 0;
  for (let i = 0; i < all.length; i++) {
    const row = all[i] ?? 0;
    if (isIn[row] !== 1) continue;
    rows[n] = row;
    indices[n] = i;
    n += 1;
  }
  return { of, rows: rows.subarray(0, n), indices: n === all.length ? null : indices.subarray(0, n) };
}
