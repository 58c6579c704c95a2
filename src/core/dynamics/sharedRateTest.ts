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
  let separate = 0;
  let dof = 0;
  const weighted: FitSeries[] = [];
  for (const one of series) {
    const fit = fitSharedRate([one]);
    if (fit.kind === 'none') return null;
    const own = fit.n - 3;
    if (own < 1) return null;
    const total = fit.problem.series[0]?.total ?? 0;
    // A perfect fit gets the weight of rounding errors, not an infinite one.
    const variance = Math.max(fit.ssr / own, (1e-26 * total * fit.problem.unit ** 2) / fit.n);
    if (!(variance > 0)) return null;
    separate += fit.ssr / variance;
    dof += own;
    weighted.push({
      ...one,
      weights: one.x.map((_, i) => (one.weights === undefined ? 1 : (one.weights[i] ?? 0)) / variance),
    });
  }
  const shared = fitSharedRate(weighted);
  if (shared.kind === 'none' || series.length < 2) return null;
  // Under the floor of rounding errors both fits are perfect and there is nothing to reject.
  const scale = Math.max(separate / dof, 1);
  const pValue = fTail(
    Math.max(0, shared.ssr - Math.max(separate, dof * 1e-2)) / (series.length - 1) / scale,
    series.length - 1,
    dof,
  );
  return { pValue, holds: pValue >= 0.05 };
}
