import type { FitSeries } from '../fit/sharedRateFit.ts';
import type { SeriesInput } from '../forecast/forecaster.ts';

/**
 * A series with its checkpoints weighed by the log's own standard errors, where it has them. The weights have the mean 1, so
 * that errors told for one series alone do not set it above or below the other.
 */
export function toFitSeries({ x, y, range, standardErrors }: SeriesInput): FitSeries {
  const base = { x, y, limitRange: range };
  if (standardErrors === undefined) return base;
  const precise = standardErrors.map((error) => 1 / (error * error));
  const mean = precise.reduce((sum, value) => sum + value, 0) / precise.length;
  return mean > 0 && Number.isFinite(mean) ? { ...base, weights: precise.map((value) => value / mean) } : base;
}
