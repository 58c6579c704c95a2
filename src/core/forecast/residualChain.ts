/**
 * Covariance of residuals in which all of the past acts on what follows through one number, as in a random walk:
 * Cov(i, j) = row[i] * column[j] for i > j, and `diagonal` where i = j.
 */
export interface ResidualChain {
  readonly diagonal: Float64Array;
  readonly row: Float64Array;
  readonly column: Float64Array;
}

/** Cholesky factor of a chain: every operation takes O(n). A class, so that all factors run the same compiled code. */
export class ChainFactor {
  readonly logDeterminant: number;
  /** Variance of the carried number at the end of the last block, as far as the blocks tell it. */
  readonly carriedVariance: number;
  /** What the steps of {@link whiten} take: who whitens many rows takes them in a loop of their own. */
  readonly row: Float64Array;
  readonly scale: Float64Array;
  readonly gain: Float64Array;

  constructor(
    logDeterminant: number,
    carriedVariance: number,
    row: Float64Array,
    scale: Float64Array,
    gain: Float64Array,
  ) {
    this.logDeterminant = logDeterminant;
    this.carriedVariance = carriedVariance;
    this.row = row;
    this.scale = scale;
    this.gain = gain;
  }

  /**
   * Solves C z = values[offset ...] for the Cholesky factor C and writes z into `into`.
   * @returns the number that carries these values on past the last block.
   */
  whiten(values: Float64Array, offset: number, into: Float64Array): number {
    const { row, scale, gain } = this;
    let carried = 0;
    for (let i = 0; i < row.length; i++) {
      const z = ((values[offset + i] ?? 0) - (row[i] ?? 0) * carried) * (scale[i] ?? 1);
      into[i] = z;
      carried += (gain[i] ?? 0) * z;
    }
    return carried;
  }
}

/** The factor by the recursions of Foreman-Mackey et al. (AJ 154:220, 2017, section 5.2) for one term. */
export function factorChain({ diagonal, row, column }: ResidualChain): ChainFactor {
  const n = diagonal.length;
  const scale = new Float64Array(n);
  const gain = new Float64Array(n);
  let logDeterminant = 0;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    const u = row[i] ?? 0;
    const left = Math.max(1e-12, (diagonal[i] ?? 1) - u * u * variance);
    const weight = ((column[i] ?? 0) - u * variance) / left;
    scale[i] = 1 / Math.sqrt(left);
    // In units of the whitened value, so that whitening multiplies once.
    gain[i] = weight * Math.sqrt(left);
    variance += left * weight * weight;
    logDeterminant += Math.log(left);
  }
  return new ChainFactor(logDeterminant, variance, row, scale, gain);
}
