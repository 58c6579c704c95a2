import type { Control } from '../control.ts';
import { curveFamilies } from '../fit/curveFamilies.ts';
import type { CurveFamily, Shape } from '../fit/curveFamily.ts';
import { exponential } from '../fit/exponential.ts';
import type { NormalMixture } from '../fit/normalMixture.ts';
import type { NoiseStructure } from './noiseStructure.ts';
import { noiseStructures } from './noiseStructure.ts';
import { refineRates } from './refineRates.ts';
import type { ScaledCurve } from './scaledCurve.ts';

/** One shape of the grid; `family` null is the constant. */
export interface PosteriorShape {
  readonly family: CurveFamily | null;
  readonly shape: Shape;
  readonly weight: number;
  /** Means of limit and amplitude. */
  readonly limit: number;
  readonly amplitude: number;
}

/** What the data leaves open, in scaled units: every mixture is over shape, noise structure, noise size and limit spread. */
export interface GridPosterior {
  /** By falling weight. */
  readonly shapes: readonly PosteriorShape[];
  /** Noise structures' weights: white, walk, both. */
  readonly noiseWeights: readonly number[];
  limit(family?: CurveFamily | null): NormalMixture;
  /** A new checkpoint at t, its noise included. */
  at(t: number): NormalMixture;
}

/** Prior of the whole; each is a round number from the method's calibration, not fitted to any log. */
const constantPrior = 0.05;
const limitSpreads = [0.4, 1.2, 3] as const;
const amplitudeVariance = 4;
const noiseStrength = 2;
const noiseSize = 0.02;
const noiseFactors = 7;
/** Nodes this far under the best in log score weigh nothing; the factors left out of the score differ by less than 6. */
const prunedBelow = 14;
/** Share of the posterior that may be dropped, lightest components first. */
const droppedShare = 0.005;

interface Candidate {
  readonly family: CurveFamily | null;
  readonly shape: Shape;
  readonly prior: number;
  readonly values: Float64Array;
}

/** A candidate under one noise structure, with its whitened sums. */
interface Node {
  readonly candidate: number;
  readonly noise: number;
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

interface Component {
  readonly node: Node;
  readonly logWeight: number;
  readonly s2: number;
  readonly m1: number;
  readonly m2: number;
  readonly q11: number;
  readonly q12: number;
  readonly q22: number;
}

/**
 * Grid posterior over curve family and shape, noise structure and size, and how far the limit may lie. For a node limit and
 * amplitude are normal in closed form (conjugate linear model), so there is no optimiser, no start value and no random
 * number, and one mechanism weighs models, widens bands and shows what cannot be told.
 */
export function gridPosterior(curve: ScaledCurve, control: Control): GridPosterior {
  const n = curve.t.length;
  const candidates = listCandidates(curve);
  const structures = noiseStructures(curve);
  const ones = new Float64Array(n).fill(1);
  const whitened = structures.map(() => new Float64Array(candidates.length * n));
  const whitenedOnes = structures.map(() => new Float64Array(n));
  const whitenedData = structures.map(() => new Float64Array(n));
  const nodes: Node[] = [];
  structures.forEach((structure, noise) => {
    control.check();
    const phi = whitened[noise] ?? ones;
    const one = whitenedOnes[noise] ?? ones;
    const data = whitenedData[noise] ?? ones;
    structure.whiten(ones, one, 0);
    structure.whiten(curve.u, data, 0);
    candidates.forEach((candidate, index) => {
      structure.whiten(candidate.values, phi, index * n);
      nodes.push(sumUp(candidate, index, noise, structure, phi, one, data));
    });
  });
  const bestScore = nodes.reduce((best, node) => Math.max(best, node.score), Number.NEGATIVE_INFINITY);
  const components: Component[] = [];
  for (const node of nodes) {
    if (node.score < bestScore - prunedBelow) continue;
    const candidate = candidates[node.candidate];
    const structure = structures[node.noise];
    if (candidate !== undefined && structure !== undefined) addComponents(components, node, candidate, structure, n);
  }
  control.check();
  const { kept, weights } = normalise(components);

  const linkTo = (t: number, variance: (structure: NoiseStructure) => number): Link[] =>
    structures.map((structure, noise) => {
      const k = new Float64Array(n);
      if (structure.walk > 0) structure.whiten(structure.covariance(t), k, 0);
      return {
        k,
        f0: dot(k, whitenedData[noise] ?? k, 0),
        f1: 1 - dot(k, whitenedOnes[noise] ?? k, 0),
        left: Math.max(0, variance(structure) - dot(k, k, 0)),
      };
    });

  const predict = (links: readonly Link[], rows: Iterable<number>, decayOf: (node: Node) => number): NormalMixture => {
    const chosen = Array.from(rows);
    const total = chosen.reduce((sum, row) => sum + (weights[row] ?? 0), 0);
    const mixture = {
      weights: Float64Array.from(chosen, (row) => (weights[row] ?? 0) / total),
      means: new Float64Array(chosen.length),
      deviations: new Float64Array(chosen.length),
    };
    let lastNode: Node | null = null;
    let fphi = 0;
    chosen.forEach((row, i) => {
      const one = kept[row];
      const link = one === undefined ? undefined : links[one.node.noise];
      if (one === undefined || link === undefined) return;
      if (one.node !== lastNode) {
        lastNode = one.node;
        const phi = whitened[one.node.noise] ?? ones;
        fphi = one.node.isConstant ? 0 : decayOf(one.node) - dot(link.k, phi, one.node.offset);
      }
      mixture.means[i] = link.f0 + one.m1 * link.f1 + one.m2 * fphi;
      const variance =
        one.s2 * link.left + link.f1 * link.f1 * one.q11 + 2 * link.f1 * fphi * one.q12 + fphi * fphi * one.q22;
      mixture.deviations[i] = Math.sqrt(Math.max(1e-24, variance));
    });
    return mixture;
  };

  return {
    shapes: gatherShapes(candidates, kept, weights),
    noiseWeights: structures.map((_, noise) =>
      kept.reduce((sum, one, i) => sum + (one.node.noise === noise ? (weights[i] ?? 0) : 0), 0),
    ),
    limit: (family) => {
      const rows = Array.from(kept.keys()).filter(
        (row) => family === undefined || candidates[kept[row]?.node.candidate ?? 0]?.family === family,
      );
      // A walk never ends: it gets the drift of one more observed span.
      const links = linkTo(2, (structure) => 2 * structure.walk * (1 / curve.spacing + 1));
      return predict(links, rows, () => 0);
    },
    at: (t) =>
      predict(
        linkTo(t, (structure) => structure.variance(t)),
        kept.keys(),
        (node) => {
          const candidate = candidates[node.candidate];
          return candidate?.family?.decay(Math.max(0, t), candidate.shape) ?? 0;
        },
      ),
  };
}

/** How the noise at one t hangs on the residuals of the blocks. */
interface Link {
  readonly k: Float64Array;
  readonly f0: number;
  readonly f1: number;
  readonly left: number;
}

function listCandidates(curve: ScaledCurve): Candidate[] {
  const { t } = curve;
  const candidates: Candidate[] = [
    { family: null, shape: [], prior: constantPrior, values: new Float64Array(t.length) },
  ];
  for (const { family, prior } of curveFamilies) {
    const shapes =
      family === exponential
        ? refineRates(curve)
        : family.shapes.map((shape) => ({ shape, share: 1 / family.shapes.length }));
    for (const { shape, share } of shapes) {
      candidates.push({
        family,
        shape,
        prior: (1 - constantPrior) * prior * share,
        values: t.map((at) => family.decay(at, shape)),
      });
    }
  }
  return candidates;
}

function dot(a: Float64Array, b: Float64Array, offset: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[offset + i] ?? 0);
  return sum;
}

function sumUp(
  candidate: Candidate,
  index: number,
  noise: number,
  structure: NoiseStructure,
  phi: Float64Array,
  one: Float64Array,
  data: Float64Array,
): Node {
  const n = one.length;
  const offset = index * n;
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
    candidate: index,
    noise,
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

function addComponents(
  into: Component[],
  node: Node,
  candidate: Candidate,
  structure: NoiseStructure,
  n: number,
): void {
  const q = 1 / Math.sqrt(Math.max(n - 2, 1) + noiseStrength);
  const from = -1.6 * q;
  const to = Math.min(3.2 * q, 2.5);
  const base = Math.log(candidate.prior * structure.prior) - 0.5 * structure.logDeterminant;
  const logs = new Float64Array(noiseFactors);
  const rows = Array.from({ length: noiseFactors }, () => new Float64Array(6));
  for (const spread of limitSpreads) {
    let best = Number.NEGATIVE_INFINITY;
    for (let factor = 0; factor < noiseFactors; factor++) {
      const s2 = (node.size * Math.exp(from + ((to - from) * factor) / (noiseFactors - 1))) ** 2;
      const h11 = node.a11 / s2 + 1 / (spread * spread);
      const h12 = node.isConstant ? 0 : node.a12 / s2;
      const h22 = node.isConstant ? 1 : node.a22 / s2 + 1 / amplitudeVariance;
      const determinant = h11 * h22 - h12 * h12;
      const c1 = node.b1 / s2;
      const c2 = node.isConstant ? 0 : node.b2 / s2;
      const m1 = (h22 * c1 - h12 * c2) / determinant;
      const m2 = (h11 * c2 - h12 * c1) / determinant;
      const row = rows[factor] ?? logs;
      row[0] = s2;
      row[1] = m1;
      row[2] = m2;
      row[3] = h22 / determinant;
      row[4] = -h12 / determinant;
      row[5] = h11 / determinant;
      const log =
        base -
        0.5 * (n * Math.log(s2) + node.zz / s2 - m1 * c1 - m2 * c2 + Math.log(determinant) + 2 * Math.log(spread)) -
        (node.isConstant ? 0 : 0.5 * Math.log(amplitudeVariance)) -
        0.5 * noiseStrength * (Math.log(s2) + (noiseSize * noiseSize) / s2);
      logs[factor] = log;
      best = Math.max(best, log);
    }
    into.push(collapse(node, logs, rows, best));
  }
}

/**
 * One normal in place of those that differ in noise size alone, with their mean and covariance: seven times fewer
 * components to take quantiles of, and their means hardly differ.
 */
function collapse(node: Node, logs: Float64Array, rows: readonly Float64Array[], best: number): Component {
  let total = 0;
  const mean = new Float64Array(6);
  let m11 = 0;
  let m12 = 0;
  let m22 = 0;
  rows.forEach((row, factor) => {
    const weight = Math.exp((logs[factor] ?? 0) - best);
    total += weight;
    for (let i = 0; i < 6; i++) mean[i] = (mean[i] ?? 0) + weight * (row[i] ?? 0);
    m11 += weight * (row[1] ?? 0) ** 2;
    m12 += weight * (row[1] ?? 0) * (row[2] ?? 0);
    m22 += weight * (row[2] ?? 0) ** 2;
  });
  const of = (i: number): number => (mean[i] ?? 0) / total;
  return {
    node,
    logWeight: best + Math.log(total),
    s2: of(0),
    m1: of(1),
    m2: of(2),
    q11: of(3) + Math.max(0, m11 / total - of(1) ** 2),
    q12: of(4) + m12 / total - of(1) * of(2),
    q22: of(5) + Math.max(0, m22 / total - of(2) ** 2),
  };
}

function normalise(components: readonly Component[]): { kept: Component[]; weights: Float64Array } {
  const best = components.reduce((most, one) => Math.max(most, one.logWeight), Number.NEGATIVE_INFINITY);
  const raw = Float64Array.from(components, (one) => Math.exp(one.logWeight - best));
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  const rising = Float64Array.from(raw).sort();
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

function gatherShapes(
  candidates: readonly Candidate[],
  kept: readonly Component[],
  weights: Float64Array,
): PosteriorShape[] {
  const sums = new Map<number, { weight: number; limit: number; amplitude: number }>();
  kept.forEach((one, i) => {
    const weight = weights[i] ?? 0;
    const sum = sums.get(one.node.candidate) ?? { weight: 0, limit: 0, amplitude: 0 };
    sum.weight += weight;
    sum.limit += weight * one.m1;
    sum.amplitude += weight * one.m2;
    sums.set(one.node.candidate, sum);
  });
  return Array.from(sums, ([index, sum]) => ({
    family: candidates[index]?.family ?? null,
    shape: candidates[index]?.shape ?? [],
    weight: sum.weight,
    limit: sum.limit / sum.weight,
    amplitude: sum.amplitude / sum.weight,
  })).sort((a, b) => b.weight - a.weight);
}
