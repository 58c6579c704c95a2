import { widestLimit } from './constants.ts';
import type { Interval } from './forecaster.ts';

/** @param range of the values seen so far. */
export function isBounded(limit: Interval, range: number): boolean {
  return (
    Number.isFinite(limit.lower) && Number.isFinite(limit.upper) && limit.upper - limit.lower <= widestLimit * range
  );
}
