import type { Problem } from '../problem.ts';

export type Role = 'solver' | 'verifier' | 'gap' | 'none';
export type Direction = 'lower' | 'higher' | 'none';

/** What the metric allows, where that is known from its name: an accuracy in [0, 1], a loss at least 0. */
export interface ValueRange {
  readonly lower?: number;
  readonly upper?: number;
}

/** What is known of a series without its values. */
export interface ColdSeries {
  readonly n: number;
  readonly first: readonly [x: number, y: number] | null;
  readonly last: readonly [x: number, y: number] | null;
}

/** A named column over x, cleaned: x strictly rising, x and y finite, equal lengths. */
export interface Series {
  readonly name: string;
  /** Name of its x axis (a run may have several counters). */
  readonly xName: string;
  readonly role: Role;
  readonly direction: Direction;
  readonly range: ValueRange;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Least and greatest y; infinite, and the wrong way round, without a value. */
  readonly min: number;
  readonly max: number;
  /** Of a series whose values are not kept: then y is empty, and x has the places of all cells. */
  readonly cold?: ColdSeries;
  /** Standard errors of y where the log has them, one for each x; NaN where one is missing. */
  readonly standardErrors?: Float64Array;
  /** How many values at its end are no finite numbers, where all before them are. */
  readonly lost?: number;
  /** Why it has this role and direction, in plain words. */
  readonly why: string;
}

/** The end of the run as planned, where the log says it. */
export interface Budget {
  readonly x: number;
  readonly unit: string;
  readonly from: string;
}

/** A place at which a run went on from an earlier checkpoint: what was logged after it before holds no more. */
export interface Resume {
  /** First checkpoint of what went on. */
  readonly x: number;
  /** The last one that had been reached before. */
  readonly left: number;
}

export interface Run {
  readonly name: string;
  /** Name of the main x axis. */
  readonly xName: string;
  /** Cleaned values of the main x axis at which at least one series has a value, strictly rising. */
  readonly checkpoints: Float64Array;
  readonly budget: Budget | null;
  /** Steps an epoch, where the log has both; turns a budget in one unit into the other. */
  readonly stepsPerEpoch: number | null;
  readonly series: readonly Series[];
  /** In the order of the main x axis. */
  readonly resumes: readonly Resume[];
  readonly problems: readonly Problem[];
}

/** What the user may settle; everything absent is found by name and content. */
export interface RunChoices {
  /** Id of the format that the log is read as. */
  readonly format?: string;
  readonly x?: string;
  readonly solver?: string;
  readonly verifier?: string;
  readonly gap?: string;
  /** Restricts the forecast to these series. */
  readonly series?: readonly string[];
  readonly run?: string;
  /** `COLUMN=VALUE`, all must hold. */
  readonly where?: readonly string[];
  /** `name = expression` over series names. */
  readonly derive?: readonly string[];
  /** A curve of t, weighed beside the known ones: `L + a*exp(-k*t^c), k in 0.1..10`. */
  readonly formula?: string;
  /** Per-series direction, by series name. */
  readonly directions?: Readonly<Record<string, Direction>>;
}
