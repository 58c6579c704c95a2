import type { CurveFamily } from '../fit/curveFamily.ts';
import { noiseSize, noiseStrength } from './constants.ts';
import type { Candidate, CandidateTable } from './gridDesign.ts';
import type { NoiseStructure } from './noiseStructure.ts';

/** A candidate under one noise structure. */
export interface GridNode {
  readonly candidate: Candidate;
  readonly noise: number;
  readonly isConstant: boolean;
  /** What the shape carries on past the last block. */
  readonly carried: number;
}

/** The data and a level of 1, whitened under one noise structure, with what they carry on past the last block. */
export interface Whitened {
  readonly noise: number;
  readonly structure: NoiseStructure;
  readonly one: Float64Array;
  readonly data: Float64Array;
  readonly carriedOne: number;
  readonly carriedData: number;
  /** Products of level and level, level and data, data and data. */
  readonly a11: number;
  readonly b1: number;
  readonly zz: number;
}

/** Whitened sums of many candidates, a row each: most nodes weigh nothing, and only those that do are made. */
export interface NodeSums {
  readonly whitened: Whitened;
  readonly candidates: readonly Candidate[];
  /** What is alike for all is left out. */
  readonly scores: Float64Array;
  /** {@link sumsPerNode} of each: a12, a22, b2, what is carried on past the last block, and the noise size. */
  readonly sums: Float64Array;
  /** Families whose shapes give way to others that lie closer to their peak. */
  readonly gone: ReadonlySet<CurveFamily | null>;
}

export const sumsPerNode = 5;
const noFamilies: ReadonlySet<CurveFamily | null> = new Set();

export function whitenData(structure: NoiseStructure, noise: number, u: Float64Array): Whitened {
  const n = u.length;
  const one = new Float64Array(n);
  const data = new Float64Array(n);
  const carriedOne = structure.chain.whiten(new Float64Array(n).fill(1), 0, one);
  const carriedData = structure.chain.whiten(u, 0, data);
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
  return { noise, structure, one, data, carriedOne, carriedData, a11, b1, zz };
}

/** Sums up candidates with the whitened data. */
export function sumUp({ candidates, decays }: CandidateTable, whitened: Whitened): NodeSums {
  const { one, data, a11, b1, zz, structure } = whitened;
  const { row: rows, scale, gain, logDeterminant } = structure.chain;
  const n = one.length;
  const scores = new Float64Array(candidates.length);
  const sums = new Float64Array(candidates.length * sumsPerNode);
  const strength = Math.max(n - 2, 1) + noiseStrength;
  const prior = noiseStrength * noiseSize * noiseSize;
  for (let row = 0; row < candidates.length; row++) {
    const candidate = candidates[row];
    if (candidate === undefined) continue;
    const isConstant = candidate.family === null;
    let carried = 0;
    let a12 = 0;
    let a22 = 0;
    let b2 = 0;
    if (!isConstant) {
      const first = row * n;
      for (let i = 0; i < n; i++) {
        const p = ((decays[first + i] ?? 0) - (rows[i] ?? 0) * carried) * (scale[i] ?? 1);
        carried += (gain[i] ?? 0) * p;
        a12 += (one[i] ?? 0) * p;
        a22 += p * p;
        b2 += p * (data[i] ?? 0);
      }
    }
    const spread = a22 - (a12 * a12) / a11;
    const amplitude = isConstant || !(spread > 1e-12 * a22) ? 0 : (b2 - (a12 * b1) / a11) / spread;
    const leftover = Math.max(0, zz - (b1 * b1) / a11 - amplitude * amplitude * Math.max(0, spread)) + prior;
    const at = row * sumsPerNode;
    sums[at] = a12;
    sums[at + 1] = a22;
    sums[at + 2] = b2;
    sums[at + 3] = carried;
    sums[at + 4] = Math.sqrt(leftover / strength);
    scores[row] =
      -0.5 * strength * Math.log(leftover) - 0.5 * logDeterminant + Math.log(candidate.prior * structure.prior);
  }
  return { whitened, candidates, scores, sums, gone: noFamilies };
}
