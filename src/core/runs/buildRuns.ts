import type { Problem } from '../problem.ts';
import { Refusal } from '../problem.ts';
import type { Axis } from './axisFinder.ts';
import { AxisFinder } from './axisFinder.ts';
import { axisRank } from './axisNames.ts';
import { CellsOfPart } from './cellsOfPart.ts';
import { cleanSeries } from './cleanSeries.ts';
import { coldDraft } from './coldDraft.ts';
import type { SeriesDraft } from './describeSeries.ts';
import { type FallReading, readFalls } from './fallingX.ts';
import { finishRun, isMeasured, placedOn, type RowsOfRun } from './finishRun.ts';
import { groupColumns } from './groupColumns.ts';
import { nearestNames } from './nearestNames.ts';
import { Places, valuesAt } from './places.ts';
import { rowsThatHold } from './rowsThatHold.ts';
import type { Resume, Run, RunChoices } from './run.ts';
import { fallProblems, secondRun } from './runProblems.ts';
import { selectRows } from './selectRows.ts';
import { seriesFall } from './seriesFall.ts';
import { splitBy } from './splitBy.ts';
import { StandardErrors } from './standardErrors.ts';
import type { Column, Table } from './table.ts';

/** What columns say of others: which of them count progress, and which have standard errors. */
interface Found {
  readonly axes: AxisFinder;
  readonly errors: StandardErrors;
  readonly places: Places;
}

/** All rows of a table as one run, made of nothing but its columns over an axis that rises. */
export interface PlainRun {
  readonly main: Axis;
  readonly drafts: readonly SeriesDraft[];
}

export interface BuiltRuns {
  /** The newest last. */
  readonly runs: readonly Run[];
  /** null where rows were chosen, split or overwritten; what is said of cold columns holds for plain runs alone. */
  readonly plain: PlainRun | null;
}

/**
 * Turns the rows of a log into runs, the newest last: slices, finds the axes, splits what is several runs, cleans, and says
 * what each series means.
 * @throws Refusal where a choice names what is not there.
 */
export const buildRuns = (table: Table, choices: RunChoices): readonly Run[] => buildAll(table, choices).runs;

/** The same, with what the run is made of where it is a plain one. */
export function buildAll(table: Table, choices: RunChoices): BuiltRuns {
  const selected = selectRows(table, choices.where ?? []);
  const segments = table.segments.map((segment, i): RowsOfRun => {
    const end = table.segments[i + 1]?.firstRow ?? table.rowCount;
    const isAll = segment.firstRow === 0 && end === table.rowCount;
    const rows = isAll ? selected : selected.filter((row) => row >= segment.firstRow && row < end);
    return { name: segment.name, budget: segment.budget, rows };
  });
  const found: Found = {
    axes: new AxisFinder(table, choices),
    errors: new StandardErrors(table),
    places: new Places(),
  };
  const made = segments.flatMap((segment) =>
    segment.rows.length === 0 ? [] : runsOfSegment(table, segment, found, choices),
  );
  const runs = withDistinctNames(made.map(({ run }) => run));
  checkChosen(runs, choices);
  const [only] = made;
  return { runs, plain: made.length === 1 && only !== undefined ? only.plain : null };
}

interface MadeRun {
  readonly run: Run;
  readonly plain: PlainRun | null;
}

function runsOfSegment(table: Table, segment: RowsOfRun, found: Found, choices: RunChoices): MadeRun[] {
  const { axes } = found;
  const main = axes.main(segment.rows);
  const values = valueColumns(table, main.name);
  const x = valuesAt(main.values, segment.rows);
  const grouping = groupColumns(table, segment.rows, x, fullest(values));
  const byRun = splitBy(segment.rows, grouping.runs);
  return [...byRun].flatMap(([label, rows]) => {
    const name = label === '' ? segment.name : [segment.name, label].filter((part) => part !== null).join(' ');
    const part: RowsOfRun = { name, budget: segment.budget, rows };
    if (grouping.series.length > 0) {
      return [{ run: longRun(table, part, found, grouping.series, choices), plain: null }];
    }
    const reading = readPart(table, rows, main, values);
    return reading.parts.map((from, i) => {
      const to = reading.parts[i + 1] ?? rows.length;
      const several = reading.parts.length > 1;
      const all = rows.subarray(from, to);
      const holding = reading.kind === 'resumed' ? rowsThatHold(valuesAt(main.values, all)) : null;
      return wideRun(
        table,
        {
          name: several ? [name, `run ${i + 1}`].filter((one) => one !== null).join(' ') : name,
          budget: segment.budget,
          rows: holding === null ? all : holding.kept.map((at) => all[at] ?? 0),
        },
        found,
        choices,
        several && i === 0
          ? [secondRun(table, rows[reading.parts[1] ?? 0] ?? 0, main.name)]
          : fallProblems(reading.kind, main.name, holding?.hasFalseStart ?? false),
        holding?.resumes ?? [],
      );
    });
  });
}

function readPart(table: Table, rows: Int32Array, main: Axis, values: readonly Column[]): FallReading {
  const reading = readFalls(valuesAt(main.values, rows));
  if (reading.kind === 'rising') return reading;
  return seriesFall(table, rows, values.filter(isMeasured), main.values) ? reading : { kind: 'rising', parts: [0] };
}

function wideRun(
  table: Table,
  part: RowsOfRun,
  found: Found,
  choices: RunChoices,
  problems: readonly Problem[],
  resumes: readonly Resume[],
): MadeRun {
  const main = found.axes.main(part.rows);
  const cells = new CellsOfPart(table, part.rows);
  const drafts = valueColumns(table, main.name).flatMap((column): SeriesDraft[] => {
    const draft = draftOf(column, column.name, cells, main, found);
    return draft === null ? [] : [draft];
  });
  const isTold = drafts.every(({ cold, column, clean }) => cold === null || clean.x.length === column.rows.length);
  const isPlain = part.rows.length === table.rowCount && problems.length === 0 && isTold;
  return {
    run: { ...finishRun(table, part, placedOn(main.name, drafts), choices, problems), resumes },
    plain: isPlain ? { main, drafts } : null,
  };
}

/** A long table: the values of a column name the series. */
function longRun(table: Table, part: RowsOfRun, found: Found, by: readonly Column[], choices: RunChoices): Run {
  const main = found.axes.main(part.rows);
  const columns = valueColumns(table, main.name).filter(
    (column) => !by.includes(column) && column.facts?.axis === undefined && axisRank(column.name) === null,
  );
  const onlyValues = columns.length === 1;
  const drafts = [...splitBy(part.rows, by, false)].flatMap(([label, rows]) => {
    const cells = new CellsOfPart(table, rows);
    return columns.flatMap((column): SeriesDraft[] => {
      const draft = draftOf(column, onlyValues ? label : `${label}/${column.name}`, cells, main, found);
      return draft === null ? [] : [{ ...draft, meant: onlyValues ? `${label} ${column.name}` : draft.name }];
    });
  });
  return finishRun(table, part, placedOn(main.name, drafts), choices, []);
}

function draftOf(column: Column, name: string, cells: CellsOfPart, main: Axis, found: Found): SeriesDraft | null {
  const { rows, y } = cells.of(column);
  if (rows.length === 0) return null;
  const axis = found.axes.forSeries(rows, main, column, y);
  const { x, isRising } = found.places.of(axis, rows);
  if (column.cold !== null) {
    // Of what is not kept nothing can be sorted or left out: then it is told without places, and holds for no plain run.
    const isTold = isRising && axis === main && rows.length === column.rows.length;
    return coldDraft({ name, meant: name, column, axis, errors: null }, isTold ? x : new Float64Array(0), rows);
  }
  const clean = cleanSeries(x, y, isRising);
  const badRow = clean.firstNotFinite === null ? null : (rows[clean.firstNotFinite] ?? null);
  const errors = errorsAt(found.errors.of(column), rows, clean.kept);
  return { name, meant: name, column, axis, clean, badRow, errors, cold: null };
}

function errorsAt(errors: Float64Array | null, rows: Int32Array, kept: Int32Array | null): Float64Array | null {
  if (errors === null) return null;
  const own = valuesAt(errors, kept === null ? rows : kept.map((i) => rows[i] ?? 0));
  return own.some((error) => error >= 0 && error < Number.POSITIVE_INFINITY) ? own : null;
}

function valueColumns(table: Table, xName: string): Column[] {
  return table.columns.filter(
    (column) => column.rows.length > 0 && column.name !== xName && column.facts?.isMade !== true,
  );
}

function fullest(columns: readonly Column[]): Column | null {
  return columns
    .filter(isMeasured)
    .reduce<Column | null>((most, one) => (one.rows.length > (most?.rows.length ?? 0) ? one : most), null);
}

function withDistinctNames(runs: readonly Run[]): Run[] {
  const seen = new Map<string, number>();
  return runs.map((run, i) => {
    const base = run.name === '' ? (runs.length === 1 ? 'run' : `run ${i + 1}`) : run.name;
    const times = (seen.get(base) ?? 0) + 1;
    seen.set(base, times);
    return { ...run, name: times === 1 ? base : `${base} (${times})` };
  });
}

function checkChosen(runs: readonly Run[], choices: RunChoices): void {
  const names = [...new Set(runs.flatMap(({ series }) => series.map(({ name }) => name)))];
  const asked = [choices.solver, choices.verifier, choices.gap, ...(choices.series ?? [])].filter(
    (name) => name !== undefined,
  );
  // A derived series is made later and may be named before.
  const derived = (choices.derive ?? []).map((text) => text.slice(0, Math.max(0, text.indexOf('='))).trim());
  for (const name of asked) {
    if (!names.includes(name) && !derived.includes(name)) {
      throw new Refusal('no-such-series', `There is no series "${name}"; ${nearestNames(name, names)}.`);
    }
  }
}
