import type { Problem } from '../problem.ts';
import type { Budget, Direction, Role } from '../runs/run.ts';

export interface InspectedSeries {
  readonly name: string;
  readonly x: string;
  readonly role: Role;
  readonly direction: Direction;
  readonly n: number;
  /** [x, y], by x after cleaning; null for an empty series. */
  readonly first: readonly [number, number] | null;
  readonly last: readonly [number, number] | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly why: string;
}

export interface InspectedRun {
  readonly name: string;
  readonly x: {
    readonly name: string;
    readonly count: number;
    readonly first: number | null;
    readonly last: number | null;
  };
  readonly budget: Budget | null;
  /** Steps an epoch, where the log has both. */
  readonly stepsPerEpoch: number | null;
  readonly series: readonly InspectedSeries[];
}

/** What `inspect --json` prints: a public contract, fields are only ever added. */
export interface InspectReport {
  readonly schema: 1;
  readonly log: string;
  readonly format: string;
  readonly confidence: number;
  readonly because: string;
  /** The format was chosen by the user, whatever the content looks like. */
  readonly isFormatChosen: boolean;
  readonly bytes: number;
  readonly runs: readonly InspectedRun[];
  readonly problems: readonly Problem[];
}
