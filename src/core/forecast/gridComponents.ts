import { noiseSize, noiseStrength } from './constants.ts';
import type { GridNode, NodeSums } from './gridNode.ts';
import { sumsPerNode } from './gridNode.ts';
import type { GridPlan } from './gridPlan.ts';

const noiseFactors = 11;
/** Share of the posterior that may be dropped, lightest components first. */
const droppedShare = 0.001;
/** Where the numbers of a component stand in its row: what limit and amplitude are, and the variance of the noise. */
export const componentAt = { length: 7, logWeight: 0, s2: 1, m1: 2, m2: 3, q11: 4, q12: 5, q22: 6 } as const;
const rowLength = componentAt.length;
/** One row a noise size. Overwritten by every node, so that none allocates. */
const scratch = new Float64Array(noiseFactors * rowLength);
/**
 * What a noise size makes of a node before the limit's spread counts: the noise's variance, the precisions (of limit, of both,
 * of amplitude), their products with the data, and two terms of the log weight.
 */
const sizeLength = 8;
const sizes = new Float64Array(noiseFactors * sizeLength);

/**
 * What the nodes leave open of limit and amplitude, a row for each: normal, with these means and covariances. Its numbers stand
 * in one array, and the work on them in small functions: a short command ends before large ones are compiled.
 */
export class Components {
  readonly rows: Float64Array;
  readonly #plan: GridPlan;
  readonly #nodes: GridNode[] = [];
  readonly #nodeOf: Int32Array;
  #count = 0;

  /** @param mostNodes that will be added */
  constructor(plan: GridPlan, mostNodes: number) {
    const most = mostNodes * plan.limitSpreads.length;
    this.#plan = plan;
    this.rows = new Float64Array(most * rowLength);
    this.#nodeOf = new Int32Array(most);
  }

  get count(): number {
    return this.#count;
  }

  node(row: number): GridNode | undefined {
    return this.#nodes[this.#nodeOf[row] ?? -1];
  }

  /** Adds a node's components, one for each spread of the limit that makes a difference. */
  add(sums: NodeSums, of: number): void {
    const { whitened } = sums;
    const { chain, prior } = whitened.structure;
    const candidate = sums.candidates[of];
    if (candidate === undefined) return;
    const isConstant = candidate.family === null;
    const carried = sums.sums[of * sumsPerNode + 3] ?? 0;
    const node = this.#nodes.push({ candidate, noise: whitened.noise, isConstant, carried }) - 1;
    const { amplitudeSpread, limitSpreads } = this.#plan;
    fillSizes(sums, of * sumsPerNode, isConstant, 1 / (amplitudeSpread * amplitudeSpread));
    const base = Math.log(candidate.prior * prior) - 0.5 * chain.logDeterminant;
    const amplitudeTerm = isConstant ? 0 : 0.5 * Math.log(amplitudeSpread * amplitudeSpread);
    const first = this.#count;
    for (const spread of limitSpreads) {
      const best = spreadLimit(spread, base, amplitudeTerm);
      const row = this.#count;
      this.#nodeOf[row] = node;
      collapse(best, this.rows, row * rowLength);
      if (row === first || !areAlike(this.rows, (row - 1) * rowLength)) this.#count++;
      else merge(this.rows, (row - 1) * rowLength);
    }
  }

  /** Weights that sum to 1, the lightest components left out. */
  normalise(): Float64Array {
    const { rows } = this;
    const count = this.#count;
    const raw = weightsOf(rows, count);
    let total = 0;
    for (let i = 0; i < count; i++) total += raw[i] ?? 0;
    const threshold = heaviestDropped(raw, total);
    let kept = 0;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const weight = raw[i] ?? 0;
      if (!(weight > threshold)) continue;
      rows.copyWithin(kept * rowLength, i * rowLength, (i + 1) * rowLength);
      this.#nodeOf[kept] = this.#nodeOf[i] ?? 0;
      raw[kept] = weight;
      sum += weight;
      kept++;
    }
    this.#count = kept;
    const weights = raw.slice(0, kept);
    for (let i = 0; i < kept; i++) weights[i] = (weights[i] ?? 0) / sum;
    return weights;
  }
}

function fillSizes({ sums, whitened }: NodeSums, at: number, isConstant: boolean, amplitudePrecision: number): void {
  const { a11, b1, zz, one } = whitened;
  const n = one.length;
  const a12 = sums[at] ?? 0;
  const a22 = sums[at + 1] ?? 0;
  const b2 = sums[at + 2] ?? 0;
  const logSize = Math.log(sums[at + 4] ?? 1);
  const q = 1 / Math.sqrt(Math.max(n - 2, 1) + noiseStrength);
  const from = -2.4 * q;
  const step = (Math.min(4.8 * q, 3.5) - from) / (noiseFactors - 1);
  for (let factor = 0; factor < noiseFactors; factor++) {
    const logS2 = 2 * (logSize + from + step * factor);
    const s2 = Math.exp(logS2);
    const to = factor * sizeLength;
    sizes[to] = s2;
    sizes[to + 1] = a11 / s2;
    sizes[to + 2] = isConstant ? 0 : a12 / s2;
    sizes[to + 3] = isConstant ? 1 : a22 / s2 + amplitudePrecision;
    sizes[to + 4] = b1 / s2;
    sizes[to + 5] = isConstant ? 0 : b2 / s2;
    sizes[to + 6] = n * logS2 + zz / s2;
    sizes[to + 7] = 0.5 * noiseStrength * (logS2 + (noiseSize * noiseSize) / s2);
  }
}

/**
 * The rows of all noise sizes for one spread of the limit.
 * @returns the highest log weight
 */
function spreadLimit(spread: number, base: number, amplitudeTerm: number): number {
  const limitPrecision = 1 / (spread * spread);
  let best = Number.NEGATIVE_INFINITY;
  for (let factor = 0; factor < noiseFactors; factor++) {
    const of = factor * sizeLength;
    const h11 = (sizes[of + 1] ?? 0) + limitPrecision;
    const h12 = sizes[of + 2] ?? 0;
    const h22 = sizes[of + 3] ?? 0;
    const c1 = sizes[of + 4] ?? 0;
    const c2 = sizes[of + 5] ?? 0;
    const determinant = h11 * h22 - h12 * h12;
    const m1 = (h22 * c1 - h12 * c2) / determinant;
    const m2 = (h11 * c2 - h12 * c1) / determinant;
    const misfit = (sizes[of + 6] ?? 0) - m1 * c1 - m2 * c2 + Math.log(determinant * spread * spread);
    const log = base - 0.5 * misfit - amplitudeTerm - (sizes[of + 7] ?? 0);
    const to = factor * rowLength;
    scratch[to] = log;
    scratch[to + 1] = sizes[of] ?? 0;
    scratch[to + 2] = m1;
    scratch[to + 3] = m2;
    scratch[to + 4] = h22 / determinant;
    scratch[to + 5] = -h12 / determinant;
    scratch[to + 6] = h11 / determinant;
    if (log > best) best = log;
  }
  return best;
}

/**
 * One normal in place of those that differ in noise size alone, with their mean and covariance: seven times fewer
 * components to take quantiles of, and their means hardly differ.
 */
function collapse(best: number, rows: Float64Array, to: number): void {
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
  rows[to] = best + Math.log(total);
  rows[to + 1] = s2 / total;
  rows[to + 2] = m1;
  rows[to + 3] = m2;
  rows[to + 4] = Math.max(0, q11 / total - m1 * m1);
  rows[to + 5] = q12 / total - m1 * m2;
  rows[to + 6] = Math.max(0, q22 / total - m2 * m2);
}

/** Where the data bounds the limit, its spread in the prior makes no difference. @param a where a row begins; it and the next */
function areAlike(rows: Float64Array, a: number): boolean {
  const b = a + rowLength;
  const before = rows[a + componentAt.q11] ?? 0;
  const apart = Math.abs((rows[a + componentAt.m1] ?? 0) - (rows[b + componentAt.m1] ?? 0));
  return apart <= 0.1 * Math.sqrt(before) && (rows[b + componentAt.q11] ?? 0) <= 1.2 * before;
}

/** Makes one row of the one that begins at `a` and the next. */
function merge(rows: Float64Array, a: number): void {
  const b = a + rowLength;
  const logA = rows[a] ?? 0;
  const logB = rows[b] ?? 0;
  const most = Math.max(logA, logB);
  const total = Math.exp(logA - most) + Math.exp(logB - most);
  const share = Math.exp(logB - most) / total;
  const apart = share * (1 - share);
  const d1 = (rows[b + componentAt.m1] ?? 0) - (rows[a + componentAt.m1] ?? 0);
  const d2 = (rows[b + componentAt.m2] ?? 0) - (rows[a + componentAt.m2] ?? 0);
  for (let k = 1; k < rowLength; k++) {
    const of = rows[a + k] ?? 0;
    rows[a + k] = of + share * ((rows[b + k] ?? 0) - of);
  }
  rows[a] = most + Math.log(total);
  rows[a + componentAt.q11] = (rows[a + componentAt.q11] ?? 0) + apart * d1 * d1;
  rows[a + componentAt.q12] = (rows[a + componentAt.q12] ?? 0) + apart * d1 * d2;
  rows[a + componentAt.q22] = (rows[a + componentAt.q22] ?? 0) + apart * d2 * d2;
}

/** Against the heaviest. */
function weightsOf(rows: Float64Array, count: number): Float64Array {
  let best = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) best = Math.max(best, rows[i * rowLength] ?? 0);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) weights[i] = Math.exp((rows[i * rowLength] ?? 0) - best);
  return weights;
}

function heaviestDropped(raw: Float64Array, total: number): number {
  const rising = raw.filter((weight) => weight > 1e-9).sort();
  let dropped = 0;
  let threshold = 0;
  for (const weight of rising) {
    dropped += weight;
    if (dropped > droppedShare * total) break;
    threshold = weight;
  }
  return threshold;
}
