import type { LinearPart } from './linearPart.ts';
import { fillDecays, linearPart } from './linearPart.ts';
import type { SharedRateFit } from './sharedRateFit.ts';
import { rateBounds } from './sharedRateFit.ts';
import { studentTQuantile } from './studentT.ts';

/** Ends of an interval; an infinite end says that the data does not bound it on that side. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** A sum of multiples of fitted quantities, e.g. solver's limit less verifier's limit. */
export interface Term {
  readonly series: number;
  readonly factor: number;
}

export interface RateProfile {
  rate(level: number): Bounds;
  /** Interval of a combination of limits. */
  limit(terms: readonly Term[], level: number): Bounds;
  /** Interval of a combination of fitted curves at x, without the noise of a new checkpoint. */
  curve(terms: readonly Term[], x: number, level: number): Bounds;
  /** x at which what remains is `tolerance` of the way from `from` on: the rate alone decides it. */
  settling(from: number, tolerance: number, level: number): Bounds;
}

const profileNodes = 240;

interface Node {
  readonly rate: number;
  readonly ssr: number;
  readonly parts: readonly LinearPart[];
}

/**
 * Intervals by profile likelihood: all values for which the sum of squares stays within the t quantile of its minimum
 * (Bates and Watts 1988, 6.1.2). For a rate the sum of squares is an exact parabola in any linear quantity, so the interval
 * is the union over rates of closed-form intervals; where slow rates stay in it without end, so does the limit.
 */
export function profileRate(fit: SharedRateFit): RateProfile {
  const { problem } = fit;
  const { slowest, fastest } = rateBounds(problem, {});
  const best = fit.rate * problem.span;
  const scratch = problem.series.map((one) => new Float64Array(one.t.length));
  const node = (rate: number): Node => {
    const parts = problem.series.map((one, j) => {
      // Series on the same checkpoints have the same decays.
      const twin = problem.series.findIndex((other) => other.t === one.t);
      const decays = scratch[twin] ?? new Float64Array(one.t.length);
      if (twin === j) fillDecays(one, rate, decays);
      return linearPart(one, decays);
    });
    return { rate, ssr: parts.reduce((sum, part) => sum + part.ssr, 0), parts };
  };
  const from = Math.min(slowest, best);
  const to = Math.max(fastest, best);
  const nodes: Node[] = [];
  for (let i = 0; i < profileNodes; i++) nodes.push(node(from * (to / from) ** (i / (profileNodes - 1))));
  nodes.push(node(best));
  // Cells of the grid may be wider than a sharp minimum, so the neighbourhood of the optimum is sampled by its own width.
  for (let i = -12; i <= 12; i++) nodes.push(node(best * Math.exp((i / 3) * Math.min(1, fit.rateStandardError))));
  nodes.sort((a, b) => a.rate - b.rate);
  const least = Math.max(
    Math.min(...nodes.map((one) => one.ssr)),
    1e-30 * problem.series.reduce((sum, one) => sum + one.total, 0),
  );
  const slacks = new Map<number, number>();
  const slack = (level: number): number => {
    const known = slacks.get(level) ?? least * (studentTQuantile((1 + level) / 2, fit.dof) ** 2 / fit.dof);
    slacks.set(level, known);
    return known;
  };

  const inside = new Map<number, readonly Node[]>();
  /** Those whose sum of squares the level allows. */
  const insideOf = (level: number): readonly Node[] => {
    const allowed = least + slack(level);
    const known = inside.get(level) ?? nodes.filter((one) => !(one.ssr > allowed));
    inside.set(level, known);
    return known;
  };

  const union = (
    level: number,
    centre: (one: Node) => number,
    variance: (one: Node) => number,
    isOpen: boolean,
  ): Bounds => {
    const allowed = least + slack(level);
    let lower = Number.POSITIVE_INFINITY;
    let upper = Number.NEGATIVE_INFINITY;
    insideOf(level).forEach((one) => {
      const half = Math.sqrt((allowed - one.ssr) * variance(one));
      const middle = centre(one);
      lower = Math.min(lower, isOpen && one === nodes[0] ? openEnd(nodes, centre, middle - half, -1) : middle - half);
      upper = Math.max(upper, isOpen && one === nodes[0] ? openEnd(nodes, centre, middle + half, 1) : middle + half);
    });
    return { lower, upper };
  };
  const perSeries = (index: number, one: Node): LinearPart => one.parts[index] ?? missingPart;
  const inUnits = (bounds: Bounds, shift: number): Bounds => ({
    lower: (bounds.lower + shift) * problem.unit,
    upper: (bounds.upper + shift) * problem.unit,
  });
  const centreOf = (terms: readonly Term[]): number =>
    terms.reduce((sum, term) => sum + term.factor * (problem.series[term.series]?.centre ?? 0), 0);
  const sumOver = (terms: readonly Term[], one: Node, value: (part: LinearPart) => number): number =>
    terms.reduce((sum, term) => sum + term.factor * value(perSeries(term.series, one)), 0);

  const rate = (level: number): Bounds => {
    const allowed = least + slack(level);
    const within = nodes.filter((one) => one.ssr <= allowed);
    const first = within[0] ?? node(best);
    const final = within.at(-1) ?? first;
    return {
      lower: first === nodes[0] ? 0 : first.rate / problem.span,
      upper: final === nodes.at(-1) ? Number.POSITIVE_INFINITY : final.rate / problem.span,
    };
  };
  return {
    rate,
    limit: (terms, level) =>
      inUnits(
        union(
          level,
          (one) => sumOver(terms, one, (part) => part.limit),
          (one) => terms.reduce((sum, term) => sum + term.factor ** 2 * perSeries(term.series, one).limitVariance, 0),
          true,
        ),
        centreOf(terms),
      ),
    curve: (terms, x, level) => {
      const t = (x - problem.origin) / problem.span;
      return inUnits(
        union(
          level,
          (one) => {
            const e = Math.exp(-one.rate * t);
            return sumOver(terms, one, (part) => part.limit + part.amplitude * e);
          },
          (one) => {
            const e = Math.exp(-one.rate * t);
            const variance = (part: LinearPart): number =>
              part.limitVariance + 2 * e * part.covariance + e * e * part.amplitudeVariance;
            return terms.reduce(
              (sum, term) => sum + term.factor ** 2 * Math.max(0, variance(perSeries(term.series, one))),
              0,
            );
          },
          false,
        ),
        centreOf(terms),
      );
    },
    settling: (settlesFrom, tolerance, level) => {
      const bounds = rate(level);
      const folds = Math.log(1 / tolerance);
      return { lower: settlesFrom + folds / bounds.upper, upper: settlesFrom + folds / bounds.lower };
    },
  };
}

const missingPart: LinearPart = {
  limit: 0,
  amplitude: 0,
  ssr: 0,
  limitVariance: 0,
  amplitudeVariance: 0,
  covariance: 0,
  isHeld: true,
  meanDecay: 0,
};

/** Where the slowest rate is allowed, slower ones are too: the side on which the centre still moves away has no end. */
function openEnd(nodes: readonly Node[], centre: (one: Node) => number, end: number, side: -1 | 1): number {
  const [slowest, next] = nodes;
  if (slowest === undefined || next === undefined) return end;
  const drift = (centre(slowest) - centre(next)) * side;
  return drift > 0 ? side * Number.POSITIVE_INFINITY : end;
}
