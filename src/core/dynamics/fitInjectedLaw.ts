import { invertSmall, solveSmall } from '../fit/smallMatrix.ts';
import type { Injection } from './externalData.ts';
import type { InjectedLaw, PathStart } from './injectedPath.ts';
import { injectedPath } from './injectedPath.ts';

/** Solver and verifier uncertainties over x from 0 to 1, in units of their largest value. */
export interface InjectedProblem {
  readonly solver: { readonly x: Float64Array; readonly y: Float64Array; readonly weight: number };
  readonly verifier: { readonly x: Float64Array; readonly y: Float64Array; readonly weight: number };
  readonly injections: readonly Injection[];
}

export interface InjectedFit {
  readonly law: InjectedLaw;
  readonly start: PathStart;
  readonly ssr: number;
  /** Unweighted sums of squares. */
  readonly solverSquares: number;
  readonly verifierSquares: number;
}

/** Coordinates of the search: log rate and log odds of beta/alpha, kept where a run can tell them. */
type At = readonly [logRate: number, odds: number];
const lowest: At = [Math.log(0.05), -6];
const highest: At = [Math.log(60), 4];
const mostIterations = 40;
const difference = 1e-5;

/**
 * Least squares for a given gamma. Start and gap limit are linear (the path is, in them), so the search has two variables:
 * Gauss-Newton with Marquardt's damping on the projected residuals. @param from where it starts; null: from a grid.
 */
export function fitInjectedLaw(problem: InjectedProblem, gamma: number, from: InjectedLaw | null): InjectedFit {
  let here = from === null ? bestOfGrid(problem, gamma) : projected(problem, gamma, coordinatesOf(from));
  let damping = 1e-3;
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    const columns = here.at.map((_, k) => slope(problem, gamma, here, k));
    const matrix = columns.map((one) => columns.map((other) => dot(one, other)));
    const against = columns.map((one) => dot(one, here.residuals));
    const damped = matrix.map((row, k) => row.map((value, l) => (k === l ? value * (1 + damping) + 1e-300 : value)));
    const change = solveSmall(damped, against);
    if (change === null) break;
    const next = projected(problem, gamma, inside(here.at[0] + (change[0] ?? 0), here.at[1] + (change[1] ?? 0)));
    const step = Math.max(Math.abs(next.at[0] - here.at[0]), Math.abs(next.at[1] - here.at[1]));
    if (next.ssr < here.ssr) {
      here = next;
      damping /= 10;
      if (step < 1e-7) break;
    } else {
      damping = Math.max(1e-6, damping * 10);
      if (step < 1e-9 || damping > 1e8) break;
    }
  }
  return describe(problem, gamma, here);
}

interface Projected {
  readonly at: At;
  /** Solver, verifier and gap limit. */
  readonly linear: readonly number[];
  /** Weighted: each times the root of its weight, as are all columns. */
  readonly residuals: Float64Array;
  readonly basis: readonly Float64Array[];
  readonly inverse: readonly (readonly number[])[] | null;
  readonly ssr: number;
}

function inside(logRate: number, odds: number): At {
  return [Math.min(highest[0], Math.max(lowest[0], logRate)), Math.min(highest[1], Math.max(lowest[1], odds))];
}

function lawAt([logRate, odds]: At, gamma: number): InjectedLaw {
  return { rate: Math.exp(logRate), betaOverAlpha: 1 / (1 + Math.exp(-odds)), gamma };
}

function coordinatesOf({ rate, betaOverAlpha }: InjectedLaw): At {
  return inside(Math.log(rate), Math.log(betaOverAlpha / (1 - betaOverAlpha)));
}

function bestOfGrid(problem: InjectedProblem, gamma: number): Projected {
  const tried: Projected[] = [];
  for (const rate of [0.4, 0.8, 1.5, 3, 6, 12, 25]) {
    for (const odds of [-3, -1.5, -0.5, 0.5, 1.5]) tried.push(projected(problem, gamma, inside(Math.log(rate), odds)));
  }
  return tried.reduce((a, b) => (b.ssr < a.ssr ? b : a));
}

/** Observed or computed values end to end, each times the root of its weight. */
function stack({ solver, verifier }: InjectedProblem, s: Float64Array, v: Float64Array): Float64Array {
  const stacked = new Float64Array(s.length + v.length);
  stacked.set(s.map((value) => value * Math.sqrt(solver.weight)));
  stacked.set(
    v.map((value) => value * Math.sqrt(verifier.weight)),
    s.length,
  );
  return stacked;
}

function path(
  problem: InjectedProblem,
  law: InjectedLaw,
  [solver = 0, verifier = 0, gapLimit = 0]: readonly number[],
): Float64Array {
  const start = { x: 0, solver, verifier, gapLimit };
  const bySolver = injectedPath(law, start, problem.injections, problem.solver.x);
  const byVerifier = isSame(problem.solver.x, problem.verifier.x)
    ? bySolver
    : injectedPath(law, start, problem.injections, problem.verifier.x);
  return stack(problem, bySolver.solver, byVerifier.verifier);
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function projected(problem: InjectedProblem, gamma: number, at: At): Projected {
  const law = lawAt(at, gamma);
  const basis = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ].map((unit) => path(problem, law, unit));
  const observed = stack(problem, problem.solver.y, problem.verifier.y);
  const inverse = invertSmall(basis.map((one) => basis.map((other) => dot(one, other))));
  const sums = basis.map((one) => dot(one, observed));
  const linear = sums.map((_, i) => sums.reduce((sum, value, j) => sum + (inverse?.[i]?.[j] ?? 0) * value, 0));
  const residuals = observed.map((value, i) =>
    basis.reduce((left, one, j) => left - (linear[j] ?? 0) * (one[i] ?? 0), value),
  );
  const ssr = inverse === null ? Number.POSITIVE_INFINITY : dot(residuals, residuals);
  return { at, linear, residuals, basis, inverse, ssr };
}

/** Derivative of the path by a coordinate, with what start and gap limit can make up for taken out. */
function slope(
  problem: InjectedProblem,
  gamma: number,
  { at, linear, basis, inverse }: Projected,
  k: number,
): Float64Array {
  const moved = (by: number): Float64Array =>
    path(problem, lawAt(k === 0 ? [at[0] + by, at[1]] : [at[0], at[1] + by], gamma), linear);
  const [up, down] = [moved(difference), moved(-difference)];
  const column = up.map((value, i) => (value - (down[i] ?? 0)) / (2 * difference));
  const sums = basis.map((one) => dot(one, column));
  const given = sums.map((_, i) => sums.reduce((sum, value, j) => sum + (inverse?.[i]?.[j] ?? 0) * value, 0));
  return column.map((value, i) => basis.reduce((left, one, j) => left - (given[j] ?? 0) * (one[i] ?? 0), value));
}

function describe({ solver, verifier }: InjectedProblem, gamma: number, found: Projected): InjectedFit {
  const [s = 0, v = 0, gapLimit = 0] = found.linear;
  const cut = solver.x.length;
  const squares = (values: Float64Array, weight: number): number => dot(values, values) / weight;
  return {
    law: lawAt(found.at, gamma),
    start: { x: 0, solver: s, verifier: v, gapLimit },
    ssr: found.ssr,
    solverSquares: squares(found.residuals.subarray(0, cut), solver.weight),
    verifierSquares: squares(found.residuals.subarray(cut), verifier.weight),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
