import { farthestFirst, fewestToBeginAtZero } from './constants.ts';

/** Distances of the first checkpoints, of which the median counts. */
const distancesLookedAt = 9;

/**
 * The x at which a run began, as far as its checkpoints tell: one whose first checkpoint stands as far from 0 as the next ones
 * from each other began at 0, and any other may have begun anywhere before its first. A stretched exponential or a Hill curve
 * that is begun a checkpoint late is another curve, with another limit.
 */
export function startOf(x: Float64Array): number {
  const first = x[0] ?? 0;
  if (x.length < fewestToBeginAtZero || first <= 0) return first;
  const distances = Array.from(x.subarray(1, distancesLookedAt + 1), (value, i) => value - (x[i] ?? 0));
  distances.sort((a, b) => a - b);
  return first <= farthestFirst * (distances[distances.length >> 1] ?? 0) ? 0 : first;
}
