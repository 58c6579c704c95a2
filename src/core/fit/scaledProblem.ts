import type { FitSeries, NoFit } from './sharedRateFit.ts';

/** One series in units that make the sums of a fit well behaved whatever the units of the log. */
export interface ScaledSeries {
  /** (x - origin) / span, from 0 to 1; one array for all series on the same checkpoints. */
  readonly t: Float64Array;
  /** Distance of neighbouring t where it is the same everywhere, else null. */
  readonly spacing: number | null;
  /** y / unit - centre, so that the weighted mean is 0. */
  readonly u: Float64Array;
  readonly weights: Float64Array;
  /** Sum of the weights. */
  readonly weight: number;
  readonly centre: number;
  /** Bounds of the limit in units of u. */
  readonly lower: number;
  readonly upper: number;
  /** Weighted sum of squares about the weighted mean. */
  readonly total: number;
}

export interface ScaledProblem {
  readonly kind: 'scaled';
  readonly series: readonly ScaledSeries[];
  readonly origin: number;
  readonly span: number;
  /** Median distance of neighbouring checkpoints, as a share of the span. */
  readonly spacing: number;
  /** Largest |y| of all series: one unit for all keeps the weighing of the series against each other. */
  readonly unit: number;
}

/** Centres and scales; says why where nothing can be fitted. */
export function scaleProblem(inputs: readonly FitSeries[]): ScaledProblem | NoFit {
  const kept = inputs.map(keepFinite);
  if (kept.length === 0) return { kind: 'none', because: 'there is no series' };
  const short = kept.find((one) => one.x.length < 3);
  if (short !== undefined) {
    return { kind: 'none', because: `a curve needs at least 3 checkpoints and there ${count(short.x.length)}` };
  }
  let origin = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let unit = 0;
  for (const { firstX, lastX, size } of kept) {
    if (firstX < origin) origin = firstX;
    if (lastX > last) last = lastX;
    if (size > unit) unit = size;
  }
  const span = last - origin;
  if (!(span > 0 && Number.isFinite(span)))
    return { kind: 'none', because: 'the checkpoints do not span a finite range' };
  if (unit === 0) return { kind: 'none', because: 'every value is 0' };
  const series: ScaledSeries[] = [];
  for (const one of kept) {
    // Series on the same checkpoints share them, and with them whatever is computed from x alone.
    const twin = kept.findIndex((other) => isSame(other.x, one.x));
    series.push(scaleSeries(one, origin, span, unit, series[twin]?.t ?? null));
  }
  if (series.every((one) => one.total === 0)) return { kind: 'none', because: 'the values do not change' };
  return { kind: 'scaled', series, origin, span, spacing: medianSpacing(series), unit };
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function count(n: number): string {
  return n === 0 ? 'are none' : n === 1 ? 'is 1' : `are ${n}`;
}

interface Kept extends FitSeries {
  readonly weights: Float64Array;
  readonly firstX: number;
  readonly lastX: number;
  /** Largest |y|. */
  readonly size: number;
}

function keepFinite(input: FitSeries): Kept {
  const { x, y, weights } = input;
  const n = Math.min(x.length, y.length);
  if (n === x.length && (weights === undefined || areUsable(weights, n))) {
    const ends = endsOf(x, y);
    if (ends !== null) return { ...input, ...ends, weights: weights?.subarray(0, n) ?? onesOf(n) };
  }
  const isKept = (_: number, i: number): boolean => {
    const w = weights === undefined ? 1 : (weights[i] ?? 0);
    return i < n && w > 0 && Number.isFinite(w) && Number.isFinite(x[i]) && Number.isFinite(y[i]);
  };
  const kept = { x: x.filter(isKept), y: y.filter(isKept), weights: (weights ?? onesOf(n)).filter(isKept) };
  return { ...input, ...kept, ...(endsOf(kept.x, kept.y) ?? noEnds) };
}

function areUsable(weights: Float64Array, n: number): boolean {
  if (weights.length < n) return false;
  for (let i = 0; i < n; i++)
    if (!((weights[i] ?? 0) > 0 && (weights[i] ?? 0) < Number.POSITIVE_INFINITY)) return false;
  return true;
}

const noEnds = { firstX: Number.POSITIVE_INFINITY, lastX: Number.NEGATIVE_INFINITY, size: 0 };

/** null where not all is finite. Without a branch that tells, because on long series this is much of what a fit takes. */
function endsOf(x: Float64Array, y: Float64Array): typeof noEnds | null {
  let { firstX, lastX, size } = noEnds;
  let notFinite = 0;
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? 0;
    const value = Math.abs(y[i] ?? 0);
    // What is not finite differs from itself by NaN.
    notFinite += at - at + (value - value);
    firstX = at < firstX ? at : firstX;
    lastX = at > lastX ? at : lastX;
    size = value > size ? value : size;
  }
  return notFinite === 0 ? { firstX, lastX, size } : null;
}

const mostOnes = 131_072;
let ones = new Float64Array(0);

/** The weights of most fits; nobody writes to them. Very many are not kept. */
function onesOf(n: number): Float64Array {
  if (n > mostOnes) return new Float64Array(n).fill(1);
  if (n > ones.length) ones = new Float64Array(Math.min(mostOnes, 2 * n)).fill(1);
  return ones.subarray(0, n);
}

/** Plain loops, because a callback for each of 100,000 checkpoints takes longer than the fit itself. */
function scaleSeries(
  one: Kept,
  origin: number,
  span: number,
  unit: number,
  sharedT: Float64Array | null,
): ScaledSeries {
  const { x, y, weights } = one;
  const n = x.length;
  const t = sharedT ?? new Float64Array(n);
  const u = new Float64Array(n);
  let sw = 0;
  let sum = 0;
  let isConstant = true;
  const first = (y[0] ?? 0) / unit;
  if (sharedT === null) for (let i = 0; i < n; i++) t[i] = ((x[i] ?? 0) - origin) / span;
  for (let i = 0; i < n; i++) {
    const w = weights[i] ?? 0;
    const value = (y[i] ?? 0) / unit;
    u[i] = value;
    sw += w;
    sum += w * value;
    if (value !== first) isConstant = false;
  }
  // A constant's mean may differ from it by an ulp, which would turn it into a curve of rounding errors.
  const centre = isConstant ? first : sum / sw;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const value = (u[i] ?? 0) - centre;
    u[i] = value;
    total += (weights[i] ?? 0) * value * value;
  }
  return {
    t,
    spacing: equalSpacing(t),
    u,
    weights,
    weight: sw,
    centre,
    lower: (one.limitRange?.lower ?? Number.NEGATIVE_INFINITY) / unit - centre,
    upper: (one.limitRange?.upper ?? Number.POSITIVE_INFINITY) / unit - centre,
    total,
  };
}

/** Equal to the rounding of x itself. */
function equalSpacing(t: Float64Array): number | null {
  const first = t[0] ?? 0;
  const spacing = ((t.at(-1) ?? 0) - first) / (t.length - 1);
  for (let i = 1; i < t.length; i++) if (Math.abs((t[i] ?? 0) - first - i * spacing) > 1e-15) return null;
  return spacing > 0 ? spacing : null;
}

/** Sorting all the distances of a long log costs more than its fit, and a few thousand of them have the same median. */
const mostSpacings = 4096;

function medianSpacing(series: readonly ScaledSeries[]): number {
  const [one] = series;
  if (one !== undefined && one.spacing !== null && series.every(({ t }) => t === one.t)) return one.spacing;
  const spacings: number[] = [];
  for (const { t } of series) {
    const stride = Math.ceil(t.length / mostSpacings);
    for (let i = 1; i < t.length; i += stride) {
      const distance = Math.abs((t[i] ?? 0) - (t[i - 1] ?? 0));
      if (distance > 0) spacings.push(distance);
    }
  }
  spacings.sort((a, b) => a - b);
  return spacings[spacings.length >> 1] ?? 1;
}

/** Sums of three floating-point numbers hang on their order; this one does not hang on how the series were given. */
export function canonicalOrder({ series }: ScaledProblem): number[] {
  return Array.from(series.keys()).sort((i, j) => {
    const [a, b] = [series[i], series[j]];
    if (a === undefined || b === undefined) return 0;
    const known = a.total - b.total || a.centre - b.centre || a.t.length - b.t.length;
    if (known !== 0) return known;
    const differs = a.u.findIndex((value, k) => value !== b.u[k] || a.t[k] !== b.t[k]);
    return differs < 0 ? 0 : (a.u[differs] ?? 0) - (b.u[differs] ?? 0) || (a.t[differs] ?? 0) - (b.t[differs] ?? 0);
  });
}
