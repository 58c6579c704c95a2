/** How an x that falls back was read. */
export type FallKind = 'rising' | 'second-run' | 'resumed' | 'two-writers';

export interface FallReading {
  readonly kind: FallKind;
  /** Index at which each part begins, the first is 0; more than one only for a second run. */
  readonly parts: readonly number[];
}

/** More falls than this share of the checkpoints are no resumes: two writers take turns. */
const takesTurns = 0.1;
/** A part with fewer checkpoints that is started over is a false start, and no run of its own. */
export const fewestOfARun = 3;

/**
 * Tells what an x that falls back means, over all rows in the order of the log. A fall to the very beginning (0, 1, or the
 * first interval) starts a second run; other falls are resumes from a checkpoint; many falls are two writers of one run.
 * @param x in the order of the log; NaN where a row has none.
 */
export function readFalls(x: Float64Array): FallReading {
  const rising: number[] = [];
  let falls = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const value of x) {
    if (Number.isNaN(value)) continue;
    if (value < last) falls += 1;
    else if (value > last) rising.push(value - last);
    last = value;
  }
  if (falls === 0) return { kind: 'rising', parts: [0] };
  if (falls > 2 && falls > takesTurns * x.length) return { kind: 'two-writers', parts: [0] };
  const spacing = median(rising.filter(Number.isFinite));
  const parts = [0];
  let first = Number.NaN;
  let count = 0;
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const value = x[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(first)) first = value;
    const isFresh = value <= first + 0.5 * spacing && Math.abs(first) <= 1.5 * spacing + 1;
    if (value < top && isFresh && count >= fewestOfARun) {
      parts.push(i);
      first = value;
      count = 1;
      top = value;
    } else if (value > top) {
      top = value;
      count += 1;
    }
  }
  return parts.length > 1 ? { kind: 'second-run', parts } : { kind: 'resumed', parts };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
