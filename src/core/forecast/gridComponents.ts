import { noiseSize, noiseStrength } from './constants.ts';
import type { GridNode } from './gridNode.ts';
import type { GridPlan } from './gridPlan.ts';
import type { NoiseStructure } from './noiseStructure.ts';

const noiseFactors = 11;
/** Share of the posterior that may be dropped, lightest components first. */
const droppedShare = 0.001;

/** What a node leaves open of limit and amplitude: normal, with this mean and covariance. */
export interface Component {
  readonly node: GridNode;
  readonly logWeight: number;
  readonly s2: number;
  readonly m1: number;
  readonly m2: number;
  readonly q11: number;
  readonly q12: number;
  readonly q22: number;
}

/** Adds a node's components, one for each spread of the limit that makes a difference. */
export function addComponents(
  into: Component[],
  node: GridNode,
  structure: NoiseStructure,
  n: number,
  { limitSpreads, amplitudeSpread }: GridPlan,
): void {
  const amplitudeVariance = amplitudeSpread * amplitudeSpread;
  const q = 1 / Math.sqrt(Math.max(n - 2, 1) + noiseStrength);
  const from = -2.4 * q;
  const step = (Math.min(4.8 * q, 3.5) - from) / (noiseFactors - 1);
  const base = Math.log(node.candidate.prior * structure.prior) - 0.5 * structure.logDeterminant;
  const logSize = Math.log(node.size);
  for (const spread of limitSpreads) {
    let best = Number.NEGATIVE_INFINITY;
    for (let factor = 0; factor < noiseFactors; factor++) {
      const logS2 = 2 * (logSize + from + step * factor);
      const s2 = Math.exp(logS2);
      const h11 = node.a11 / s2 + 1 / (spread * spread);
      const h12 = node.isConstant ? 0 : node.a12 / s2;
      const h22 = node.isConstant ? 1 : node.a22 / s2 + 1 / amplitudeVariance;
      const determinant = h11 * h22 - h12 * h12;
      const c1 = node.b1 / s2;
      const c2 = node.isConstant ? 0 : node.b2 / s2;
      const m1 = (h22 * c1 - h12 * c2) / determinant;
      const m2 = (h11 * c2 - h12 * c1) / determinant;
      const log =
        base -
        0.5 * (n * logS2 + node.zz / s2 - m1 * c1 - m2 * c2 + Math.log(determinant * spread * spread)) -
        (node.isConstant ? 0 : 0.5 * Math.log(amplitudeVariance)) -
        0.5 * noiseStrength * (logS2 + (noiseSize * noiseSize) / s2);
      const at = factor * rowLength;
      scratch[at] = log;
      scratch[at + 1] = s2;
      scratch[at + 2] = m1;
      scratch[at + 3] = m2;
      scratch[at + 4] = h22 / determinant;
      scratch[at + 5] = -h12 / determinant;
      scratch[at + 6] = h11 / determinant;
      if (log > best) best = log;
    }
    const one = collapse(node, best);
    const before = into.at(-1);
    if (before?.node === node && areAlike(before, one)) into[into.length - 1] = merge(before, one);
    else into.push(one);
  }
}

/** Where the data bounds the limit, its spread in the prior makes no difference. */
function areAlike(a: Component, b: Component): boolean {
  return Math.abs(a.m1 - b.m1) <= 0.1 * Math.sqrt(a.q11) && b.q11 <= 1.2 * a.q11;
}

function merge(a: Component, b: Component): Component {
  const most = Math.max(a.logWeight, b.logWeight);
  const total = Math.exp(a.logWeight - most) + Math.exp(b.logWeight - most);
  const share = Math.exp(b.logWeight - most) / total;
  const mix = (of: number, to: number): number => of + share * (to - of);
  const [d1, d2] = [b.m1 - a.m1, b.m2 - a.m2];
  const apart = share * (1 - share);
  return {
    node: a.node,
    logWeight: most + Math.log(total),
    s2: mix(a.s2, b.s2),
    m1: mix(a.m1, b.m1),
    m2: mix(a.m2, b.m2),
    q11: mix(a.q11, b.q11) + apart * d1 * d1,
    q12: mix(a.q12, b.q12) + apart * d1 * d2,
    q22: mix(a.q22, b.q22) + apart * d2 * d2,
  };
}

/** One row a noise size: log weight, s2, m1, m2, q11, q12, q22. Overwritten by every node, so that none allocates. */
const rowLength = 7;
const scratch = new Float64Array(noiseFactors * rowLength);

/**
 * One normal in place of those that differ in noise size alone, with their mean and covariance: seven times fewer
 * components to take quantiles of, and their means hardly differ.
 */
function collapse(node: GridNode, best: number): Component {
  let total = 0;
  let s2 = 0;
  let m1 = 0;
  let m2 = 0;
  let q11 = 0;
  let q12 = 0;
  let q22 = 0;
  for (let at = 0; at < scratch.length; at += rowLength) {
    const weight = Math.exp((scratch[at] ?? 0) - best);
    const a = scratch[at + 2] ?? 0;
    const b = scratch[at + 3] ?? 0;
    total += weight;
    s2 += weight * (scratch[at + 1] ?? 0);
    m1 += weight * a;
    m2 += weight * b;
    q11 += weight * ((scratch[at + 4] ?? 0) + a * a);
    q12 += weight * ((scratch[at + 5] ?? 0) + a * b);
    q22 += weight * ((scratch[at + 6] ?? 0) + b * b);
  }
  m1 /= total;
  m2 /= total;
  return {
    node,
    logWeight: best + Math.log(total),
    s2: s2 / total,
    m1,
    m2,
    q11: Math.max(0, q11 / total - m1 * m1),
    q12: q12 / total - m1 * m2,
    q22: Math.max(0, q22 / total - m2 * m2),
  };
}

/** Weights that sum to 1, the lightest components left out. */
export function normalise(components: readonly Component[]): { kept: Component[]; weights: Float64Array } {
  const best = components.reduce((most, one) => Math.max(most, one.logWeight), Number.NEGATIVE_INFINITY);
  const raw = Float64Array.from(components, (one) => Math.exp(one.logWeight - best));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const rising = raw.filter((weight) => weight > 1e-9).sort();
  let dropped = 0;
  let threshold = 0;
  for (const weight of rising) {
    dropped += weight;
    if (dropped > droppedShare * total) break;
    threshold = weight;
  }
  const kept = components.filter((_, i) => (raw[i] ?? 0) > threshold);
  const left = raw.filter((weight) => weight > threshold);
  const sum = left.reduce((a, b) => a + b, 0);
  return { kept, weights: left.map((weight) => weight / sum) };
}
