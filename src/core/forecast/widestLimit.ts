import type { Interval } from './forecaster.ts';

/** A limit is worth printing when its interval is narrower than this share of what the series has covered so far. */
const widestShare = 0.5;

/** @param range of the values seen so far. */
export function isBounded(limit: Interval, range: number): boolean {
  return (
    Number.isFinite(limit.lower) && Number.isFinite(limit.upper) && limit.upper - limit.lower <= widestShare * range
  );
}
