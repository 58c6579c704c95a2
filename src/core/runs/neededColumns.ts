import { isClockAxis } from './axisFinder.ts';
import { isMeasured } from './finishRun.ts';
import { mayGroup, namesRuns } from './groupColumns.ts';
import type { Run, RunChoices, Series } from './run.ts';
import { mayTellErrorsOf } from './standardErrors.ts';
import type { Column, Table } from './table.ts';
import { tellsOfRun } from './toldOfRuns.ts';

/** Share of the rows that have a text in a column that could tell groups apart. */
const oftenThere = 0.5;

/**
 * Names of the columns that are enough to say of the chosen series what all columns would say, judged by the beginning of the
 * log; null where all are needed: the log is not so plain that its beginning tells.
 * @param runs of the beginning. @param rising the axis, where it rises all along: clocks, numbers of runs and texts tell nothing then
 */
export function neededColumns(
  beginning: Table,
  runs: readonly Run[],
  choices: RunChoices,
  rising: string | null,
): ReadonlySet<string> | null {
  const { series = [] } = choices;
  if (runs.length !== 1) return null;
  const asked = new Set([series, choices.x, choices.solver, choices.verifier, choices.gap].flat());
  const withRole = new Set(
    runs.flatMap((run) => run.series.filter(({ role }) => role !== 'none').map(({ name }) => name)),
  );
  const matter = new Set([...asked, ...withRole].filter((name) => name !== undefined));
  const needed = new Set<string>();
  for (const column of beginning.columns) {
    if (rising === null && isGroup(column, beginning)) return null;
    const { name } = column;
    const tellsRuns = isClockAxis(column) || namesRuns(column) || column.rows.length === 0;
    const isSpared = rising !== null && rising !== name && tellsRuns;
    const isText = rising === null && column.textRows.length >= oftenThere * beginning.rowCount;
    const isAxis = (!isMeasured(column) || namesRuns(column)) && !isSpared;
    if (matter.has(name) || isAxis || isText || mayTellErrorsOf(name, matter) || tellsOfRun(name)) needed.add(name);
  }
  return addCover(needed, beginning) ? needed : null;
}

/** Whether runs say the same of the series that were asked for or have a role, and of what they have in common. */
export function saySame(all: readonly Run[], some: readonly Run[], asked: readonly string[]): boolean {
  const told = (runs: readonly Run[]): unknown =>
    runs.map(({ problems: _, series, ...run }) => [run, series.filter((one) => matters(one, asked))]);
  return areAlike(told(all), told(some));
}

/** Plain data, part for part. */
function areAlike(a: unknown, b: unknown): boolean {
  if (a instanceof Float64Array && b instanceof Float64Array) {
    return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
  }
  if (!isParted(a) || !isParted(b)) return Object.is(a, b);
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && areAlike(a[name], b[name]));
}

const isParted = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** From a row on, whether each row of a table has a measured value, so that none was passed over. */
export function areCovered(table: Table, firstRow: number): boolean {
  if (table.columns.some((column) => column.rows.length === table.rowCount && isMeasured(column))) return true;
  const isCovered = new Uint8Array(Math.max(0, table.rowCount - firstRow));
  for (const column of table.columns) if (isMeasured(column)) column.rows.mark(firstRow, isCovered);
  return !isCovered.includes(0);
}

const matters = ({ name, role }: Series, asked: readonly string[]): boolean => role !== 'none' || asked.includes(name);

/** Several texts in most rows, or several numbers of runs. */
export function isGroup(column: Column, { rowCount }: Table): boolean {
  if (!mayGroup(column)) return false;
  if (namesRuns(column) && column.values.view().some((value) => value !== column.values.at(0))) return true;
  return column.texts.length > 1 && column.textRows.length >= oftenThere * rowCount;
}

/** Adds columns until each row has a measured value in one; false where a row has none at all. */
function addCover(needed: Set<string>, table: Table): boolean {
  const isCovered = new Uint8Array(table.rowCount);
  for (const column of table.columns) if (needed.has(column.name) && isMeasured(column)) column.rows.mark(0, isCovered);
  const others = table.columns.filter((column) => !needed.has(column.name) && isMeasured(column));
  for (const column of others.sort((a, b) => b.rows.length - a.rows.length)) {
    if (!isCovered.includes(0)) return true;
    if (!hasOpenRow(column, isCovered)) continue;
    needed.add(column.name);
    column.rows.mark(0, isCovered);
  }
  return !isCovered.includes(0);
}

function hasOpenRow({ rows }: Column, isCovered: Uint8Array): boolean {
  for (let i = 0; i < rows.length; i++) if (isCovered[rows.at(i)] === 0) return true;
  return false;
}
