import { fTail } from '../fit/fTail.ts';
import type { FitSeries } from '../fit/sharedRateFit.ts';
import { fitSharedRate } from '../fit/sharedRateFit.ts';

export interface SharedRateTest {
  readonly pValue: number;
  /** True unless rejected at 5 %. */
  readonly holds: boolean;
}

/**
 * F test of one rate for all series against a rate each. Each series is weighted by the inverse variance of its own fit
 * first: the noise of solver and verifier differs, and the louder one would hide that the quieter one rejects the rate.
 * null where a series cannot be fitted alone.
 */
export function testSharedRate(series: readonly FitSeries[]): SharedRateTest | null {
  if (series.length < 2) return null;
  const fits = series.map((one) => fitSharedRate([one]));
  const unit = fits.reduce((most, fit) => (fit.kind === 'none' ? most : Math.max(most, fit.problem.unit)), 0);
  let separate = 0;
  let dof = 0;
  const weighted: FitSeries[] = [];
  for (const [i, fit] of fits.entries()) {
    const one = series[i];
    if (one === undefined || fit.kind === 'none' || fit.n < 4) return null;
    const squares = ((fit.series[0]?.residual ?? 0) / unit) ** 2;
    const total = (fit.problem.series[0]?.total ?? 0) * (fit.problem.unit / unit) ** 2;
    // A perfect fit gets the weight of noise at 1e-10 of its own spread, not an infinite one.
    const variance = Math.max(squares / (fit.n - 3), (1e-20 * total) / fit.n);
    if (!(variance > 0)) return null;
    separate += squares / variance;
    dof += fit.n - 3;
    weighted.push({
      ...one,
      weights: one.x.map((_, row) => (one.weights === undefined ? 1 : (one.weights[row] ?? 0)) / variance),
    });
  }
  const shared = fitSharedRate(weighted);
  if (shared.kind === 'none') return null;
  const together = shared.series.reduce((sum, one) => sum + (one.residual / unit) ** 2, 0);
  // In these weights the separate fits have variance 1.
  const pValue = fTail(Math.max(0, together - separate) / (series.length - 1), series.length - 1, dof);
  return { pValue, holds: pValue >= 0.05 };
}
