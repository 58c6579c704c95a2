import type { Control } from '../control.ts';
import type { SeriesInput } from './forecaster.ts';
import type { Designs } from './gridDesign.ts';
import type { LinearPrior } from './linearPrior.ts';
import { recentPrior, wholePrior } from './linearPrior.ts';
import { newerHalf } from './newerHalf.ts';
import { recentLevel } from './recentLevel.ts';
import { seriesPosterior } from './seriesPosterior.ts';

/** What each way to forecast would have said from one earlier checkpoint, beside what came. */
interface Trial {
  readonly truth: Float64Array;
  readonly whole: Float64Array;
  readonly recent: Float64Array;
  readonly level: number;
  readonly last: number;
}

export interface RollingErrors {
  /** Odds of the newer half against the whole run, by their past errors: over 1 where the newer half was better. */
  readonly recentOdds: number;
  /** 0 to 1, over a half where the mixture with this share of the newer half was better than the recent level. */
  againstLevel(share: number): number;
  /** The same against the last value. */
  againstLast(share: number): number;
}

/** Three origins do as well as five (ratio .745 and .746 on real curves) and cost three fifths. */
const origins = [0.5, 0.7, 0.9] as const;
const fewest = 5;
const points = 4;

/** Forecasts the known past from earlier checkpoints; null where the run is too short for it. */
export function rollingErrors(input: SeriesInput, designs: Designs, control: Control): RollingErrors | null {
  const n = input.x.length;
  const trials = origins.flatMap((share): Trial[] => {
    const k = Math.round(n * share);
    if (k < fewest || k >= n) return [];
    control.check();
    const past = { ...input, x: input.x.slice(0, k), y: input.y.slice(0, k) };
    if (input.standardErrors !== undefined) past.standardErrors = input.standardErrors.slice(0, k);
    const horizon = Math.min(n - k, Math.max(1, Math.floor(n / 3)));
    const rows = new Set(Array.from({ length: points }, (_, i) => k - 1 + Math.ceil((horizon * (i + 1)) / points)));
    const at = Float64Array.from(rows, (row) => input.x[row] ?? 0);
    const last = past.y[k - 1] ?? 0;
    const forecast = (one: SeriesInput, prior: LinearPrior): Float64Array => {
      const posterior = one.x.length < fewest ? null : seriesPosterior(one, prior, designs, control);
      return posterior === null ? at.map(() => last) : posterior.medians(at);
    };
    const truth = Float64Array.from(rows, (row) => input.y[row] ?? 0);
    const whole = forecast(past, wholePrior);
    return [{ truth, whole, recent: forecast(newerHalf(past), recentPrior), level: recentLevel(past.y), last }];
  });
  if (trials.length === 0) return null;
  const range = input.y.reduce((a, b) => Math.max(a, b)) - input.y.reduce((a, b) => Math.min(a, b));
  const error = (of: (trial: Trial, i: number) => number): number =>
    trials.reduce(
      (sum, trial) =>
        sum + trial.truth.reduce((s, value, i) => s + ((value - of(trial, i)) / range) ** 2, 0) / trial.truth.length,
      0,
    );
  const whole = ({ whole }: Trial, i: number): number => whole[i] ?? 0;
  const recent = ({ recent }: Trial, i: number): number => recent[i] ?? 0;
  const mixed = (share: number): number => error((one, i) => whole(one, i) + share * (recent(one, i) - whole(one, i)));
  // Errors this small are rounding; equal ones decide nothing.
  const tiny = 1e-12;
  const against = (rival: number, own: number): number => (rival + tiny) / (rival + own + 2 * tiny);
  const rivals = { level: error(({ level }) => level), last: error(({ last }) => last) };
  return {
    recentOdds: (error(whole) + tiny) / (error(recent) + tiny),
    againstLevel: (share) => against(rivals.level, mixed(share)),
    againstLast: (share) => against(rivals.last, mixed(share)),
  };
}
