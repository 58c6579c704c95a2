import type { ScaledCurve } from './scaledCurve.ts';

/** How neighbouring residuals hang together, as a covariance up to a common factor, in whitened form. */
export interface NoiseStructure {
  readonly prior: number;
  readonly logDeterminant: number;
  /** Weight of the random walk in the covariance, 0 to 1. */
  readonly walk: number;
  /** Solves C z = values for the Cholesky factor C; writes into `into` at `offset`. */
  whiten(values: Float64Array, into: Float64Array, offset: number): void;
  /** Covariances of the blocks with the noise at t. */
  covariance(t: number): Float64Array;
  /** Variance of the noise of one new checkpoint at t. */
  variance(t: number): number;
}

/**
 * White noise, a random walk with a little white noise, and half of each. The walk is what makes "it stays where it is" a
 * member of the mixture and what carries a misfit on into the forecast.
 */
export function noiseStructures(curve: ScaledCurve): readonly NoiseStructure[] {
  return [build(curve, 0, 0.4), build(curve, 0.97, 0.4), build(curve, 0.5, 0.2)];
}

function build(curve: ScaledCurve, walk: number, prior: number): NoiseStructure {
  const n = curve.t.length;
  const clock = (t: number): number => Math.max(0, t / curve.spacing + 1);
  const clocks = curve.t.map(clock);
  const factor = new Float64Array(n * n);
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = walk * Math.min(clocks[i] ?? 0, clocks[j] ?? 0) + (i === j ? (1 - walk) * (curve.noise[i] ?? 1) : 0);
      for (let k = 0; k < j; k++) sum -= (factor[i * n + k] ?? 0) * (factor[j * n + k] ?? 0);
      factor[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (factor[j * n + j] ?? 1);
    }
    logDeterminant += 2 * Math.log(factor[i * n + i] ?? 1);
  }
  return {
    prior,
    logDeterminant,
    walk,
    whiten: (values, into, offset) => {
      for (let i = 0; i < n; i++) {
        let sum = values[i] ?? 0;
        if (walk > 0) for (let k = 0; k < i; k++) sum -= (factor[i * n + k] ?? 0) * (into[offset + k] ?? 0);
        into[offset + i] = sum / (factor[i * n + i] ?? 1);
      }
    },
    covariance: (t) => {
      const at = clock(t);
      return clocks.map((c) => walk * Math.min(c, at));
    },
    variance: (t) => walk * clock(t) + (1 - walk),
  };
}
