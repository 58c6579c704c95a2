import { nearlyThere } from './constants.ts';
import type { Interval } from './forecaster.ts';

/**
 * The interval of a limit that begins beyond where the run is, as one that begins there: a schedule or a budget may end the run
 * before it comes where its course leads, and nothing in its curve tells when.
 * @param now where the curve is at the last checkpoint
 * @returns null where it holds that already, or where what is left of the way matters to nobody
 */
export function reachBack(limit: Interval, progress: number, now: number): Interval | null {
  if (progress > nearlyThere || (now >= limit.lower && now <= limit.upper)) return null;
  return { ...limit, lower: Math.min(limit.lower, now), upper: Math.max(limit.upper, now) };
}
