import type { ValueRange } from '../runs/run.ts';
import { blockProblem } from './blockProblem.ts';
import { createLongSums, createSums, type RateSums } from './rateSums.ts';
import type { ScaledProblem } from './scaledProblem.ts';
import { canonicalOrder, scaleProblem } from './scaledProblem.ts';

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
 * D3): for a rate the limits and amplitudes are linear, so the search has one variable. Grid over log rate, then Gauss-Newton
 * in the best cell, because the flat minimum of the sum alone settles the rate to only about 1e-7. Long series are searched
 * by blocks and finished on all their checkpoints.
 */
export function fitSharedRate(series: readonly FitSeries[], options: FitOptions = {}): SharedRateFit | NoFit {
  const problem = scaleProblem(series);
  if (problem.kind === 'none') return problem;
  const { slowest, fastest } = rateBounds(problem, options);
  const order = canonicalOrder(problem);
  const sorted = { ...problem, series: order.flatMap((i) => problem.series[i] ?? []) };
  const blocks = blockProblem(sorted);
  const coarse = search(createSums(blocks ?? sorted), slowest, fastest);
  const sums = blocks === null ? createSums(sorted) : createLongSums(sorted, blocks, coarse);
  const rate = blocks === null ? coarse : polish(sums, coarse, slowest, fastest);
  return describe(problem, order, sums, rate, slowest, fastest);
}

/** Bounds of the rate in units of 1/span. */
export function rateBounds(problem: ScaledProblem, options: FitOptions): { slowest: number; fastest: number } {
  if (options.rateBounds !== undefined) {
    return { slowest: options.rateBounds.lower * problem.span, fastest: options.rateBounds.upper * problem.span };
  }
  return { slowest: 0.02, fastest: 8 / problem.spacing };
}

function search(sums: RateSums, slowest: number, fastest: number): number {
  const logSlowest = Math.log(slowest);
  const step = (Math.log(fastest) - logSlowest) / (gridNodes - 1);
  let best = 0;
  let bestSsr = Number.POSITIVE_INFINITY;
  for (let node = 0; node < gridNodes; node++) {
    const ssr = sums.sumOfSquares(Math.exp(logSlowest + node * step));
    if (ssr < bestSsr) {
      best = node;
      bestSsr = ssr;
    }
  }
  const low = Math.exp(logSlowest + Math.max(0, best - 1) * step);
  const high = Math.exp(logSlowest + Math.min(gridNodes - 1, best + 1) * step);
  const polished = polish(sums, Math.exp(logSlowest + best * step), slowest, fastest);
  // A step that leaves the cell was not led by its minimum.
  if (polished >= low && polished <= high && sums.sumOfSquares(polished) <= bestSsr) return polished;
  const golden = goldenSection((logRate) => sums.sumOfSquares(Math.exp(logRate)), Math.log(low), Math.log(high));
  return polish(sums, Math.exp(golden), slowest, fastest);
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

/** Gauss-Newton on the rate, from near the minimum. */
function polish(sums: RateSums, start: number, slowest: number, fastest: number): number {
  const total = sums.problem.series.reduce((sum, series) => sum + series.total, 0);
  let rate = start;
  let here = sums.step(rate);
  let lastChange = 0;
  for (let iteration = 0; iteration < 14; iteration++) {
    const change = Math.min(0.2 * rate, Math.max(-0.2 * rate, here.change));
    const next = Math.min(fastest, Math.max(slowest, rate + change));
    // Steps shrink by one factor, so the next would be this long.
    const further = Math.abs(next - rate) * Math.min(1, Math.abs((next - rate) / lastChange));
    if (!(further > 1e-11 * rate)) return next;
    lastChange = next - rate;
    const there = sums.step(next);
    // The short form of the sum is good to rounding errors of the total, under which a step is taken on trust.
    if (there.ssr > here.ssr * (1 + 1e-9) + 1e-14 * total) return rate;
    rate = next;
    here = there;
  }
  return rate;
}

function describe(
  problem: ScaledProblem,
  order: readonly number[],
  sums: RateSums,
  rate: number,
  slowest: number,
  fastest: number,
): SharedRateFit {
  const { unit } = problem;
  const series: FittedSeries[] = [];
  let n = 0;
  let left = 0;
  let curvature = 0;
  sums.fits(rate).forEach(({ one, part, ssr, along }, j) => {
    n += one.t.length;
    left += ssr;
    curvature += along;
    series[order[j] ?? j] = {
      limit: (part.limit + one.centre) * unit,
      amplitude: part.amplitude * unit,
      residual: Math.sqrt(ssr) * unit,
      r2: one.total > 0 ? 1 - ssr / one.total : null,
      n: one.t.length,
    };
  });
  const dof = Math.max(1, n - 2 * series.length - 1);
  return {
    kind: 'fitted',
    rate: rate / problem.span,
    origin: problem.origin,
    series,
    n,
    dof,
    rateStandardError: curvature > 0 ? Math.sqrt(left / dof / curvature) / rate : Number.POSITIVE_INFINITY,
    stoppedAt: rate <= slowest * (1 + 1e-9) ? 'slow' : rate >= fastest * (1 - 1e-9) ? 'fast' : 'optimum',
    problem,
  };
}
