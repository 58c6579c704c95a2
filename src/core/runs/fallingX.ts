import { nthSmallest } from '../fit/nthSmallest.ts';
import { MedianWithin } from './medianWithin.ts';

/** How an x that falls back was read. */
export type FallKind = 'rising' | 'second-run' | 'resumed' | 'two-writers' | 'overtaken' | 'newest-first';

export interface FallReading {
  readonly kind: FallKind;
  /** Index at which each part begins, the first is 0; more than one only for a second run. */
  readonly parts: readonly number[];
  /** Of the steps by which x rises: as long as it holds and x does not fall, x is read the same. null where that hangs on none. */
  readonly spacing: MedianWithin | null;
  /** What comes without another fall may have it read otherwise. */
  readonly mayTurn?: boolean;
}

/** More falls than this share of the checkpoints are no resumes: several writers take turns. */
const takesTurns = 0.1;
/** A part with fewer checkpoints that is started over is a false start, and no run of its own. */
export const fewestOfARun = 3;
/** Share by which bounds are drawn narrower than they are, for they are worked out otherwise than what they bound. */
const rounding = 1e-9;

/** Told by the series, see `seriesFalls`. */
export const overtaken: FallReading = { kind: 'overtaken', parts: [0], spacing: null };
export const rising: FallReading = { kind: 'rising', parts: [0], spacing: null };

/**
 * Tells what an x that falls back means, over all rows in the order of the log. A fall to the very beginning (0, 1, or the
 * first interval) starts a second run; other falls are resumes from a checkpoint; many falls are two writers of one run, and
 * falls from each value to the next a log whose newest record stands first.
 * @param x in the order of the log; NaN where a row has none.
 */
export function readFalls(x: Float64Array): FallReading {
  const falls = countFalls(x);
  if (falls === 0) return rising;
  if (falls >= fewestOfARun - 1 && falls === valuesIn(x) - 1)
    return { kind: 'newest-first', parts: [0], spacing: null };
  if (falls > 2 && falls > takesTurns * x.length) return { kind: 'two-writers', parts: [0], spacing: null };
  const steps = stepsOf(x);
  const spacing = steps.length === 0 ? 0 : nthSmallest(steps.slice(), steps.length >> 1);
  const parts = [0];
  let first = Number.NaN;
  let count = 0;
  let top = Number.NEGATIVE_INFINITY;
  // With a spacing from the one on and under the other each fall is read the same.
  let least = 0;
  let most = Number.POSITIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(first)) first = value;
    if (value < top && count >= fewestOfARun) {
      const isFresh = value <= first + 0.5 * spacing && Math.abs(first) <= 1.5 * spacing + 1;
      const needed = Math.max(2 * (value - first), (Math.abs(first) - 1) / 1.5);
      if (isFresh) {
        least = Math.max(least, needed);
        parts.push(i);
        first = value;
        count = 1;
        top = value;
        continue;
      }
      most = Math.min(most, needed);
    }
    if (value > top) {
      top = value;
      count += 1;
    }
  }
  const within = new MedianWithin(least * (1 + rounding), most * (1 - rounding));
  for (const step of steps) within.add(step);
  return { kind: parts.length > 1 ? 'second-run' : 'resumed', parts, spacing: within };
}

function countFalls(x: Float64Array): number {
  let falls = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] ?? Number.NaN;
    if (value < last) falls += 1;
    if (!Number.isNaN(value)) last = value;
  }
  return falls;
}

function valuesIn(x: Float64Array): number {
  let count = 0;
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i])) count += 1;
  return count;
}

/** By how much x rises where it does, in finite steps. */
function stepsOf(x: Float64Array): Float64Array {
  const steps = new Float64Array(x.length);
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (value > last && Number.isFinite(value - last)) {
      steps[count] = value - last;
      count += 1;
    }
    last = value;
  }
  return steps.subarray(0, count);
}
