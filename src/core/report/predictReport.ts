import type { Dynamics } from '../dynamics/dynamics.ts';
import type { ExternalData } from '../dynamics/externalData.ts';
import type { Evidence, ForecastPoint, Interval, ModelWeight, Settling, Verdict } from '../forecast/forecaster.ts';
import type { Budget, Direction, Resume, Role } from '../runs/run.ts';

/** What `predict --json` prints for one series: a public contract, fields are only ever added. */
export interface SeriesReport {
  readonly name: string;
  readonly role: Role;
  readonly direction: Direction;
  readonly n: number;
  readonly r2: number | null;
  readonly limit: Interval | null;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly settling: Settling | null;
  readonly models: readonly ModelWeight[];
  readonly forecast: readonly ForecastPoint[];
  /** First observed value. */
  readonly first: number | null;
  /** Last observed value. */
  readonly now: number | null;
  readonly progress: number | null;
  readonly alternatives: readonly number[];
  readonly moreCheckpoints: number | null;
  readonly evidence: Evidence;
}

export interface Warning {
  readonly code: string;
  readonly message: string;
  /** How often it was found, where the message tells of the first of several. */
  readonly count?: number;
}

/** The user's formula fitted to one series by least squares alone, beside its weight among the models. */
export interface FormulaFit {
  readonly name: string;
  /** Level, amplitude and shape, t being 0 at the first checkpoint and 1 at the last; null where nothing can be fitted. */
  readonly parameters:
    | readonly { readonly name: string; readonly value: number; readonly standardError: number }[]
    | null;
  readonly r2: number | null;
  readonly sentence: string;
}

export interface FormulaReport {
  readonly text: string;
  readonly series: readonly FormulaFit[];
}

/** What `predict --json` prints: a public contract, fields are only ever added. */
export interface PredictReport {
  readonly schema: 1;
  readonly log: string;
  readonly format: string;
  readonly run: string;
  readonly x: {
    readonly name: string;
    readonly count: number;
    readonly first: number | null;
    readonly last: number | null;
  };
  readonly budget: Budget | null;
  /** Steps an epoch, where the log has both. */
  readonly stepsPerEpoch: number | null;
  /** Where the run went on from an earlier checkpoint, by x. */
  readonly resumes: readonly Resume[];
  /** The answer in one sentence of plain words, and why, in at most two more. */
  readonly sentence: string;
  readonly why: string;
  readonly series: readonly SeriesReport[];
  readonly dynamics: Dynamics | null;
  /** What external data did, where injections of it are marked. */
  readonly externalData?: ExternalData;
  /** Fits of the user's formula, where one was asked for. */
  readonly formula?: FormulaReport;
  readonly warnings: readonly Warning[];
}
