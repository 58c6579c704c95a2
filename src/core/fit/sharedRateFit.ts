import type { ValueRange } from '../runs/run.ts';
import type { ScaledProblem, ScaledSeries } from './scaledProblem.ts';
import { scaleProblem } from './scaledProblem.ts';

/** A series to fit. x and y of equal length; pairs that are not finite are left out. */
export interface FitSeries {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Inverse variances up to a common factor; default 1. */
  readonly weights?: Float64Array;
  /** What the metric allows its limit to be. */
  readonly limitRange?: ValueRange;
}

export interface FitOptions {
  /** Bounds on the rate per unit of x; default: from 1/50 of a span's e-fold to 8 e-folds a spacing. */
  readonly rateBounds?: { readonly lower: number; readonly upper: number };
}

export interface FittedSeries {
  readonly limit: number;
  /** What is still to go at `origin`; y = limit + amplitude e^(-rate (x - origin)). */
  readonly amplitude: number;
  /** Root of the weighted sum of squared residuals, in units of y (the sum itself overflows for huge y). */
  readonly residual: number;
  /** null where y does not vary. */
  readonly r2: number | null;
  readonly n: number;
}

export interface SharedRateFit {
  readonly kind: 'fitted';
  readonly rate: number;
  /** First x of all series. */
  readonly origin: number;
  readonly series: readonly FittedSeries[];
  readonly n: number;
  /** Observations less parameters (a limit and an amplitude a series, and the rate); at least 1. */
  readonly dof: number;
  /** `slow`: no slower rate was tried, so that the data is a straight line as far as the fit can tell; `fast` likewise. */
  readonly stoppedAt: 'optimum' | 'slow' | 'fast';
  /** Standard error of log rate by the curvature at the optimum; Infinity where there is none. */
  readonly rateStandardError: number;
  readonly problem: ScaledProblem;
}

/** No fit, and why, as a clause that follows "because". */
export interface NoFit {
  readonly kind: 'none';
  readonly because: string;
}

const gridNodes = 48;

/**
 * Least squares of y_j = L_j + A_j e^(-r x) with one rate for all series, by variable projection (Golub and Pereyra 1973;
 * D3): for a rate the limits and amplitudes are linear, so the search has one variable. Grid over log rate, golden section
 * in the best cell, then Gauss-Newton, because the flat minimum of the sum alone settles the rate to only about 1e-7.
 */
export function fitSharedRate(series: readonly FitSeries[], options: FitOptions = {}): SharedRateFit | NoFit {
  const problem = scaleProblem(series);
  if (problem.kind === 'none') return problem;
  const { slowest, fastest } = rateBounds(problem, options);
  const logSlowest = Math.log(slowest);
  const step = (Math.log(fastest) - logSlowest) / (gridNodes - 1);
  let best = 0;
  let bestSsr = Number.POSITIVE_INFINITY;
  for (let node = 0; node < gridNodes; node++) {
    const ssr = sumOfSquares(problem, Math.exp(logSlowest + node * step));
    if (ssr < bestSsr) {
      best = node;
      bestSsr = ssr;
    }
  }
  const low = logSlowest + Math.max(0, best - 1) * step;
  const high = logSlowest + Math.min(gridNodes - 1, best + 1) * step;
  const golden = goldenSection((logRate) => sumOfSquares(problem, Math.exp(logRate)), low, high);
  const rate = gaussNewton(problem, Math.exp(golden), slowest, fastest);
  return describe(problem, rate, slowest, fastest);
}

/** Bounds of the rate in units of 1/span. */
export function rateBounds(problem: ScaledProblem, options: FitOptions): { slowest: number; fastest: number } {
  if (options.rateBounds !== undefined) {
    return { slowest: options.rateBounds.lower * problem.span, fastest: options.rateBounds.upper * problem.span };
  }
  return { slowest: 0.02, fastest: 8 / problem.spacing };
}

export interface LinearPart {
  readonly limit: number;
  readonly amplitude: number;
  readonly ssr: number;
  /** Entries of (X'WX)^-1 for limit and amplitude; the limit's are 0 where a bound holds it. */
  readonly limitVariance: number;
  readonly amplitudeVariance: number;
  readonly covariance: number;
  readonly isHeld: boolean;
}

/** Best limit and amplitude of one series for a rate, all in scaled units. */
export function linearPart(series: ScaledSeries, rate: number): LinearPart {
  const { t, u, weights } = series;
  let sw = 0;
  let se = 0;
  let su = 0;
  for (let i = 0; i < t.length; i++) {
    const w = weights[i] ?? 0;
    const e = Math.expm1(-rate * (t[i] ?? 0));
    sw += w;
    se += w * e;
    su += w * (u[i] ?? 0);
  }
  const meanE = se / sw;
  const meanU = su / sw;
  let cee = 0;
  let ceu = 0;
  let cuu = 0;
  for (let i = 0; i < t.length; i++) {
    const w = weights[i] ?? 0;
    const e = Math.expm1(-rate * (t[i] ?? 0)) - meanE;
    const d = (u[i] ?? 0) - meanU;
    cee += w * e * e;
    ceu += w * e * d;
    cuu += w * d * d;
  }
  if (!(cee > 0)) {
    const ssr = cuu;
    return {
      limit: meanU,
      amplitude: 0,
      ssr,
      limitVariance: 1 / sw,
      amplitudeVariance: 0,
      covariance: 0,
      isHeld: false,
    };
  }
  const amplitude = ceu / cee;
  const limit = meanU - amplitude * (1 + meanE);
  if (limit >= series.lower && limit <= series.upper) {
    return {
      limit,
      amplitude,
      ssr: Math.max(0, cuu - (ceu * ceu) / cee),
      limitVariance: 1 / sw + (1 + meanE) ** 2 / cee,
      amplitudeVariance: 1 / cee,
      covariance: -(1 + meanE) / cee,
      isHeld: false,
    };
  }
  const held = Math.min(series.upper, Math.max(series.lower, limit));
  const eeRaw = cee + sw * (1 + meanE) ** 2;
  const euRaw = ceu + sw * (1 + meanE) * (meanU - held);
  const heldAmplitude = euRaw / eeRaw;
  return {
    limit: held,
    amplitude: heldAmplitude,
    ssr: Math.max(0, cuu + sw * (meanU - held) ** 2 - (euRaw * euRaw) / eeRaw),
    limitVariance: 0,
    amplitudeVariance: 1 / eeRaw,
    covariance: 0,
    isHeld: true,
  };
}

function sumOfSquares(problem: ScaledProblem, rate: number): number {
  let sum = 0;
  for (const series of problem.series) sum += linearPart(series, rate).ssr;
  return sum;
}

/** Exact residual sum: the short form in {@link linearPart} cancels where the fit is nearly perfect. */
function residualSum(series: ScaledSeries, rate: number, part: LinearPart): number {
  let sum = 0;
  for (let i = 0; i < series.t.length; i++) {
    const fitted = part.limit + part.amplitude * Math.exp(-rate * (series.t[i] ?? 0));
    sum += (series.weights[i] ?? 0) * ((series.u[i] ?? 0) - fitted) ** 2;
  }
  return sum;
}

function goldenSection(f: (x: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let atLeft = f(left);
  let atRight = f(right);
  // 1e-4 in log rate is well inside the reach of the Gauss-Newton steps that follow.
  while (high - low > 1e-4) {
    if (atLeft <= atRight) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - ratio * (high - low);
      atLeft = f(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + ratio * (high - low);
      atRight = f(right);
    }
  }
  const ends: readonly [number, number][] = [
    [f(from), from],
    [f(to), to],
    [Math.min(atLeft, atRight), (low + high) / 2],
  ];
  return ends.reduce((a, b) => (b[0] < a[0] ? b : a))[1];
}

function gaussNewton(problem: ScaledProblem, start: number, slowest: number, fastest: number): number {
  const total = problem.series.reduce((sum, series) => sum + series.total, 0);
  let rate = start;
  for (let iteration = 0; iteration < 12; iteration++) {
    let gradient = 0;
    let curvature = 0;
    for (const series of problem.series) {
      const part = linearPart(series, rate);
      const { against, along } = rateDirection(series, rate, part);
      gradient += against;
      curvature += along;
    }
    if (!(curvature > 0)) return rate;
    const change = Math.min(0.2 * rate, Math.max(-0.2 * rate, gradient / curvature));
    const next = Math.min(fastest, Math.max(slowest, rate + change));
    if (Math.abs(next - rate) <= 1e-14 * rate) return next;
    // The short form of the sum is good to rounding errors of the total, under which a step is taken on trust.
    if (sumOfSquares(problem, next) > sumOfSquares(problem, rate) * (1 + 1e-9) + 1e-14 * total) return rate;
    rate = next;
  }
  return rate;
}

/** Derivative of the fitted curve by the rate with the part that limit and amplitude can make up for taken out. */
function rateDirection(series: ScaledSeries, rate: number, part: LinearPart): { against: number; along: number } {
  const { t, u, weights } = series;
  const size = t.length;
  let sw = 0;
  let se = 0;
  let sd = 0;
  for (let i = 0; i < size; i++) {
    const w = weights[i] ?? 0;
    const e = Math.exp(-rate * (t[i] ?? 0));
    sw += w;
    se += w * e;
    sd -= w * part.amplitude * (t[i] ?? 0) * e;
  }
  const meanE = part.isHeld ? 0 : se / sw;
  const meanD = part.isHeld ? 0 : sd / sw;
  let ee = 0;
  let ed = 0;
  for (let i = 0; i < size; i++) {
    const w = weights[i] ?? 0;
    const raw = Math.exp(-rate * (t[i] ?? 0));
    const d = -part.amplitude * (t[i] ?? 0) * raw - meanD;
    ee += w * (raw - meanE) ** 2;
    ed += w * (raw - meanE) * d;
  }
  const slope = ee > 0 ? ed / ee : 0;
  let against = 0;
  let along = 0;
  for (let i = 0; i < size; i++) {
    const w = weights[i] ?? 0;
    const raw = Math.exp(-rate * (t[i] ?? 0));
    const d = -part.amplitude * (t[i] ?? 0) * raw - meanD - slope * (raw - meanE);
    const residual = (u[i] ?? 0) - part.limit - part.amplitude * raw;
    against += w * d * residual;
    along += w * d * d;
  }
  return { against, along };
}

function describe(problem: ScaledProblem, rate: number, slowest: number, fastest: number): SharedRateFit {
  const unit = problem.unit;
  const series = problem.series.map((one): FittedSeries => {
    const part = linearPart(one, rate);
    const ssr = residualSum(one, rate, part);
    return {
      limit: (part.limit + one.centre) * unit,
      amplitude: part.amplitude * unit,
      residual: Math.sqrt(ssr) * unit,
      r2: one.total > 0 ? 1 - ssr / one.total : null,
      n: one.t.length,
    };
  });
  const n = series.reduce((sum, one) => sum + one.n, 0);
  return {
    kind: 'fitted',
    rate: rate / problem.span,
    origin: problem.origin,
    series,
    n,
    dof: Math.max(1, n - 2 * series.length - 1),
    rateStandardError: logRateError(problem, rate, n),
    stoppedAt: rate <= slowest * (1 + 1e-9) ? 'slow' : rate >= fastest * (1 - 1e-9) ? 'fast' : 'optimum',
    problem,
  };
}

function logRateError(problem: ScaledProblem, rate: number, n: number): number {
  let ssr = 0;
  let curvature = 0;
  for (const series of problem.series) {
    const part = linearPart(series, rate);
    ssr += residualSum(series, rate, part);
    curvature += rateDirection(series, rate, part).along;
  }
  const dof = Math.max(1, n - 2 * problem.series.length - 1);
  return curvature > 0 ? Math.sqrt(ssr / dof / curvature) / rate : Number.POSITIVE_INFINITY;
}
