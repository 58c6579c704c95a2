import type { LinearPart } from './linearPart.ts';
import { fillDecays, linearPart, rateDirection, residualSum } from './linearPart.ts';
import { longRatePoint, longResidualSum } from './longSeries.ts';
import type { ScaledProblem, ScaledSeries } from './scaledProblem.ts';

/** The sums of a problem for one rate after the other. */
export interface RateSums {
  readonly problem: ScaledProblem;
  sumOfSquares(rate: number): number;
  /** Sum of squares at a rate, and the Gauss-Newton step from it. */
  step(rate: number): { readonly ssr: number; readonly change: number };
  /** What the fit of each series is at a rate. */
  fits(rate: number): readonly SeriesFit[];
}

export interface SeriesFit {
  readonly one: ScaledSeries;
  readonly part: LinearPart;
  /** Exact residual sum. */
  readonly ssr: number;
  /** Curvature of half the sum by the rate. */
  readonly along: number;
}

export function createSums(problem: ScaledProblem): RateSums {
  const { series } = problem;
  const twins = series.map((one) => series.findIndex((other) => other.t === one.t));
  const own = series.map((one, j) => (twins[j] === j ? new Float64Array(one.t.length) : null));
  const decays = twins.map((twin) => own[twin] ?? new Float64Array());
  const fill = (rate: number): void => {
    series.forEach((one, j) => {
      const into = own[j];
      if (into !== null && into !== undefined) fillDecays(one, rate, into);
    });
  };
  const decaysOf = (j: number): Float64Array => decays[j] ?? new Float64Array();
  return {
    problem,
    fits: (rate) => {
      fill(rate);
      return series.map((one, j) => {
        const part = linearPart(one, decaysOf(j));
        const ssr = residualSum(one, decaysOf(j), part);
        return { one, part, ssr, along: rateDirection(one, decaysOf(j), part).along };
      });
    },
    sumOfSquares: (rate) => {
      fill(rate);
      let sum = 0;
      for (let j = 0; j < series.length; j++) {
        const one = series[j];
        if (one !== undefined) sum += linearPart(one, decaysOf(j)).ssr;
      }
      return sum;
    },
    step: (rate) => {
      fill(rate);
      let ssr = 0;
      let gradient = 0;
      let curvature = 0;
      for (let j = 0; j < series.length; j++) {
        const one = series[j];
        if (one === undefined) continue;
        const part = linearPart(one, decaysOf(j));
        const { against, along } = rateDirection(one, decaysOf(j), part);
        ssr += part.ssr;
        gradient += against;
        curvature += along;
      }
      return { ssr, change: curvature > 0 ? gradient / curvature : 0 };
    },
  };
}

/** @param blocks the same problem, shorter, and about which rate it is asked. */
export function createLongSums(problem: ScaledProblem, blocks: ScaledProblem, rate: number): RateSums {
  const { series } = problem;
  const means = blocks.series.map((block) => {
    const decays = new Float64Array(block.t.length);
    fillDecays(block, rate, decays);
    return linearPart(block, decays).meanDecay - 1;
  });
  const pointsAt = (at: number) => series.map((one, j) => ({ one, ...longRatePoint(one, at, means[j] ?? 0) }));
  return {
    problem,
    sumOfSquares: (at) => pointsAt(at).reduce((sum, { part }) => sum + part.ssr, 0),
    step: (at) => {
      const points = pointsAt(at);
      const curvature = points.reduce((sum, { along }) => sum + along, 0);
      const gradient = points.reduce((sum, { against }) => sum + against, 0);
      return {
        ssr: points.reduce((sum, { part }) => sum + part.ssr, 0),
        change: curvature > 0 ? gradient / curvature : 0,
      };
    },
    fits: (at) =>
      pointsAt(at).map(({ one, part, along }) => ({ one, part, along, ssr: longResidualSum(one, at, part) })),
  };
}
