import type { FitSeries, NoFit } from './sharedRateFit.ts';

/** One series in units that make the sums of a fit well behaved whatever the units of the log. */
export interface ScaledSeries {
  /** (x - origin) / span, from 0 to 1. */
  readonly t: Float64Array;
  /** y / unit - centre. */
  readonly u: Float64Array;
  readonly weights: Float64Array;
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
  for (const one of kept) {
    for (let i = 0; i < one.x.length; i++) {
      origin = Math.min(origin, one.x[i] ?? 0);
      last = Math.max(last, one.x[i] ?? 0);
      unit = Math.max(unit, Math.abs(one.y[i] ?? 0));
    }
  }
  const span = last - origin;
  if (!(span > 0 && Number.isFinite(span)))
    return { kind: 'none', because: 'the checkpoints do not span a finite range' };
  if (unit === 0) return { kind: 'none', because: 'every value is 0' };
  const series = kept.map((one) => scaleSeries(one, origin, span, unit));
  if (series.every((one) => one.total === 0)) return { kind: 'none', because: 'the values do not change' };
  return { kind: 'scaled', series, origin, span, spacing: medianSpacing(series), unit };
}

function count(n: number): string {
  return n === 0 ? 'are none' : n === 1 ? 'is 1' : `are ${n}`;
}

interface Kept extends FitSeries {
  readonly weights: Float64Array;
}

function keepFinite(input: FitSeries): Kept {
  const weight = (i: number): number => (input.weights === undefined ? 1 : (input.weights[i] ?? 0));
  const rows: number[] = [];
  for (let i = 0; i < input.x.length; i++) {
    const isUsable = Number.isFinite(input.x[i]) && Number.isFinite(input.y[i]) && Number.isFinite(weight(i));
    if (isUsable && weight(i) > 0) rows.push(i);
  }
  return {
    ...input,
    x: Float64Array.from(rows, (i) => input.x[i] ?? 0),
    y: Float64Array.from(rows, (i) => input.y[i] ?? 0),
    weights: Float64Array.from(rows, weight),
  };
}

function scaleSeries(one: Kept, origin: number, span: number, unit: number): ScaledSeries {
  const t = one.x.map((x) => (x - origin) / span);
  const raw = one.y.map((y) => y / unit);
  let sw = 0;
  let sum = 0;
  raw.forEach((value, i) => {
    const w = one.weights[i] ?? 0;
    sw += w;
    sum += w * value;
  });
  // A constant's mean may differ from it by an ulp, which would turn it into a curve of rounding errors.
  const isConstant = raw.every((value) => value === raw[0]);
  const centre = isConstant ? (raw[0] ?? 0) : sum / sw;
  const u = raw.map((value) => value - centre);
  let total = 0;
  u.forEach((value, i) => {
    total += (one.weights[i] ?? 0) * value * value;
  });
  return {
    t,
    u,
    weights: one.weights,
    centre,
    lower: (one.limitRange?.lower ?? Number.NEGATIVE_INFINITY) / unit - centre,
    upper: (one.limitRange?.upper ?? Number.POSITIVE_INFINITY) / unit - centre,
    total,
  };
}

function medianSpacing(series: readonly ScaledSeries[]): number {
  const spacings: number[] = [];
  for (const { t } of series) {
    for (let i = 1; i < t.length; i++) {
      const distance = Math.abs((t[i] ?? 0) - (t[i - 1] ?? 0));
      if (distance > 0) spacings.push(distance);
    }
  }
  spacings.sort((a, b) => a - b);
  return spacings[spacings.length >> 1] ?? 1;
}
