import type { Problem } from '../problem.ts';
import { axisRank } from './axisNames.ts';
import { describeSeries, type SeriesDraft } from './describeSeries.ts';
import type { PartRows } from './partRows.ts';
import { isWithin, unionOf } from './risingValues.ts';
import type { Budget, Run, RunChoices } from './run.ts';
import { notFinite, severalAtOne } from './runProblems.ts';
import { stepsPerEpoch } from './stepsPerEpoch.ts';
import type { Column, Table } from './table.ts';

/** One run in the making: some rows of a table. */
export interface RowsOfRun {
  readonly name: string | null;
  readonly budget: Budget | null;
  readonly rows: Int32Array;
}

/** The same, with rows that need not be counted up. */
export type PartOfRun = Omit<RowsOfRun, 'rows'> & { readonly rows: PartRows };

/** Series without their meaning, and the checkpoints that they make. */
export interface PlacedDrafts {
  readonly xName: string;
  readonly checkpoints: Float64Array;
  readonly drafts: readonly SeriesDraft[];
}

export function placedOn(mainName: string, drafts: readonly SeriesDraft[]): PlacedDrafts {
  const xName = axisInUse(mainName, drafts);
  return { xName, checkpoints: checkpointsOf(drafts, xName), drafts };
}

export function finishRun(
  table: Table,
  part: PartOfRun,
  { xName, checkpoints, drafts }: PlacedDrafts,
  choices: RunChoices,
  problems: readonly Problem[],
): Run {
  return {
    name: part.name ?? '',
    xName,
    checkpoints,
    budget: part.budget,
    stepsPerEpoch: stepsPerEpoch(table, part.rows),
    series: describeSeries(drafts, choices),
    resumes: [],
    problems: [
      ...problems,
      ...severalAtOne(drafts.filter(({ column }) => isMeasured(column))),
      ...notFinite(table, drafts),
    ],
  };
}

/** The main axis, unless it told the points of no metric apart: then that of the longest. */
function axisInUse(name: string, drafts: readonly SeriesDraft[]): string {
  const measured = drafts.filter(({ column }) => isMeasured(column));
  if (measured.length === 0 || measured.some(({ axis }) => axis.name === name)) return name;
  return measured.reduce((most, one) => (one.clean.x.length > most.clean.x.length ? one : most)).axis.name;
}

function checkpointsOf(drafts: readonly SeriesDraft[], xName: string): Float64Array {
  const own = drafts.flatMap(({ axis, clean }) => (axis.name === xName ? [clean.x] : []));
  own.sort((a, b) => b.length - a.length);
  const [longest] = own;
  if (longest === undefined) return new Float64Array(0);
  // Most series have the same x as the longest.
  return own.reduce((all, x) => (x === all || isWithin(x, all) ? all : unionOf(all, x)), longest);
}

export const isMeasured = ({ name, facts }: Column): boolean => axisRank(name) === null && facts?.axis === undefined;
