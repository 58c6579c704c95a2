import type { InjectionMark } from '../dynamics/externalData.ts';
import type { Role, RunChoices } from '../runs/run.ts';
import type { InspectReport } from './inspectReport.ts';
import type { PredictReport } from './predictReport.ts';

export interface PredictRequest {
  readonly choices: RunChoices;
  /** x values to forecast at; null: a grid to twice the observed span. */
  readonly at: readonly number[] | null;
  /** Use only the first so many checkpoints; null: all. */
  readonly until: number | null;
  readonly level: number;
  readonly tolerance: number;
  /** When external data was injected; without it, a column of the log that says so is asked. */
  readonly injections?: readonly InjectionMark[];
}

/** What a picture of one series needs: observed points (decimated where there are many) and the fit at them. */
export interface Drawing {
  readonly name: string;
  readonly role: Role;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Standard errors of y, NaN where one is not known; empty where the log has none. */
  readonly errors: Float64Array;
  readonly fitted: Float64Array;
}

export interface Prediction {
  readonly report: PredictReport;
  /** One for each of report.series, in the same order. */
  readonly drawings: readonly Drawing[];
}

export interface Predicted extends Prediction {
  /** Of the log as it was forecast: while it is the same, so is the forecast. */
  readonly revision: number;
}

export interface Opened {
  readonly report: InspectReport;
  /** Rises when what was read changes what the log says: a line without a record does not. */
  readonly revision: number;
  /** Bytes that this call read from the log. */
  readonly bytesRead: number;
  /** True when the log was cut or replaced since the last call and was read anew. */
  readonly startedOver: boolean;
}

/** What a format makes of a log. */
export interface FormatJudgement {
  readonly id: string;
  readonly title: string;
  /** 0 to 1; null where the log does not look like it. */
  readonly confidence: number | null;
  /** Why, in plain words; empty without a confidence. */
  readonly because: string;
}
