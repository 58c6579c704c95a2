import type { Verdict } from '../core/forecast/forecaster.ts';

/** What a hint needs of a forecast: a summary of a few hundred bytes. */
export interface ForecastSummary {
  /** Uri of the log. */
  readonly log: string;
  readonly run: string;
  readonly xName: string;
  readonly lastX: number;
  readonly sentence: string;
  readonly series: string;
  readonly direction: 'lower' | 'higher' | 'none';
  readonly verdict: Verdict;
  readonly reason: string;
  readonly now: number;
  readonly limit: {
    readonly value: number;
    readonly lower: number;
    readonly upper: number;
    readonly level: number;
  } | null;
  readonly settling: {
    readonly tolerance: number;
    readonly x: number;
    readonly lower: number;
    readonly upper: number;
  } | null;
  readonly progress: number | null;
  /** Observed points and forecast, at most 60 of each, for the small curve and for what the rest of a budget buys. */
  readonly points: readonly (readonly [number, number])[];
  readonly forecast: readonly {
    readonly x: number;
    readonly y: number;
    readonly lower: number;
    readonly upper: number;
  }[];
  /** Steps an epoch, where the log relates the two; turns a budget in one unit into the other. */
  readonly stepsPerEpoch: number | null;
}

export type ForecastAnswer =
  | { readonly kind: 'forecast'; readonly summary: ForecastSummary }
  | { readonly kind: 'pending'; readonly note: string }
  | { readonly kind: 'none'; readonly message: string };

/** Server → client: asks for the forecast of the run that belongs to a config. */
export interface ForecastParams {
  /** Uri of the config. */
  readonly config: string;
  /** Paths the config names (output_dir, logging_dir …) as written there, surest first. */
  readonly outputPaths: readonly string[];
}
export const forecastRequest = 'ceilingLens/forecast';

/** Client → server: forecasts changed, hints are stale. No parameters. */
export const forecastsChanged = 'ceilingLens/forecastsChanged';
