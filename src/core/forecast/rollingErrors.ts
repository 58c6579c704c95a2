import type { Control } from '../control.ts';
import type { SeriesInput } from './forecaster.ts';
import type { Designs } from './gridDesign.ts';
import { recentLevel } from './recentLevel.ts';
import { recentPosterior } from './recentPosterior.ts';

/** Mean square errors in forecasting the run's own past, in ranges of the run. */
export interface RollingErrors {
  readonly curves: number;
  readonly level: number;
  readonly last: number;
  /** How far truth stood from each origin's forecasts, as mean squares in standard deviations of their bands. */
  readonly surprises: readonly number[];
}

/** From 0 to 1, over a half where the curves were better. */
export function success(curves: number, rival: number): number {
  return rival / (rival + curves);
}

/** Three origins do as well as five (ratio .745 and .746 on real curves) and cost three fifths. */
const origins = [0.5, 0.7, 0.9] as const;
const fewest = 5;
const points = 4;
const usualLevel = 0.9;
/** Of the standard normal at (1 + level) / 2. */
const usualQuantile = 1.6449;

/**
 * Forecasts the known past from earlier checkpoints; null where the run is too short for it.
 * @param since first checkpoint that is forecast from and to, though all before it are known.
 */
export function rollingErrors(input: SeriesInput, designs: Designs, control: Control, since = 0): RollingErrors | null {
  const n = input.x.length;
  const asked = n - since;
  const range = input.y.reduce((a, b) => Math.max(a, b)) - input.y.reduce((a, b) => Math.min(a, b));
  // Errors this small are rounding; equal ones decide nothing.
  const errors = { curves: 1e-12, level: 1e-12, last: 1e-12 };
  const surprises: number[] = [];
  for (const share of origins) {
    const k = since + Math.round(asked * share);
    if (k - since < fewest || k >= n) continue;
    control.check();
    const past = { ...input, x: input.x.slice(0, k), y: input.y.slice(0, k) };
    if (input.standardErrors !== undefined) past.standardErrors = input.standardErrors.slice(0, k);
    const horizon = Math.min(n - k, Math.max(1, Math.floor(asked / 3)));
    const rows = new Set(Array.from({ length: points }, (_, i) => k - 1 + Math.ceil((horizon * (i + 1)) / points)));
    const at = Float64Array.from(rows, (row) => input.x[row] ?? 0);
    const last = past.y[k - 1] ?? 0;
    const level = recentLevel(past.y);
    const curves = recentPosterior(past, null, designs, control)?.points(at, usualLevel) ?? [];
    let surprise = 0;
    Array.from(rows).forEach((row, i) => {
      const truth = input.y[row] ?? 0;
      const square = (forecast: number): number => ((truth - forecast) / range) ** 2 / rows.size;
      const { y, lower, upper } = curves[i] ?? { y: last, lower: last, upper: last };
      errors.curves += square(y);
      errors.level += square(level);
      errors.last += square(last);
      const deviation = (upper - lower) / (2 * usualQuantile);
      if (deviation > 0) surprise += ((truth - y) / deviation) ** 2 / rows.size;
    });
    surprises.push(surprise);
  }
  const trials = surprises.length;
  if (trials === 0) return null;
  return { curves: errors.curves / trials, level: errors.level / trials, last: errors.last / trials, surprises };
}
