import { noiseSize, noiseStrength } from './constants.ts';
import type { Candidate } from './gridDesign.ts';
import type { NoiseStructure } from './noiseStructure.ts';

/** A candidate under one noise structure, with its whitened sums. */
export interface GridNode {
  readonly candidate: Candidate;
  readonly noise: number;
  readonly a11: number;
  readonly a12: number;
  readonly a22: number;
  readonly b1: number;
  readonly b2: number;
  readonly zz: number;
  readonly isConstant: boolean;
  /** What the shape carries on past the last block. */
  readonly carried: number;
  /** Noise size by generalised least squares, shrunk towards its prior. */
  readonly size: number;
  readonly score: number;
}

/** The data and a level of 1, whitened under one noise structure, with what they carry on past the last block. */
export interface Whitened {
  readonly noise: number;
  readonly structure: NoiseStructure;
  readonly one: Float64Array;
  readonly data: Float64Array;
  readonly carriedOne: number;
  readonly carriedData: number;
}

export function whitenData(structure: NoiseStructure, noise: number, u: Float64Array): Whitened {
  const one = new Float64Array(u.length);
  const data = new Float64Array(u.length);
  const carriedOne = structure.whiten(new Float64Array(u.length).fill(1), 0, one);
  const carriedData = structure.whiten(u, 0, data);
  return { noise, structure, one, data, carriedOne, carriedData };
}

/** Sums up candidates with the whitened data; a node's score leaves out what is alike for all. */
export function sumUp(candidates: readonly Candidate[], whitened: Whitened, into: GridNode[]): void {
  const { structure, one, data, noise } = whitened;
  const n = one.length;
  const shape = new Float64Array(n);
  let a11 = 0;
  let b1 = 0;
  let zz = 0;
  for (let i = 0; i < n; i++) {
    const o = one[i] ?? 0;
    const d = data[i] ?? 0;
    a11 += o * o;
    b1 += o * d;
    zz += d * d;
  }
  const strength = Math.max(n - 2, 1) + noiseStrength;
  const prior = noiseStrength * noiseSize * noiseSize;
  for (const candidate of candidates) {
    const isConstant = candidate.family === null;
    const carried = isConstant ? 0 : structure.whiten(candidate.values, 0, shape);
    let a12 = 0;
    let a22 = 0;
    let b2 = 0;
    if (!isConstant) {
      for (let i = 0; i < n; i++) {
        const p = shape[i] ?? 0;
        a12 += (one[i] ?? 0) * p;
        a22 += p * p;
        b2 += p * (data[i] ?? 0);
      }
    }
    const spread = a22 - (a12 * a12) / a11;
    const amplitude = isConstant || !(spread > 1e-12 * a22) ? 0 : (b2 - (a12 * b1) / a11) / spread;
    const leftover = Math.max(0, zz - (b1 * b1) / a11 - amplitude * amplitude * Math.max(0, spread)) + prior;
    into.push({
      candidate,
      noise,
      isConstant,
      a11,
      a12,
      a22,
      b1,
      b2,
      zz,
      carried,
      size: Math.sqrt(leftover / strength),
      score:
        -0.5 * strength * Math.log(leftover) -
        0.5 * structure.logDeterminant +
        Math.log(candidate.prior * structure.prior),
    });
  }
}
