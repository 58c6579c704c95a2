import { chosenSeries } from './chosenSeries.ts';
import { isMeasured } from './finishRun.ts';
import { mayGroup } from './groupColumns.ts';
import { isGroup } from './neededColumns.ts';
import type { Run } from './run.ts';
import { mayTellErrorsOf } from './standardErrors.ts';
import type { Table } from './table.ts';
import { tellsOfRun } from './toldOfRuns.ts';

/**
 * Share of the rows. What fewer have takes less memory than it would to know where it stands, and asking for it would cost
 * reading all of the log once more.
 */
const fewRows = 1 / 16;

/**
 * Names of the columns of a large log whose values need not be kept until they are asked for: plain measurements that are
 * not forecast unasked, judged by the beginning of the log. Empty where the log is not so plain that its beginning tells.
 */
export function coldColumns(beginning: Table, runs: readonly Run[]): ReadonlySet<string> {
  const [run] = runs;
  if (run === undefined || runs.length !== 1) return new Set();
  if (beginning.columns.some((column) => isGroup(column, beginning))) return new Set();
  const withRole = run.series.filter(({ role }) => role !== 'none');
  const hot = new Set([...chosenSeries(run, undefined), ...withRole].map(({ name }) => name));
  const all = new Set(beginning.columns.map(({ name }) => name));
  const cold = beginning.columns.filter(
    (column) =>
      isMeasured(column) &&
      column.rows.length > fewRows * beginning.rowCount &&
      !mayGroup(column) &&
      !hot.has(column.name) &&
      !tellsOfRun(column.name) &&
      !mayTellErrorsOf(column.name, all),
  );
  return new Set(cold.map(({ name }) => name));
}

/** Of the columns whose values are not kept, those without which the run cannot be forecast as asked. */
export function coldOfForecast(run: Run, asked: readonly string[] | undefined): readonly string[] {
  const chosen = new Set(chosenSeries(run, asked));
  return run.series.flatMap((series) => {
    const matters = chosen.has(series) || series.role !== 'none' || tellsOfRun(series.name);
    return series.cold !== undefined && matters ? [series.name] : [];
  });
}
