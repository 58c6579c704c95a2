import { axisRank } from './axisNames.ts';
import type { Column } from './table.ts';
import { Table } from './table.ts';

export interface TablePart {
  readonly table: Table;
  /** Put before the names of its columns, those of its axes excepted. */
  readonly prefix: string;
}

interface Row {
  readonly part: number;
  readonly row: number;
  /** How often x has fallen back before it in its part. */
  readonly lap: number;
  readonly axis: string;
  readonly x: number;
}

/** One table of several: `append` puts the rows one after the other, `merge` puts those of one x into one row. */
export function joinTables(parts: readonly TablePart[], join: 'append' | 'merge'): Table {
  const target = new Table();
  const copies = parts.map((part) => new RowCopier(part, target));
  const rows = parts.flatMap(({ table }, part) => rowsOf(table, part));
  if (join === 'merge') rows.sort(byPlace);
  const columns = new Set<number>();
  let last: Row | null = null;
  for (const row of rows) {
    const copy = copies[row.part];
    const own = copy?.columnsAt(row.row) ?? [];
    const shares = join === 'merge' && last !== null && byPlace(last, row) === 0 && !own.some((at) => columns.has(at));
    if (!shares) {
      if (last !== null) target.endRow();
      target.beginRow(parts[row.part]?.table.lineOf(row.row) ?? 0);
      columns.clear();
    }
    for (const column of own) columns.add(column);
    copy?.copy(row.row);
    last = row;
  }
  if (last !== null) target.endRow();
  return target;
}

const byPlace = (a: Row, b: Row): number =>
  a.lap - b.lap || (a.axis < b.axis ? -1 : a.axis > b.axis ? 1 : a.x - b.x) || 0;

/** Rows with their place: the best axis that each has. */
function rowsOf(table: Table, part: number): Row[] {
  const axes = table.columns
    .flatMap((column) => {
      const rank = column.facts?.axis ?? axisRank(column.name);
      return rank === null || rank > 3 || standsStill(column) ? [] : [{ column, rank }];
    })
    .sort((a, b) => a.rank - b.rank);
  const axisOf = new Array<Column | undefined>(table.rowCount);
  const x = new Float64Array(table.rowCount);
  for (const { column } of axes) {
    for (let i = 0; i < column.rows.length; i += 1) {
      const row = column.rows.at(i);
      if (axisOf[row] !== undefined) continue;
      axisOf[row] = column;
      x[row] = column.values.at(i);
    }
  }
  const laps = new Map<string, { lap: number; x: number }>();
  return Array.from({ length: table.rowCount }, (_, row): Row => {
    const axis = axisOf[row]?.name ?? '';
    const at = axis === '' ? row : (x[row] ?? 0);
    const before = laps.get(axis) ?? { lap: 0, x: Number.NEGATIVE_INFINITY };
    const lap = at < before.x ? before.lap + 1 : before.lap;
    laps.set(axis, { lap, x: at });
    return { part, row, lap, axis, x: at };
  });
}

/** A step that was never given is 0 in every row, and says nothing of the order. */
function standsStill({ values }: Column): boolean {
  const all = values.view();
  return all.length > 1 && all.every((value) => value === all[0]);
}

const counts = ({ name, facts }: Column): boolean => facts?.axis !== undefined || axisRank(name) !== null;

/** Copies rows of a table in any order. */
class RowCopier {
  readonly #target: Table;
  readonly #axes = new Set<number>();
  readonly #cells: { readonly to: number; readonly number?: number; readonly text?: string }[][];

  constructor({ table, prefix }: TablePart, target: Table) {
    this.#target = target;
    this.#cells = Array.from({ length: table.rowCount }, () => []);
    for (const column of table.columns) {
      if (column.rows.length === 0 && column.textRows.length === 0) continue;
      const isAxis = counts(column);
      const to = target.column(isAxis ? column.name : `${prefix}${column.name}`);
      if (isAxis) this.#axes.add(to);
      if (column.facts !== null) target.describe(to, column.facts);
      for (let i = 0; i < column.rows.length; i += 1) {
        this.#cells[column.rows.at(i)]?.push({ to, number: column.values.at(i) });
      }
      for (let i = 0; i < column.textRows.length; i += 1) {
        this.#cells[column.textRows.at(i)]?.push({ to, text: column.texts[column.textCodes.at(i)] ?? '' });
      }
    }
  }

  /** Columns of values at a row; axes may be set twice. */
  columnsAt(row: number): readonly number[] {
    const cells = this.#cells[row] ?? [];
    return cells.map(({ to }) => to).filter((to) => !this.#axes.has(to));
  }

  copy(row: number): void {
    for (const { to, number, text } of this.#cells[row] ?? []) {
      if (number !== undefined) this.#target.number(to, number);
      if (text !== undefined) this.#target.text(to, text);
    }
  }
}
