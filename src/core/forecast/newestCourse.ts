import type { ForecastPoint } from './forecaster.ts';
import type { LimitEstimate } from './limitEstimate.ts';

/**
 * Where the forecast leads by twice the run's length, if that is not where the limit says that the run ends: past it, or short
 * of it when it should have settled. The whole run says the limit and its newest part what comes next. Where they disagree the
 * limit held in a quarter of real curves, and in four of five where they agree.
 */
export function newestCourse(
  { limit, settling, fitted, points }: LimitEstimate,
  x: Float64Array,
): ForecastPoint | null {
  const first = x[0] ?? 0;
  const twice = 2 * (x.at(-1) ?? 0) - first;
  const [end] = points(Float64Array.of(twice));
  if (end === undefined || (end.y >= limit.lower && end.y <= limit.upper)) return null;
  const start = fitted(Float64Array.of(first))[0] ?? limit.value;
  const isPast = start < limit.value ? end.y > limit.value : end.y < limit.value;
  return isPast || (settling !== null && settling.x <= twice) ? end : null;
}
