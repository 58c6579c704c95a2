import { Refusal } from '../problem.ts';
import { axisRank, clockRank, isEpochAxis, isOuterAxis } from './axisNames.ts';
import { byRow } from './byRow.ts';
import { mostlyStill } from './cleanSeries.ts';
import { membership } from './membership.ts';
import { nearestNames } from './nearestNames.ts';
import { placeInEpoch } from './placeInEpoch.ts';
import type { RunChoices } from './run.ts';
import type { Column, Table } from './table.ts';

/** Share of a series' values that have the main axis, under which another axis is looked for. */
const enoughX = 0.9;
/** Share of a run's rows that its main axis has at least; other rows have axes of their own. */
const enoughOfRun = 0.5;
/** The same where no axis has as much: each part of the rows has an axis of its own then. */
const enoughAlone = 0.3;
/** How many times as often another axis must rise to be taken instead of one whose name suits better. */
const muchFiner = 4;
const firstClockOfFormats = 8;
/** An axis that falls from record to record is read from its end, where so many records leave no doubt. */
const fewestFalling = 3;
/** Name of the axis that counts records where the log has none. */
export const rowAxis = 'row';

export interface Axis {
  readonly name: string;
  /** Of every row of the table, NaN where it has none. */
  readonly values: Float64Array;
  /** The column whose values they are, the count of some records, or the place in an epoch. */
  readonly source: Column | 'records' | 'place';
}

interface Usefulness {
  readonly share: number;
  readonly moves: boolean;
  readonly rises: number;
  /** Each row has a greater value than the one before. */
  readonly isStrict: boolean;
  /** Each value is less than the one before: the newest record stands first. */
  readonly onlyFalls: boolean;
}

interface Candidate {
  readonly axis: Axis;
  readonly share: number;
}

/** Finds and keeps the axes of a table. */
export class AxisFinder {
  readonly #table: Table;
  readonly #candidates: readonly { readonly column: Column; readonly rank: number }[];
  readonly #values = new Map<string, Axis>();
  /** By rows and axis: most series have the same rows. */
  readonly #useful = new WeakMap<Int32Array, Map<Axis, Usefulness>>();
  readonly #rowCounts = new WeakMap<Int32Array, Axis>();
  readonly #chosen: Column | null;

  constructor(table: Table, { x }: RunChoices) {
    this.#table = table;
    const numeric = table.columns.filter((column) => column.rows.length > 0);
    this.#candidates = numeric
      .flatMap((column) => {
        const rank = column.facts?.axis ?? axisRank(column.name);
        // What a format says of its axes comes before what names suggest.
        return rank === null || rank === undefined
          ? []
          : [{ column, rank: column.facts?.axis === undefined ? rank + 100 : rank }];
      })
      .sort((a, b) => a.rank - b.rank);
    this.#chosen = x === undefined ? null : (numeric.find((column) => column.name === x) ?? null);
    if (x !== undefined && this.#chosen === null && x !== rowAxis) {
      throw new Refusal(
        'no-such-x',
        `There is no column "${x}" with numbers for the x axis; ${nearestNames(
          x,
          numeric.map(({ name }) => name),
        )}.`,
      );
    }
    this.#isByRow = x === rowAxis;
  }

  readonly #isByRow: boolean;

  /** The axis of most rows: the best-ranked column that they have and that moves. */
  main(rows: Int32Array): Axis {
    if (this.#isByRow) return this.#byRow(rows);
    if (this.#chosen !== null) {
      return (isOuterAxis(this.#chosen.name) ? this.#within(rows, this.#chosen) : null) ?? this.#axisOf(this.#chosen);
    }
    const all = this.#candidates
      .map(({ column, rank }) => ({ axis: this.#axisOf(column), rank }))
      .map((candidate) => ({ ...candidate, ...this.#usefulness(candidate.axis, rows) }));
    const useful = all.filter(({ moves }) => moves);
    const falling = useful.length > 0 ? undefined : all.find((one) => one.onlyFalls && one.share >= enoughX);
    if (falling !== undefined) return falling.axis;
    const outer = useful.find(({ axis, share }) => share >= enoughAlone && isOuterAxis(axis.name));
    const within = outer === undefined ? null : this.#within(rows, this.#columnOf(outer.axis));
    if (within !== null) return within;
    const full = useful.filter(({ share }) => share >= enoughOfRun);
    const [first] = full;
    const partial = useful.filter(({ share, rank }) => share >= enoughAlone && !isClock(rank));
    if (first !== undefined && isClock(first.rank) && partial.length > 0) return fullest(partial).axis;
    if (first !== undefined) {
      // A counter that stands still while another counts on is a setting of the round, not the run's progress.
      const finer = full.find(({ rises, rank }) => !isClock(rank) && rises >= muchFiner * first.rises);
      return (finer ?? (this.#isRounded(first, rows) ? full.find((one) => isUnrounded(one, first)) : null) ?? first)
        .axis;
    }
    const alone = useful.filter(({ share }) => share >= enoughAlone);
    return alone.length > 0 ? fullest(alone).axis : this.#byRow(rows);
  }

  /**
   * The main axis, or where a series lacks it the first other one that it has; the count of its records where x
   * stands still and does not tell points apart.
   * @param y its values, one for each of the rows.
   */
  forSeries(rows: Int32Array, main: Axis, column: Column, y: Float64Array): Axis {
    const axis = this.#ownAxis(rows, main, column);
    const isStill =
      this.#chosen === null &&
      !this.#usefulness(axis, rows).isStrict &&
      !mayHaveSeveral(axis) &&
      stillSteps(axis.values, rows, y) > mostlyStill * (rows.length - 1);
    return isStill ? this.#byRow(rows) : axis;
  }

  #ownAxis(rows: Int32Array, main: Axis, column: Column): Axis {
    if (this.#usefulness(main, rows).share >= enoughX) return main;
    for (const candidate of this.#candidates) {
      if (candidate.column === column) continue;
      const axis = this.#axisOf(candidate.column);
      const { share, moves } = this.#usefulness(axis, rows);
      if (share >= enoughX && (moves || rows.length === 1)) return axis;
    }
    return this.#usefulness(main, rows).share > 0 ? main : this.#byRow(rows);
  }

  /** Epochs with the place in them, where another counter starts over in each epoch. */
  #within(rows: Int32Array, outer: Column | null): Axis | null {
    if (outer === null) return null;
    const epochs = this.#axisOf(outer).values;
    for (const { column, rank } of this.#candidates) {
      if (column === outer || isClock(rank)) continue;
      const values = placeInEpoch(epochs, this.#axisOf(column).values, rows);
      if (values !== null) return { name: outer.name, values, source: 'place' };
    }
    return null;
  }

  #columnOf({ name }: Axis): Column | null {
    return this.#candidates.find(({ column }) => column.name === name)?.column ?? null;
  }

  /** Whether the log rounds its epochs so much that records share one. */
  #isRounded({ axis, rank }: { readonly axis: Axis; readonly rank: number }, rows: Int32Array): boolean {
    if (rank >= 100 || !isEpochAxis(axis.name)) return false;
    const isIn = membership(this.#table, rows);
    return this.#table.columns.some((column) => {
      if (column.facts?.axis !== undefined || column.rows.length < rows.length / 2) return false;
      const own = column.rows.view();
      let last = Number.NaN;
      return own.some((row) => {
        const at = isIn[row] === 1 ? (axis.values[row] ?? Number.NaN) : Number.NaN;
        const isSame = at === last;
        last = at;
        return isSame;
      });
    });
  }

  #axisOf(column: Column): Axis {
    const { name } = column;
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const axis = { name, values: byRow(column, this.#table.rowCount), source: column };
    this.#values.set(name, axis);
    return axis;
  }

  /** Counts the records from 1. */
  #byRow(rows: Int32Array): Axis {
    const known = this.#rowCounts.get(rows);
    if (known !== undefined) return known;
    const all = new Float64Array(this.#table.rowCount).fill(Number.NaN);
    rows.forEach((row, i) => {
      all[row] = i + 1;
    });
    const axis: Axis = { name: rowAxis, values: all, source: 'records' };
    this.#rowCounts.set(rows, axis);
    return axis;
  }

  #usefulness(axis: Axis, rows: Int32Array): Usefulness {
    let ofRows = this.#useful.get(rows);
    if (ofRows === undefined) {
      ofRows = new Map();
      this.#useful.set(rows, ofRows);
    }
    const known = ofRows.get(axis) ?? usefulness(axis, rows);
    ofRows.set(axis, known);
    return known;
  }
}

/** Of ranks by name those of clocks; a format gives its own clocks the ranks from 8 on. */
const isClock = (rank: number): boolean => (rank >= 100 ? rank - 100 >= clockRank : rank >= firstClockOfFormats);

/** Whether a column is an axis that goes on whatever the run does. */
export function isClockAxis({ name, facts }: Column): boolean {
  const rank = facts?.axis ?? axisRank(name);
  return rank !== null && (facts?.axis === undefined ? rank >= clockRank : rank >= firstClockOfFormats);
}

/**
 * Whether several values at one x are of one point, such as those of several processes, which have a mean: epochs and rounds
 * hold many points, and clocks are too coarse to tell.
 */
export function mayHaveSeveral({ source, name }: Axis): boolean {
  return source !== 'records' && source !== 'place' && !isOuterAxis(name) && !isClockAxis(source);
}

/** Another counter of the format that rises where the rounded one does not. */
const isUnrounded = (one: { rank: number; rises: number }, rounded: { rank: number; rises: number }): boolean =>
  one.rank < 100 && one.rank !== rounded.rank && !isClock(one.rank) && one.rises > rounded.rises;

function stillSteps(x: Float64Array, rows: Int32Array, y: Float64Array): number {
  let still = 0;
  for (let i = 1; i < rows.length; i++) {
    if (x[rows[i] ?? 0] === x[rows[i - 1] ?? 0] && y[i] !== y[i - 1]) still += 1;
  }
  return still;
}

const fullest = <C extends Candidate>(candidates: readonly C[]): C =>
  candidates.reduce((most, one) => (one.share > most.share ? one : most));

function usefulness({ values }: Axis, rows: Int32Array): Usefulness {
  let there = 0;
  let rises = 0;
  let falls = 0;
  let last = Number.NaN;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i] ?? 0] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    there += 1;
    if (value > last) rises += 1;
    if (value < last) falls += 1;
    last = value;
  }
  const isStrict = there === rows.length && rises === rows.length - 1;
  const onlyFalls = there >= fewestFalling && falls === there - 1;
  return { share: there / Math.max(1, rows.length), moves: rises > falls || there === 1, rises, isStrict, onlyFalls };
}
