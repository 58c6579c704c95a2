import { isClockAxis } from './axisFinder.ts';
import { axisRank } from './axisNames.ts';
import { mayRepeat } from './groupColumns.ts';
import type { Run, RunChoices } from './run.ts';
import type { Column, Table } from './table.ts';

/** After a resume x must rise at least so often before the next: then it moves in any part that a log is cut into there. */
const fewestRises = 2;

/**
 * The axis of a log that has it in every row, where it rises but for some resumes. As long as that holds, all series have
 * this axis and the rows are those of one run or of some in a row: no clock and no number of a run is asked.
 */
export class RisingAxis {
  readonly name: string;
  /** The row that is checked next, and how x went until then. */
  #row = 0;
  #last = Number.NEGATIVE_INFINITY;
  #rises = fewestRises;
  #falls = 0;

  private constructor(name: string) {
    this.name = name;
  }

  /** null where the log does not begin so. */
  static find(table: Table, runs: readonly Run[], { where = [] }: RunChoices): RisingAxis | null {
    const [run, ...others] = runs;
    const column = run === undefined || others.length > 0 || where.length > 0 ? undefined : table.find(run.xName);
    if (column === undefined || isClockAxis(column) || isBehindClock(column, table)) return null;
    return new RisingAxis(column.name).holds(table) ? new RisingAxis(column.name) : null;
  }

  /** Whether it held in the rows that came since it was asked last. */
  holds(table: Table): boolean {
    const { rowCount, segments } = table;
    const column = table.find(this.name);
    if (column === undefined || column.rows.length !== rowCount) return rowCount === 0;
    const values = column.values.view();
    const firstRows = new Set(segments.map(({ firstRow }) => firstRow));
    let [last, rises, falls] = [this.#last, this.#rises, this.#falls];
    for (let row = this.#row; row < rowCount; row += 1) {
      // The last row may have been offered without its end, and comes again.
      if (row === rowCount - 1) [this.#row, this.#last, this.#rises, this.#falls] = [row, last, rises, falls];
      const x = values[row] ?? Number.NaN;
      if (!Number.isFinite(x)) return false;
      if (x > last) rises += 1;
      else if (firstRows.has(row)) rises = fewestRises;
      else if (rises < fewestRises) return false;
      else {
        falls += 1;
        rises = 0;
      }
      last = x;
    }
    return falls <= (segments.length > 1 ? 0 : mayRepeat * mostMeasured(table));
  }
}

/** A clock that a format tells comes before what is an axis by its name only. */
function isBehindClock({ facts }: Column, { columns }: Table): boolean {
  return facts?.axis === undefined && columns.some((column) => column.facts?.axis !== undefined && isClockAxis(column));
}

/** Groups are looked for in the rows that the fullest column of values has. */
function mostMeasured({ columns }: Table): number {
  const measured = columns.filter(({ name, facts }) => facts?.axis === undefined && axisRank(name) === null);
  return measured.reduce((most, { rows }) => Math.max(most, rows.length), 0);
}
