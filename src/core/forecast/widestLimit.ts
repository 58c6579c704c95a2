import type { ValueRange } from '../runs/run.ts';
import { widestLimit } from './constants.ts';
import type { Interval } from './forecaster.ts';

/** A limit, and what tells whether it is one. */
export interface LimitFound {
  readonly limit: Interval;
  /** The same by the data alone, whatever the metric allows. */
  readonly open: Interval;
  /** Where the run is, and what the metric allows. */
  readonly now: number;
  readonly range: ValueRange;
  /** Range of the values seen so far. */
  readonly covered: number;
}

/**
 * Whether a limit is worth printing. Where the data leaves it open and what the metric allows cuts it short, as on a straight
 * line that falls towards 0, the cut tells nothing unless little room is left up to it.
 */
export function isBounded({ limit, open, now, range, covered }: LimitFound): boolean {
  if (!isNarrow(limit, covered)) return false;
  const end = limit.value < now ? range.lower : range.upper;
  return isNarrow(open, covered) || (end !== undefined && Math.abs(now - end) <= widestLimit * covered);
}

function isNarrow({ lower, upper }: Interval, covered: number): boolean {
  return Number.isFinite(lower) && Number.isFinite(upper) && upper - lower <= widestLimit * covered;
}
