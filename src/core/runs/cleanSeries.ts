export interface CleanSeries {
  /** Strictly rising. */
  readonly x: Float64Array;
  /** Finite, one for each x. */
  readonly y: Float64Array;
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
  if (isClean(x, y)) return { x, y, dropped: { notFinite: 0, withoutX: 0, replaced: 0 }, firstNotFinite: null };
  const keptX: number[] = [];
  const keptY: number[] = [];
  let notFinite = 0;
  let withoutX = 0;
  let firstNotFinite: number | null = null;
  let falls = 0;
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? Number.NaN;
    const value = y[i] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      notFinite += 1;
      firstNotFinite ??= i;
      continue;
    }
    if (!Number.isFinite(at)) {
      withoutX += 1;
      continue;
    }
    if (at < (keptX.at(-1) ?? Number.NEGATIVE_INFINITY)) falls += 1;
    keptX.push(at);
    keptY.push(value);
  }
  const whole = keptX.length;
  const ordered =
    falls > 2 && falls > takesTurns * whole
      ? byX(keptX, keptY)
      : falls > 0
        ? overwritten(keptX, keptY)
        : [keptX, keptY];
  const [risingX, risingY] = laterOfEqual(ordered[0] ?? [], ordered[1] ?? []);
  return {
    x: Float64Array.from(risingX),
    y: Float64Array.from(risingY),
    dropped: { notFinite, withoutX, replaced: whole - risingX.length },
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

function byX(x: readonly number[], y: readonly number[]): [number[], number[]] {
  const order = Array.from(x.keys()).sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b);
  return [order.map((i) => x[i] ?? 0), order.map((i) => y[i] ?? 0)];
}

function overwritten(x: readonly number[], y: readonly number[]): [number[], number[]] {
  const outX: number[] = [];
  const outY: number[] = [];
  x.forEach((at, i) => {
    while (outX.length > 0 && (outX.at(-1) ?? 0) > at) {
      outX.pop();
      outY.pop();
    }
    outX.push(at);
    outY.push(y[i] ?? 0);
  });
  return [outX, outY];
}

function laterOfEqual(x: readonly number[], y: readonly number[]): [number[], number[]] {
  const outX: number[] = [];
  const outY: number[] = [];
  x.forEach((at, i) => {
    if (outX.at(-1) === at) outY[outY.length - 1] = y[i] ?? 0;
    else {
      outX.push(at);
      outY.push(y[i] ?? 0);
    }
  });
  return [outX, outY];
}
