import { pick } from '../pick.ts';

export interface CleanSeries {
  /** Strictly rising. */
  readonly x: Float64Array;
  /** Finite, one for each x. */
  readonly y: Float64Array;
  /** Least and greatest y; infinite, and the wrong way round, without a value. */
  readonly min: number;
  readonly max: number;
  /** Indices, into what was given, of the values that stayed; null for all in their order. */
  readonly kept: Int32Array | null;
  readonly dropped: { readonly notFinite: number; readonly withoutX: number; readonly replaced: number };
  /** Index, in what was given, of the first value that was not finite; null without one. */
  readonly firstNotFinite: number | null;
  /** Most values of which the mean stands at one x; absent where they do not differ, or the later ones hold. */
  readonly mostAveraged?: number;
}

/**
 * Share of the steps from value to value in which x stands still, over which several values at one x are those of one point.
 * Of pairs the second is the newer: real logs have them where a bar was drawn again, and where a run was started twice.
 */
export const mostlyStill = 0.6;
/** More falls than this share of the values are no resumes: the values are sorted instead. */
const takesTurns = 0.1;

/**
 * Finite values at strictly rising x. Where x falls back a resumed run has overwritten what came after it; where it falls
 * all the time, or a little where most is logged more than once, several writers took turns and all values stay. Of two values
 * at one x the later holds; where most have three or more, and x tells points apart, the mean of them does.
 * @param x in the order of the log, NaN where it is unknown. @param y of the same length.
 * @param isRising whether x is finite and strictly rises. @param mayAverage whether what stands at one x is one point.
 * @param isShared whether x falls only because several processes log each checkpoint
 */
export function cleanSeries(
  x: Float64Array,
  y: Float64Array,
  isRising: boolean,
  mayAverage: boolean,
  isShared: boolean,
): CleanSeries {
  const whole = isRising ? extremesOf(y) : null;
  // What most series are already; nothing is copied then.
  if (whole !== null) {
    return { x, y, ...whole, kept: null, dropped: { notFinite: 0, withoutX: 0, replaced: 0 }, firstNotFinite: null };
  }
  return tidied(x, y, mayAverage, isShared);
}

/** null where one is not finite. */
function extremesOf(y: Float64Array): { min: number; max: number } | null {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < y.length; i++) {
    const value = y[i] ?? Number.NaN;
    if (!(value > Number.NEGATIVE_INFINITY && value < Number.POSITIVE_INFINITY)) return null;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** Whether x is finite and strictly rises. */
export function isRisingX(x: Float64Array): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? Number.NaN;
    if (!(at > last && at < Number.POSITIVE_INFINITY)) return false;
    last = at;
  }
  return true;
}

function tidied(x: Float64Array, y: Float64Array, mayAverage: boolean, isShared: boolean): CleanSeries {
  const whole = new Int32Array(x.length);
  let count = 0;
  let notFinite = 0;
  let withoutX = 0;
  let firstNotFinite: number | null = null;
  let falls = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? Number.NaN;
    if (!Number.isFinite(y[i] ?? Number.NaN)) {
      notFinite += 1;
      firstNotFinite ??= i;
      continue;
    }
    if (!Number.isFinite(at)) {
      withoutX += 1;
      continue;
    }
    if (at < last) falls += 1;
    last = at;
    whole[count] = i;
    count += 1;
  }
  const all = whole.subarray(0, count);
  const isSorted = isShared || (falls > 2 && falls > takesTurns * count);
  const ordered = falls === 0 ? all : isSorted ? byX(all, x) : overwritten(all, x);
  const kept = laterOfEqual(ordered, x);
  const own = pick(y, kept);
  const isAveraged = mayAverage && (falls === 0 || isShared) && count - kept.length > mostlyStill * (count - 1);
  const most = isAveraged ? average(own, ordered, x, y) : 1;
  return {
    x: pick(x, kept),
    y: own,
    ...(most > 1 ? { mostAveraged: most } : {}),
    ...(extremesOf(own) ?? { min: Number.NaN, max: Number.NaN }),
    kept,
    dropped: { notFinite, withoutX, replaced: count - kept.length },
    firstNotFinite,
  };
}

/**
 * Puts means in the place of the last values at each x: equal values stay what they are to the last bit.
 * @returns the most of them that differ at one x, 1 without
 */
function average(own: Float64Array, ordered: Int32Array, x: Float64Array, y: Float64Array): number {
  let most = 1;
  let from = 0;
  for (let n = 0; n < own.length; n++) {
    const at = x[ordered[from] ?? 0];
    const last = own[n] ?? 0;
    let to = from;
    let beyond = 0;
    let differs = false;
    for (; to < ordered.length && x[ordered[to] ?? 0] === at; to++) {
      const value = y[ordered[to] ?? 0] ?? 0;
      differs ||= value !== last;
      beyond += value - last;
    }
    if (differs) {
      most = Math.max(most, to - from);
      const mean = last + beyond / (to - from);
      // Of the largest numbers that there are the sum is none.
      own[n] = Number.isFinite(mean) ? mean : last;
    }
    from = to;
  }
  return most;
}

function byX(indices: Int32Array, x: Float64Array): Int32Array {
  return indices.toSorted((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b);
}

function overwritten(indices: Int32Array, x: Float64Array): Int32Array {
  const kept = new Int32Array(indices.length);
  let n = 0;
  for (const i of indices) {
    while (n > 0 && (x[kept[n - 1] ?? 0] ?? 0) > (x[i] ?? 0)) n -= 1;
    kept[n] = i;
    n += 1;
  }
  return kept.subarray(0, n);
}

function laterOfEqual(indices: Int32Array, x: Float64Array): Int32Array {
  const kept = new Int32Array(indices.length);
  let n = 0;
  for (const i of indices) {
    if (n === 0 || x[kept[n - 1] ?? 0] !== x[i]) n += 1;
    kept[n - 1] = i;
  }
  return kept.subarray(0, n);
}
