import { noisePriors } from './constants.ts';
import type { ChainFactor } from './residualChain.ts';
import { factorChain } from './residualChain.ts';
import type { ScaledCurve } from './scaledCurve.ts';

/** How neighbouring residuals hang together, as a covariance up to a common factor. */
export interface NoiseStructure {
  readonly chain: ChainFactor;
  readonly prior: number;
  /** Weight of the random walk in the covariance, 0 to 1. */
  readonly walk: number;
  /** Covariances of the blocks with the noise at t. */
  covariance(t: number): Float64Array;
  /** Share of what the last block carries on that reaches t, from 1 on. */
  reach(t: number): number;
  /** Variance of the noise of one new checkpoint at t. */
  variance(t: number): number;
}

/** White noise and random walks. A walk carries a misfit on into the forecast. */
export function noiseStructures(curve: ScaledCurve): readonly NoiseStructure[] {
  return noisePriors.map(({ walk, prior }) => walkAndWhite(curve, walk, prior));
}

function walkAndWhite(curve: ScaledCurve, walk: number, prior: number): NoiseStructure {
  const n = curve.t.length;
  const clock = (t: number): number => Math.max(0, t / curve.spacing + 1);
  const clocks = curve.t.map(clock);
  const ones = new Float64Array(n).fill(1);
  const column = clocks.map((c) => walk * c);
  const chain = factorChain({
    diagonal: column.map((variance, i) => variance + (1 - walk) * (curve.noise[i] ?? 1)),
    row: walk > 0 ? ones : new Float64Array(n),
    column,
  });
  return {
    chain,
    prior,
    walk,
    covariance: (t) => {
      const at = clock(t);
      return clocks.map((c) => walk * Math.min(c, at));
    },
    reach: () => (walk > 0 ? 1 : 0),
    variance: (t) => walk * clock(t) + (1 - walk),
  };
}
