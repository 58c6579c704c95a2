import type { Control } from '../control.ts';
import type { WeighedFamily } from '../fit/curveFamilies.ts';
import type { Direction, Role, ValueRange } from '../runs/run.ts';

export type Verdict = 'identified' | 'too-early' | 'no-trend';

/** A value with the interval that holds it with probability `level`. */
export interface Interval {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
}

/** One series as a forecaster takes it: x strictly rising, both finite, equal lengths; no length is refused. */
export interface SeriesInput {
  readonly name: string;
  readonly role: Role;
  readonly direction: Direction;
  readonly range: ValueRange;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Factor on every interval where something outside of the values makes the tail less like the past; default 1. */
  readonly doubt?: number;
  /** Standard errors of y, where the log has them; weights are their inverse squares. */
  readonly standardErrors?: Float64Array;
}

export interface ForecastRequest {
  /** x values to forecast at; null: a grid from the last checkpoint to twice the observed span. */
  readonly at: Float64Array | null;
  /** Probability that an interval holds, e.g. 0.9. */
  readonly level: number;
  /** Remainder, as a share of the whole way from first checkpoint to limit, under which the run has settled. */
  readonly tolerance: number;
  /** Ways to relax that are weighed beside those that are always tried, such as a formula of the user's. */
  readonly families?: readonly WeighedFamily[];
}

export interface ForecastPoint {
  readonly x: number;
  readonly y: number;
  readonly lower: number;
  readonly upper: number;
}

/** x at which the remainder is under the tolerance. */
export interface Settling {
  readonly tolerance: number;
  readonly x: number;
  readonly lower: number;
  readonly upper: number;
}

export interface ModelWeight {
  readonly name: string;
  /** 0 to 1; the weights of a series sum to 1. */
  readonly weight: number;
  readonly limit: number | null;
}

export type ReasonCode =
  | 'few-checkpoints'
  | 'unchanging'
  | 'jump'
  | 'no-trend'
  | 'wide-limit'
  | 'newest-part'
  | 'bounded-limit';

/** A step that no smooth curve makes. */
export interface JumpMark {
  /** x of the first checkpoint after it, and which that is, counted from 1. */
  readonly x: number;
  readonly checkpoint: number;
  /** Its size as a share of the range. */
  readonly share: number;
}

/** What a forecast is made of. */
export interface Evidence {
  /** What decided the verdict. */
  readonly because: ReasonCode;
  /** Whether limit and forecast are those of one rate for solver and verifier, not of the weighed curves. */
  readonly oneRate: boolean;
  /** Where the newest part leads by twice the run's length, if the interval of the limit was widened for it; else null. */
  readonly newestEnd: number | null;
  /** Whether the interval of the limit was widened to begin where the run is, as a schedule may end it before its limit. */
  readonly reachesBack: boolean;
  /** First checkpoint that counts, from 1: after a jump where the forecast starts anew there. */
  readonly since: number;
  readonly checkpoints: number;
  /** Averages into which checkpoints were put before the limit was weighed; as many as checkpoints up to 64. */
  readonly blocks: number;
  readonly jumps: readonly JumpMark[];
  /** Checkpoints that stand alone and weigh less, at most twenty of them, with what they weigh of an ordinary one. */
  readonly downWeighted: readonly { readonly x: number; readonly y: number; readonly weight: number }[];
  readonly downWeightedCount: number;
  /** Root mean square errors in forecasting the run's own past, as shares of its range; null where it is too short. */
  readonly past: { readonly curves: number; readonly recentLevel: number; readonly lastValue: number } | null;
}

export interface SeriesForecast {
  readonly name: string;
  readonly role: Role;
  readonly direction: Direction;
  readonly n: number;
  /** In-sample R² of this series' own fit; null where it has no meaning. Not a measure of the forecast. */
  readonly r2: number | null;
  /** null unless the verdict is `identified`. */
  readonly limit: Interval | null;
  readonly verdict: Verdict;
  /** The reason of the verdict in plain words with the figures that matter: one sentence. */
  readonly reason: string;
  readonly settling: Settling | null;
  readonly models: readonly ModelWeight[];
  /** Fitted curve at the observed x. */
  readonly fitted: Float64Array;
  readonly forecast: readonly ForecastPoint[];
  /** Share of the way from the first fitted value to the limit that is done, 0 to 1. */
  readonly progress: number | null;
  /** Ascending: the ends of what may be the limit where the verdict is `too-early`, else the limits of the models that fit. */
  readonly alternatives: readonly number[];
  /** About how many more checkpoints would decide, where the verdict is `too-early`; null where four times as many would not. */
  readonly moreCheckpoints: number | null;
  readonly evidence: Evidence;
}

/**
 * The seam of the forecasting method. Takes the series of one run together (a method may use that G = U_s - U_v) and
 * answers one forecast a series, in the same order. Pure: same input, same output, to the last bit.
 */
export interface Forecaster {
  readonly name: string;
  forecast(series: readonly SeriesInput[], request: ForecastRequest, control: Control): readonly SeriesForecast[];
}
