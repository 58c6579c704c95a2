import { pick } from '../pick.ts';
import type { Column, Table } from './table.ts';

/** Most groups that a column of a long table has. */
const mostGroups = 512;
/** Share of checkpoints that may repeat an x before a table counts as long. */
export const mayRepeat = 0.02;
/** Texts that say which series a row belongs to, rather than which run. */
const seriesColumn =
  /^(series|metric|metric_name|tag|variable|measure|quantity|curve|key|name|split|phase|mode|stage|subset|kind|type|_type|role)$/i;
/** Numbers that name a run: they group only under such a name. */
const runNumber =
  /^(seed|run|run_id|run_idx|trial|trial_id|rank|fold|replicate|replica|rho|arm|condition|panel|group|version|agent)$/i;

export interface Grouping {
  /** Columns whose values tell series of one run apart. */
  readonly series: readonly Column[];
  /** Columns whose values tell runs apart. */
  readonly runs: readonly Column[];
}

/**
 * Finds the columns that split a long table, in which x starts over for each group, into curves. Empty where the rows are
 * those of one curve already.
 * @param rows of the table. @param x of each of these rows, NaN where there is none. @param probe the fullest column of values.
 */
export function groupColumns(table: Table, rows: Int32Array, x: Float64Array, probe: Column | null): Grouping {
  const none: Grouping = { series: [], runs: [] };
  if (probe === null || rows.length < 3) return none;
  const usable = usableOf(table.rowCount, rows, x, probe);
  const at = pick(x, usable);
  if (countFalls(at) <= mayRepeat * at.length) return none;
  let groups: readonly string[] = Array.from(usable, () => '');
  let repeats = countRepeats(at, groups);
  const candidates = table.columns.flatMap((column) => {
    const values = valuesAt(
      column,
      Array.from(usable, (i) => rows[i] ?? 0),
      table.rowCount,
    );
    return values === null ? [] : [{ column, values }];
  });
  const chosen: Column[] = [];
  while (repeats > mayRepeat * at.length) {
    let best: { column: Column; groups: readonly string[]; repeats: number } | null = null;
    for (const { column, values } of candidates) {
      if (chosen.includes(column)) continue;
      const joined = groups.map((group, i) => `${group}\u0000${values[i] ?? ''}`);
      const left = countRepeats(at, joined);
      if (left < (best?.repeats ?? repeats)) best = { column, groups: joined, repeats: left };
    }
    if (best === null) break;
    chosen.push(best.column);
    groups = best.groups;
    repeats = best.repeats;
  }
  const distinct = new Set(groups).size;
  const isSplit = repeats <= mayRepeat * at.length + distinct * 0.5 && distinct * 2 <= at.length;
  if (!isSplit) return none;
  return {
    series: chosen.filter((column) => namesSeries(column)),
    runs: chosen.filter((column) => !namesSeries(column)),
  };
}

/** Indices of the rows that have both x and a value. */
function usableOf(rowCount: number, rows: Int32Array, x: Float64Array, probe: Column): Int32Array {
  const isProbed = new Uint8Array(rowCount);
  for (const row of probe.rows.view()) isProbed[row] = 1;
  const usable = new Int32Array(rows.length);
  let n = 0;
  for (let i = 0; i < rows.length; i++) {
    if (isProbed[rows[i] ?? 0] !== 1 || Number.isNaN(x[i] ?? Number.NaN)) continue;
    usable[n] = i;
    n += 1;
  }
  return usable.subarray(0, n);
}

/** Whether the values of a column could name groups: few texts, or numbers under a name that is one of runs. */
export function mayGroup(column: Column): boolean {
  return !column.isProse && (column.textRows.length > 0 || namesRuns(column));
}

export function namesRuns({ name }: Column): boolean {
  return runNumber.test(name.trim());
}

function namesSeries({ name, texts }: Column): boolean {
  return (
    seriesColumn.test(name.trim()) || texts.some((text) => /^(solver|verifier|train|eval|val|valid|test)$/i.test(text))
  );
}

/** The values of a column that could name groups; null where it could not: prose, gaps, too many, or plain measurements. */
function valuesAt(column: Column, rows: readonly number[], rowCount: number): (string | null)[] | null {
  if (!mayGroup(column)) return null;
  const cells = new Array<string | null>(rowCount).fill(null);
  for (let i = 0; i < column.rows.length; i++) cells[column.rows.at(i)] = String(column.values.at(i));
  for (let i = 0; i < column.textRows.length; i++) {
    cells[column.textRows.at(i)] = column.texts[column.textCodes.at(i)] ?? null;
  }
  const values = rows.map((row) => cells[row] ?? null);
  const filled = values.filter((value) => value !== null);
  const distinct = new Set(filled).size;
  return filled.length >= 0.9 * values.length && distinct >= 2 && distinct <= mostGroups ? values : null;
}

function countFalls(x: Float64Array): number {
  let repeats = 0;
  for (let i = 1; i < x.length; i++) if ((x[i] ?? 0) <= (x[i - 1] ?? 0)) repeats += 1;
  return repeats;
}

/** How often x does not rise inside its group. */
function countRepeats(x: Float64Array, groups: readonly string[]): number {
  const last = new Map<string, number>();
  let repeats = 0;
  x.forEach((at, i) => {
    const group = groups[i] ?? '';
    const before = last.get(group);
    if (before !== undefined && at <= before) repeats += 1;
    last.set(group, at);
  });
  return repeats;
}
