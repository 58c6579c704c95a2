export interface CleanSeries {
  /** Strictly rising. */
  readonly x: Float64Array;
  /** Finite, one for each x. */
  readonly y: Float64Array;
  /** Indices, into what was given, of the values that stayed; null for all in their order. */
  readonly kept: Int32Array | null;
  readonly dropped: { readonly notFinite: number; readonly withoutX: number; readonly replaced: number };
  /** Index, in what was given, of the first value that was not finite; null without one. */
  readonly firstNotFinite: number | null;
}

/** More falls than this share of the values are no resumes: the values are sorted instead. */
const takesTurns = 0.1;

/**
 * Finite values at strictly rising x. Where x falls back a resumed run has overwritten what came after it; where it falls
 * all the time, two writers took turns and all values stay. Of two values at one x the later holds.
 * @param x in the order of the log, NaN where it is unknown. @param y of the same length.
 */
export function cleanSeries(x: Float64Array, y: Float64Array): CleanSeries {
  if (isClean(x, y)) {
    return { x, y, kept: null, dropped: { notFinite: 0, withoutX: 0, replaced: 0 }, firstNotFinite: null };
  }
  const whole: number[] = [];
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
    whole.push(i);
  }
  const ordered =
    falls > 2 && falls > takesTurns * whole.length ? byX(whole, x) : falls > 0 ? overwritten(whole, x) : whole;
  const kept = Int32Array.from(laterOfEqual(ordered, x));
  return {
    x: Float64Array.from(kept, (i) => x[i] ?? 0),
    y: Float64Array.from(kept, (i) => y[i] ?? 0),
    kept,
    dropped: { notFinite, withoutX, replaced: whole.length - kept.length },
    firstNotFinite,
  };
}

/** What most series are already; nothing is copied then. */
function isClean(x: Float64Array, y: Float64Array): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? Number.NaN;
    if (!(at > last && at < Number.POSITIVE_INFINITY && Number.isFinite(y[i] ?? Number.NaN))) return false;
    last = at;
  }
  return true;
}

function byX(indices: readonly number[], x: Float64Array): number[] {
  return indices.toSorted((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b);
}

function overwritten(indices: readonly number[], x: Float64Array): number[] {
  const kept: number[] = [];
  for (const i of indices) {
    while (kept.length > 0 && (x[kept.at(-1) ?? 0] ?? 0) > (x[i] ?? 0)) kept.pop();
    kept.push(i);
  }
  return kept;
}

function laterOfEqual(indices: readonly number[], x: Float64Array): number[] {
  const kept: number[] = [];
  for (const i of indices) {
    if (kept.length > 0 && x[kept.at(-1) ?? 0] === x[i]) kept[kept.length - 1] = i;
    else kept.push(i);
  }
  return kept;
}
