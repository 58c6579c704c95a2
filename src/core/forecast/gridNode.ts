import type { Candidate } from './gridDesign.ts';
import { noiseSize, noiseStrength } from './noisePrior.ts';
import type { NoiseStructure } from './noiseStructure.ts';

/** A candidate under one noise structure, with its whitened sums. */
export interface GridNode {
  readonly candidate: Candidate;
  readonly noise: number;
  /** Where the whitened shape stands. */
  readonly phi: Float64Array;
  readonly offset: number;
  readonly a11: number;
  readonly a12: number;
  readonly a22: number;
  readonly b1: number;
  readonly b2: number;
  readonly zz: number;
  readonly isConstant: boolean;
  /** Noise size by generalised least squares, shrunk towards its prior. */
  readonly size: number;
  readonly score: number;
}

/** Sums up a whitened shape with the whitened data; its score leaves out what is alike for all. */
export function sumUp(
  candidate: Candidate,
  noise: number,
  structure: NoiseStructure,
  phi: Float64Array,
  offset: number,
  one: Float64Array,
  data: Float64Array,
): GridNode {
  const n = one.length;
  let a11 = 0;
  let a12 = 0;
  let a22 = 0;
  let b1 = 0;
  let b2 = 0;
  let zz = 0;
  for (let i = 0; i < n; i++) {
    const o = one[i] ?? 0;
    const p = phi[offset + i] ?? 0;
    const d = data[i] ?? 0;
    a11 += o * o;
    a12 += o * p;
    a22 += p * p;
    b1 += o * d;
    b2 += p * d;
    zz += d * d;
  }
  const isConstant = candidate.family === null;
  const spread = a22 - (a12 * a12) / a11;
  const amplitude = isConstant || !(spread > 1e-12 * a22) ? 0 : (b2 - (a12 * b1) / a11) / spread;
  const leftover = Math.max(0, zz - (b1 * b1) / a11 - amplitude * amplitude * Math.max(0, spread));
  const strength = Math.max(n - 2, 1) + noiseStrength;
  return {
    candidate,
    noise,
    phi,
    offset,
    isConstant,
    a11,
    a12,
    a22,
    b1,
    b2,
    zz,
    size: Math.sqrt((leftover + noiseStrength * noiseSize * noiseSize) / strength),
    score:
      -0.5 * strength * Math.log(leftover + noiseStrength * noiseSize * noiseSize) -
      0.5 * structure.logDeterminant +
      Math.log(candidate.prior * structure.prior),
  };
}
