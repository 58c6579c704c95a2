import { blockProblem } from './blockProblem.ts';
import type { CurveFamily, Shape } from './curveFamily.ts';
import type { ProjectedSeries } from './projectedSeries.ts';
import { projectSeries } from './projectedSeries.ts';
import type { ScaledProblem } from './scaledProblem.ts';
import { canonicalOrder, scaleProblem } from './scaledProblem.ts';
import { coordinateSlope, fromCoordinate, toCoordinate, unitOf } from './shapeParameter.ts';
import type { FitSeries, NoFit } from './sharedRateFit.ts';
import { invertSmall, solveSmall } from './smallMatrix.ts';

/** A fitted value; the standard error is Infinity where the data does not tell it, 0 where a bound holds it. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
}

export interface FittedCurve {
  readonly kind: 'fitted';
  /** Parameters of the shape that all series share, in units of x. */
  readonly shape: readonly Estimate[];
  /** First x of all series, where decay is 1. */
  readonly origin: number;
  readonly series: readonly {
    readonly limit: Estimate;
    readonly amplitude: Estimate;
    /** null where y does not vary. */
    readonly r2: number | null;
  }[];
  /** Observations less parameters; at least 1. */
  readonly dof: number;
  /** `edge`: the sum still falls where shapes lie far outside the family's grid, so that the data names no shape. */
  readonly stoppedAt: 'optimum' | 'edge' | 'iterations';
}

/** Shapes of the grid from which the search starts: sums of squares of two-parameter shapes have side valleys. */
const starts = 4;
const mostIterations = 200;
/** On all checkpoints of a long series, which begin where the blocks' optimum is. */
const mostPolishing = 8;
/** Steps along an edge: what is named there is not told by the data, so its last digits are not worth a search. */
const mostAtEdge = 20;
/** How far outside its grid a parameter is followed, in the coordinate of its search: a factor of 50. */
const margin = Math.log(50);

/**
 * Least squares of y_j = L_j + A_j decay(t, shape) with one shape for all series: variable projection (Golub and Pereyra 1973)
 * with Kaufman's Jacobian (1975) and Marquardt's damping, from the best shapes of the family's grid, so that no start value is
 * asked. Standard errors are those of the full Jacobian and of the residuals' variance, as SciPy's `curve_fit` gives them.
 */
export function fitCurve(family: CurveFamily, inputs: readonly FitSeries[]): FittedCurve | NoFit {
  const problem = scaleProblem(inputs);
  if (problem.kind === 'none') return problem;
  const order = canonicalOrder(problem);
  const sorted: ScaledProblem = { ...problem, series: order.flatMap((i) => problem.series[i] ?? []) };
  const search = createSearch(family, sorted);
  const blocks = blockProblem(sorted);
  const coarse = blocks === null ? search : createSearch(family, blocks);
  const starting = startsOf(coarse);
  if (starting.length === 0) return { kind: 'none', because: 'no shape of the curve is finite at its checkpoints' };
  const found = starting.map((start) => descend(coarse, start)).reduce((a, b) => (b.ssr < a.ssr ? b : a));
  const best = blocks === null ? found : polish(search, found);
  return describe(family, sorted, order, search, best);
}

/** Where the search stands: the shape in its coordinates, and the best linear part for it. */
interface Point {
  readonly at: readonly number[];
  readonly shape: Shape;
  readonly parts: readonly ProjectedSeries[];
  readonly ssr: number;
}

interface Search {
  readonly family: CurveFamily;
  readonly problem: ScaledProblem;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  point(at: readonly number[]): Point;
}

function createSearch(family: CurveFamily, problem: ScaledProblem): Search {
  const { parameters } = family;
  const point = (at: readonly number[]): Point => {
    const shape = parameters.map((parameter, k) => fromCoordinate(parameter, at[k] ?? 0));
    const parts = problem.series.map((one) =>
      projectSeries(
        one,
        one.t.map((t) => family.decay(t, shape)),
      ),
    );
    return { at, shape, parts, ssr: parts.reduce((sum, part) => sum + part.ssr, 0) };
  };
  const grid = gridOf(family);
  const ends = (of: (a: number, b: number) => number): number[] =>
    parameters.map((_, k) => grid.map((at) => at[k] ?? 0).reduce((a, b) => of(a, b)));
  return {
    family,
    problem,
    point,
    lower: ends(Math.min).map((end) => end - margin),
    upper: ends(Math.max).map((end) => end + margin),
  };
}

function gridOf({ parameters, shapes }: CurveFamily): number[][] {
  return shapes.map((shape) => parameters.map((parameter, k) => toCoordinate(parameter, shape[k] ?? 1)));
}

function startsOf({ family, point }: Search): Point[] {
  const tried = gridOf(family).map(point);
  return tried
    .filter(({ ssr }) => Number.isFinite(ssr))
    .sort((a, b) => a.ssr - b.ssr)
    .slice(0, starts);
}

interface Normal {
  /** J'WJ and J'Wr of the projected Jacobian. */
  readonly matrix: readonly (readonly number[])[];
  readonly against: readonly number[];
  /** How limit and amplitude of each series give way to a change of the shape: d limit and d amplitude by coordinate. */
  readonly given: readonly (readonly { readonly limit: number; readonly amplitude: number }[])[];
}

function normalEquations({ family, problem }: Search, { shape, parts }: Point): Normal {
  const { parameters } = family;
  const size = parameters.length;
  const matrix = parameters.map(() => new Array<number>(size).fill(0));
  const against = new Array<number>(size).fill(0);
  const slopes = parameters.map((parameter, k) => coordinateSlope(parameter, shape[k] ?? 1));
  const given = problem.series.map((one, j) => {
    const part = parts[j];
    if (part === undefined) return [];
    const { t, weights } = one;
    const decay = t.map((at) => family.decay(at, shape));
    const columns = parameters.map(() => new Float64Array(t.length));
    t.forEach((at, i) => {
      family.gradient(at, shape).forEach((slope, k) => {
        const column = columns[k];
        if (column !== undefined) column[i] = part.amplitude * slope * (slopes[k] ?? 0);
      });
    });
    const linear = columns.map((column) => {
      let ones = 0;
      let decays = 0;
      for (let i = 0; i < column.length; i++) {
        const w = (weights[i] ?? 0) * (column[i] ?? 0);
        ones += w;
        decays += w * (decay[i] ?? 0);
      }
      const limit = part.limitVariance * ones + part.covariance * decays;
      const amplitude = part.covariance * ones + part.amplitudeVariance * decays;
      for (let i = 0; i < column.length; i++) {
        column[i] = (column[i] ?? 0) - limit - amplitude * (decay[i] ?? 0);
      }
      return { limit: -limit, amplitude: -amplitude };
    });
    columns.forEach((column, k) => {
      for (let i = 0; i < column.length; i++) {
        const w = (weights[i] ?? 0) * (column[i] ?? 0);
        against[k] = (against[k] ?? 0) + w * (part.residuals[i] ?? 0);
        columns.forEach((other, l) => {
          const row = matrix[k];
          if (row !== undefined) row[l] = (row[l] ?? 0) + w * (other[i] ?? 0);
        });
      }
    });
    return linear;
  });
  return { matrix, against, given };
}

interface Descent extends Point {
  readonly stoppedAt: FittedCurve['stoppedAt'];
}

/** Continues on all checkpoints, unless the blocks named no shape. */
function polish(search: Search, found: Descent): Descent {
  const start = search.point(found.at);
  return found.stoppedAt === 'edge' ? { ...start, stoppedAt: 'edge' } : descend(search, start, mostPolishing);
}

function descend(search: Search, start: Point, iterations = mostIterations): Descent {
  const { lower, upper } = search;
  let here = start;
  let damping = 1e-3;
  let lastStep = Number.POSITIVE_INFINITY;
  const isAtEdge = ({ at }: Point): boolean =>
    at.some((value, k) => value <= (lower[k] ?? 0) || value >= (upper[k] ?? 0));
  const stop = (stoppedAt: FittedCurve['stoppedAt']): Descent => ({
    ...here,
    stoppedAt: isAtEdge(here) ? 'edge' : stoppedAt,
  });
  let atEdge = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (isAtEdge(here) && ++atEdge > mostAtEdge) return stop('edge');
    const { matrix, against } = normalEquations(search, here);
    const damped = matrix.map((row, k) => row.map((value, l) => (k === l ? value * (1 + damping) : value)));
    const change = solveSmall(damped, against);
    if (change === null) {
      if (damping > 1e6) return stop('edge');
      damping = Math.max(1e-8, damping * 10);
      continue;
    }
    const next = search.point(
      here.at.map((value, k) => Math.min(upper[k] ?? value, Math.max(lower[k] ?? value, value + (change[k] ?? 0)))),
    );
    const step = next.at.reduce((most, value, k) => Math.max(most, Math.abs(value - (here.at[k] ?? 0))), 0);
    const gain = change.reduce((sum, value, k) => sum + value * (against[k] ?? 0), 0);
    // A flat minimum hides under the rounding errors of the sum; there steps are taken on trust while they grow smaller.
    const isFlat = Math.abs(gain) <= 1e-11 * here.ssr;
    if (step <= 1e-13 || (isFlat && step >= lastStep)) return stop('optimum');
    if (next.ssr < here.ssr || isFlat) {
      here = next;
      damping = isFlat ? 0 : damping / 10;
      lastStep = isFlat ? step : Number.POSITIVE_INFINITY;
    } else {
      damping = Math.max(1e-8, damping * 10);
      if (damping > 1e12) return stop('optimum');
    }
  }
  return stop('iterations');
}

function describe(
  family: CurveFamily,
  problem: ScaledProblem,
  order: readonly number[],
  search: Search,
  best: Descent,
): FittedCurve {
  const { span, unit } = problem;
  const { matrix, given } = normalEquations(search, best);
  const n = problem.series.reduce((sum, one) => sum + one.t.length, 0);
  const dof = Math.max(1, n - family.parameters.length - 2 * problem.series.length);
  const variance = best.ssr / dof;
  const inverse = invertSmall(matrix);
  const spread = (gives: (k: number) => number, own: number): number => {
    if (inverse === null) return Number.POSITIVE_INFINITY;
    let sum = own;
    inverse.forEach((row, k) => {
      row.forEach((value, l) => {
        sum += gives(k) * value * gives(l);
      });
    });
    return Math.sqrt(variance * sum);
  };
  const series: FittedCurve['series'][number][] = [];
  problem.series.forEach((one, j) => {
    const part = best.parts[j];
    if (part === undefined) return;
    series[order[j] ?? j] = {
      limit: {
        value: (part.limit + one.centre) * unit,
        standardError: part.isHeld ? 0 : spread((k) => given[j]?.[k]?.limit ?? 0, part.limitVariance) * unit,
      },
      amplitude: {
        value: part.amplitude * unit,
        standardError: spread((k) => given[j]?.[k]?.amplitude ?? 0, part.amplitudeVariance) * unit,
      },
      r2: one.total > 0 ? 1 - part.ssr / one.total : null,
    };
  });
  return {
    kind: 'fitted',
    origin: problem.origin,
    shape: family.parameters.map((parameter, k) => {
      const value = best.shape[k] ?? 1;
      const inUnits = unitOf(parameter, span);
      return {
        value: value * inUnits,
        standardError: spread((l) => (l === k ? coordinateSlope(parameter, value) * inUnits : 0), 0),
      };
    }),
    series,
    dof,
    stoppedAt: best.stoppedAt,
  };
}
