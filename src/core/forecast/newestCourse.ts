import type { Interval, Settling } from './forecaster.ts';
import type { LimitEstimate } from './limitEstimate.ts';

/** Of the way that a run goes, as far as the two may lie apart and still be of one mind about where it ends. */
const mostApart = 0.03;

/** Where the forecast leads by twice the run's length, which is not where the limit says that the run ends. */
export interface NewestCourse {
  readonly end: number;
  readonly interval: Interval;
  /** It may be still on its way there by then. */
  readonly settling: Settling | null;
  readonly isFar: boolean;
}

/**
 * Where the two disagree: the forecast leads past the limit, or stays short of it when it should have settled. The whole run says
 * the limit and its newest part what comes next. Of real curves that settled such limits alone held in half; in an interval
 * that has room for both as many hold as where they agree.
 * @returns null where they agree
 */
export function newestCourse({ limit, settling, fitted, points }: LimitEstimate, x: Float64Array): NewestCourse | null {
  const first = x[0] ?? 0;
  const twice = 2 * (x.at(-1) ?? 0) - first;
  const [end] = points(Float64Array.of(twice));
  if (end === undefined || (end.y >= limit.lower && end.y <= limit.upper)) return null;
  const start = fitted(Float64Array.of(first))[0] ?? limit.value;
  const isPast = start < limit.value ? end.y > limit.value : end.y < limit.value;
  if (!isPast && !(settling !== null && settling.x <= twice)) return null;
  const apart = Math.max(limit.lower - end.y, end.y - limit.upper);
  return {
    end: end.y,
    interval: { ...limit, lower: Math.min(limit.lower, end.lower), upper: Math.max(limit.upper, end.upper) },
    settling: settling === null ? null : { ...settling, upper: Math.max(settling.upper, twice) },
    isFar: apart > mostApart * Math.abs(limit.value - start),
  };
}
