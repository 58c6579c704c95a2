import { fTail } from '../fit/fTail.ts';
import type { FitSeries } from '../fit/sharedRateFit.ts';
import { fitSharedRate } from '../fit/sharedRateFit.ts';
import { weighSeries } from './weighSeries.ts';

export interface SharedRateTest {
  readonly pValue: number;
  /** True unless rejected at 5 %. */
  readonly holds: boolean;
  /** Rate of each series by itself, in the order in which they were given. */
  readonly rates: readonly number[];
}

/** F test of one rate for all series against a rate each. null where a series cannot be fitted alone. */
export function testSharedRate(series: readonly FitSeries[]): SharedRateTest | null {
  if (series.length < 2) return null;
  const weighed = weighSeries(series);
  if (weighed === null) return null;
  const shared = fitSharedRate(weighed.series);
  if (shared.kind === 'none') return null;
  const together = shared.series.reduce((sum, one) => sum + (one.residual / weighed.unit) ** 2, 0);
  // In these weights the separate fits have variance 1.
  const gain = Math.max(0, together - weighed.separate) / (series.length - 1);
  const pValue = fTail(gain, series.length - 1, weighed.dof);
  return { pValue, holds: pValue >= 0.05, rates: weighed.rates };
}
