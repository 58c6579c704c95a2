import { type Control, unwatched } from '../control.ts';
import type { Problem } from '../problem.ts';
import { Refusal } from '../problem.ts';
import type { Axis } from './axisFinder.ts';
import { AxisFinder, mayHaveSeveral } from './axisFinder.ts';
import { axisRank } from './axisNames.ts';
import { CellsOfPart } from './cellsOfPart.ts';
import { cleanSeries } from './cleanSeries.ts';
import { coldDraft } from './coldDraft.ts';
import type { ColdPart } from './coldParts.ts';
import { ColdPlaces, type SummedUp } from './coldPlaces.ts';
import type { SeriesDraft } from './describeSeries.ts';
import { type FallKind, type FallReading, overtaken, readFalls, rising } from './fallingX.ts';
import { finishRun, isMeasured, type PartOfRun, placedOn, type RowsOfRun } from './finishRun.ts';
import { groupColumns } from './groupColumns.ts';
import { LookControl } from './lookControl.ts';
import type { MedianWithin } from './medianWithin.ts';
import { nearestNames } from './nearestNames.ts';
import { partRows } from './partRows.ts';
import { Places, valuesAt } from './places.ts';
import { indexFrom } from './risingValues.ts';
import { rowsThatHold } from './rowsThatHold.ts';
import type { Resume, Run, RunChoices } from './run.ts';
import { fallProblems, secondRun } from './runProblems.ts';
import { selectRows } from './selectRows.ts';
import { seriesFalls } from './seriesFalls.ts';
import { splitBy } from './splitBy.ts';
import { StandardErrors } from './standardErrors.ts';
import type { Column, Table } from './table.ts';

/** What columns say of others: which of them count progress, and which have standard errors. */
interface Found {
  readonly axes: AxisFinder;
  readonly errors: StandardErrors;
  readonly places: Places;
  readonly cold: ColdPlaces;
  readonly look: LookControl;
}

/** What the newest run is made of: rows at the end of the log, over an axis that rises in those of them that hold. */
export interface NewestRun {
  readonly main: Axis;
  readonly drafts: readonly SeriesDraft[];
  readonly rows: Int32Array;
  /** Without those of its values. */
  readonly problems: readonly Problem[];
  /** As long as this holds and the axis does not fall, what comes is of this run; null: as long as it does not fall. */
  readonly spacing: MedianWithin | null;
}

export interface BuiltRuns {
  /** The newest last. */
  readonly runs: readonly Run[];
  /** null where it does not simply go on: rows were chosen or split by the values of columns, or x takes turns. */
  readonly newest: NewestRun | null;
  /** What is said of cold columns holds. */
  readonly isTold: boolean;
  /** By which cold columns can be summed up so that it does; null where their values are needed. */
  readonly parts: readonly ColdPart[] | null;
}

/**
 * Turns the rows of a log into runs, the newest last: slices, finds the axes, splits what is several runs, cleans, and says
 * what each series means.
 * @throws Refusal where a choice names what is not there, Cancelled once the control says so.
 */
export const buildRuns = (table: Table, choices: RunChoices): readonly Run[] => buildAll(table, choices).runs;

/** The same, with what the newest run is made of. */
export function buildAll(table: Table, choices: RunChoices, control: Control = unwatched): BuiltRuns {
  const selected = selectRows(table, choices.where ?? []);
  const segments = table.segments.map((segment, i): RowsOfRun => {
    const end = table.segments[i + 1]?.firstRow ?? table.rowCount;
    const rows = selected.subarray(indexFrom(selected, segment.firstRow), indexFrom(selected, end));
    return { name: segment.name, budget: segment.budget, rows };
  });
  const found: Found = {
    axes: new AxisFinder(table, choices),
    errors: new StandardErrors(table),
    places: new Places(),
    cold: new ColdPlaces(),
    look: new LookControl(control, table.rowCount, table.columns.filter(({ rows }) => rows.length > 0).length),
  };
  const made = segments.flatMap((segment) =>
    segment.rows.length === 0 ? [] : runsOfSegment(table, segment, found, choices),
  );
  const runs = withDistinctNames(made.map(({ run }) => run));
  checkChosen(runs, choices);
  const last = made.at(-1);
  const isOpen = (segments.at(-1)?.rows.length ?? 0) > 0 && (choices.where ?? []).length === 0;
  const hasErrors = runs.some(({ series }) => series.some(({ standardErrors }) => standardErrors !== undefined));
  return {
    runs,
    newest: isOpen && !hasErrors ? (last?.newest ?? null) : null,
    isTold: isOpen && !hasErrors && made.every(({ isTold }) => isTold),
    parts: isOpen && !hasErrors && found.cold.canBeSummedUp ? allOf(made.map(({ part }) => part)) : null,
  };
}

interface MadeRun {
  readonly run: Run;
  /** null where it could not go on simply even if it were the newest. */
  readonly newest: NewestRun | null;
  readonly isTold: boolean;
  readonly part: ColdPart | null;
}

function allOf<T>(items: readonly (T | null)[]): readonly T[] | null {
  const there = items.filter((item) => item !== null);
  return there.length === items.length ? there : null;
}

function runsOfSegment(table: Table, segment: RowsOfRun, found: Found, choices: RunChoices): MadeRun[] {
  const { axes, look } = found;
  look.check();
  const main = axes.main(segment.rows);
  look.check();
  const values = valueColumns(table, main.name);
  const x = valuesAt(main.values, segment.rows);
  const grouping = groupColumns(table, segment.rows, x, fullest(values));
  look.check();
  const byRun = splitBy(segment.rows, grouping.runs);
  return [...byRun].flatMap(([label, rows]) => {
    const name = label === '' ? segment.name : [segment.name, label].filter((part) => part !== null).join(' ');
    const part: RowsOfRun = { name, budget: segment.budget, rows };
    if (grouping.series.length > 0) {
      return [{ run: longRun(table, part, found, grouping.series, choices), newest: null, isTold: false, part: null }];
    }
    look.check();
    const reading = readPart(table, rows, main, values);
    return reading.parts.map((from, i) => {
      const to = reading.parts[i + 1] ?? rows.length;
      const several = reading.parts.length > 1;
      const all = rows.subarray(from, to);
      const holding = reading.kind === 'resumed' ? rowsThatHold(valuesAt(main.values, all)) : null;
      const goesOn = !reading.mayTurn && (holding?.goesOn ?? !ordersByX.has(reading.kind));
      return wideRun(
        table,
        {
          name: several ? [name, `run ${i + 1}`].filter((one) => one !== null).join(' ') : name,
          budget: segment.budget,
          rows: holding === null ? all : holding.kept.map((at) => all[at] ?? 0),
          isShared: reading.kind === 'overtaken',
        },
        found,
        choices,
        several && i === 0
          ? [secondRun(table, rows[reading.parts[1] ?? 0] ?? 0, main.name)]
          : fallProblems(reading.kind, main.name, holding?.hasFalseStart ?? false),
        holding?.resumes ?? [],
        goesOn && grouping.runs.length === 0 ? { main, spacing: reading.spacing } : null,
      );
    });
  });
}

/** Kinds of a log whose records do not stand in the order of the run: what is appended may belong anywhere in it. */
const ordersByX: ReadonlySet<FallKind> = new Set(['two-writers', 'overtaken', 'newest-first']);

/** How x goes in the segment of which a run is the newest part. */
interface GoingOn {
  readonly main: Axis;
  readonly spacing: MedianWithin | null;
}

function readPart(table: Table, rows: Int32Array, main: Axis, values: readonly Column[]): FallReading {
  const reading = readFalls(valuesAt(main.values, rows));
  if (reading.kind === 'rising') return reading;
  const falls = seriesFalls(table, rows, values.filter(isMeasured), main.values);
  if (falls === 'rising') return rising;
  if (falls === 'overtaken' && reading.kind !== 'newest-first') return overtaken;
  return falls === 'soon-overtaken' ? { ...reading, mayTurn: true } : reading;
}

/** Rows of one run; shared, where several processes log its checkpoints. */
type WideRows = RowsOfRun & { readonly isShared: boolean };

function wideRun(
  table: Table,
  part: WideRows,
  found: Found,
  choices: RunChoices,
  problems: readonly Problem[],
  resumes: readonly Resume[],
  goingOn: GoingOn | null,
): MadeRun {
  found.look.check();
  const main = found.axes.main(part.rows);
  const cells = new CellsOfPart(table, part.rows);
  found.look.check();
  const coldPart = table.coldParts === null ? 'whole' : table.coldParts.find(table, { rows: part.rows, main });
  const drafts = valueColumns(table, main.name).flatMap((column): SeriesDraft[] => {
    const draft = draftOf(column, column.name, cells, main, found, coldPart, part.isShared);
    return draft === null ? [] : [draft];
  });
  // A cold series without places is one of which not all is told.
  const isTold = drafts.every(({ cold, clean }) => cold === null || clean.x.length > 0);
  const isWhole = part.rows.length === table.rowCount;
  // Records are counted from the first of the table, and a place in an epoch is of no column.
  const isOfColumn = main.source !== 'records' && main.source !== 'place';
  const goesOn = goingOn !== null && isTold && (isWhole || (isOfColumn && main === goingOn.main));
  return {
    run: {
      ...finishRun(table, withPart(table, part), placedOn(main.name, drafts), choices, problems),
      resumes,
    },
    newest: goesOn ? { main, drafts, rows: part.rows, problems, spacing: goingOn.spacing } : null,
    isTold,
    part: isOfColumn ? { rows: part.rows, main } : null,
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
      const draft = draftOf(column, onlyValues ? label : `${label}/${column.name}`, cells, main, found, null);
      return draft === null ? [] : [{ ...draft, meant: onlyValues ? `${label} ${column.name}` : draft.name }];
    });
  });
  return finishRun(table, withPart(table, part), placedOn(main.name, drafts), choices, []);
}

const withPart = (table: Table, part: RowsOfRun): PartOfRun => ({ ...part, rows: partRows(part.rows, table.rowCount) });

function draftOf(
  column: Column,
  name: string,
  cells: CellsOfPart,
  main: Axis,
  found: Found,
  coldPart: SummedUp,
  isShared = false,
): SeriesDraft | null {
  const { rows, y } = cells.of(column);
  found.look.lookedAt(rows.length);
  if (rows.length === 0) return null;
  const axis = found.axes.forSeries(rows, main, column, y);
  const { x, isRising } = found.places.of(axis, rows);
  if (column.cold !== null) {
    const summary =
      (typeof coldPart === 'number' ? column.cold.ofEarlier(coldPart) : undefined) ??
      column.cold.summary(column.values);
    const places = found.cold.of(column, rows, axis === main ? x : null, coldPart);
    return coldDraft({ name, meant: name, column, axis, errors: null }, places, summary);
  }
  const clean = cleanSeries(x, y, isRising, mayHaveSeveral(axis), isShared);
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
  return table.columns.filter((column) => column.rows.length > 0 && mayBeSeries(column, xName));
}

/** Whether the values of a column are a series where there are some. */
export const mayBeSeries = ({ name, facts }: Column, xName: string): boolean =>
  name !== xName && facts?.isMade !== true;

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

/** @throws Refusal where a series that was chosen is not there. */
export function checkChosen(runs: readonly Run[], choices: RunChoices): void {
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
