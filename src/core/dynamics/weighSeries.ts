import type { FitSeries } from '../fit/sharedRateFit.ts';
import { fitSharedRate } from '../fit/sharedRateFit.ts';

/** Series in weights in which the noise of each, as left by its own exponential, has variance 1. */
export interface WeighedSeries {
  readonly series: readonly FitSeries[];
  /** Rate of each series by itself. */
  readonly rates: readonly number[];
  /** Sum of squares that the separate fits leave, in these weights. */
  readonly separate: number;
  /** Its degrees of freedom. */
  readonly dof: number;
  /** Residuals of fits are told in units of y; divided by this they are those of the weights. */
  readonly unit: number;
}

/**
 * The noise of solver and verifier differs, and without weights the louder one would hide what the quieter one says. null
 * where a series cannot be fitted alone.
 */
export function weighSeries(series: readonly FitSeries[]): WeighedSeries | null {
  const fits = series.map((one) => fitSharedRate([one]));
  const unit = fits.reduce((most, fit) => (fit.kind === 'none' ? most : Math.max(most, fit.problem.unit)), 0);
  let separate = 0;
  let dof = 0;
  const weighted: FitSeries[] = [];
  const rates: number[] = [];
  for (const [i, fit] of fits.entries()) {
    const one = series[i];
    if (one === undefined || fit.kind === 'none' || fit.n < 4) return null;
    const squares = ((fit.series[0]?.residual ?? 0) / unit) ** 2;
    const total = (fit.problem.series[0]?.total ?? 0) * (fit.problem.unit / unit) ** 2;
    // A perfect fit gets the weight of noise at a millionth of its own spread: a curve averaged in bins is no exact one either.
    const variance = Math.max(squares / (fit.n - 3), (1e-12 * total) / fit.n);
    if (!(variance > 0)) return null;
    separate += squares / variance;
    dof += fit.n - 3;
    rates.push(fit.rate);
    weighted.push({
      ...one,
      weights: one.x.map((_, row) => (one.weights === undefined ? 1 : (one.weights[row] ?? 0)) / variance),
    });
  }
  return { series: weighted, rates, separate, dof, unit };
}
