import type { ValueRange } from '../runs/run.ts';
import { widestLimit } from './constants.ts';
import type { Interval } from './forecaster.ts';

/** A limit, and what tells whether it is one. */
export interface LimitFound {
  readonly limit: Interval;
  /** The same by the data alone, whatever the metric allows. */
  readonly open: Interval;
  /** What the metric allows. */
  readonly range: ValueRange;
  /** The curve so far: what it covered is a way, what the noise covered is none. */
  readonly curve: Float64Array;
}

/**
 * Whether a limit is worth printing. Where the data leaves it open and what the metric allows cuts it short, as on a straight
 * line that falls towards 0, the cut tells nothing unless little room is left up to it.
 */
export function isBounded({ limit, open, range, curve }: LimitFound): boolean {
  const covered = curve.reduce((a, b) => Math.max(a, b)) - curve.reduce((a, b) => Math.min(a, b));
  const now = curve.at(-1) ?? limit.value;
  if (!isNarrow(limit, covered)) return false;
  const end = limit.value < now ? range.lower : range.upper;
  return isNarrow(open, covered) || (end !== undefined && Math.abs(now - end) <= widestLimit * covered);
}

function isNarrow({ lower, upper }: Interval, covered: number): boolean {
  return Number.isFinite(lower) && Number.isFinite(upper) && upper - lower <= widestLimit * covered;
}
