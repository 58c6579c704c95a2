import type { Control } from '../control.ts';
import type { CurveFamily, Shape } from '../fit/curveFamily.ts';
import { exponential } from '../fit/exponential.ts';
import type { NormalMixture } from '../fit/normalMixture.ts';
import type { Candidate, Designs } from './gridDesign.ts';
import { exponentialCandidates, whitenAll } from './gridDesign.ts';
import type { NoiseStructure } from './noiseStructure.ts';
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
const limitSpreads = [0.4, 1.2, 3] as const;
const amplitudeVariance = 4;
const noiseStrength = 2;
const noiseSize = 0.02;
const noiseFactors = 7;
/** Nodes this far under the best in log score weigh nothing; the factors left out of the score differ by less than 6. */
const prunedBelow = 11;
/** How far under the best score a shape still counts as heavy, how many heavy ones are enough, and how often to split. */
const peakDepth = 3;
const manyShapes = 12;
const splitRounds = 3;
/** Share of the posterior that may be dropped, lightest components first. */
const droppedShare = 0.01;

/** A candidate under one noise structure, with its whitened sums. */
interface Node {
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
export function gridPosterior(curve: ScaledCurve, designs: Designs, control: Control): GridPosterior {
  const n = curve.t.length;
  const design = designs.for(curve);
  const { structures } = design;
  const rates = exponentialCandidates(curve);
  const whitenedData = structures.map(() => new Float64Array(n));
  const nodes: Node[] = [];
  structures.forEach((structure, noise) => {
    control.check();
    const one = design.ones[noise] ?? whitenedNothing;
    const data = whitenedData[noise] ?? whitenedNothing;
    structure.whiten(curve.u, data, 0);
    const own = whitenAll(structure, rates, n);
    const shared = design.shapes[noise] ?? whitenedNothing;
    design.candidates.forEach((candidate, index) => {
      nodes.push(sumUp(candidate, noise, structure, shared, index * n, one, data));
    });
    rates.forEach((candidate, index) => {
      nodes.push(sumUp(candidate, noise, structure, own, index * n, one, data));
    });
  });
  splitPeaks(nodes, curve, (candidates) => {
    control.check();
    return structures.flatMap((structure, noise) => {
      const phi = whitenAll(structure, candidates, n);
      const one = design.ones[noise] ?? whitenedNothing;
      const data = whitenedData[noise] ?? whitenedNothing;
      return candidates.map((candidate, index) => sumUp(candidate, noise, structure, phi, index * n, one, data));
    });
  });
  const bestScore = nodes.reduce((best, node) => Math.max(best, node.score), Number.NEGATIVE_INFINITY);
  const components: Component[] = [];
  for (const node of nodes) {
    if (node.score < bestScore - prunedBelow) continue;
    const structure = structures[node.noise];
    if (structure !== undefined) addComponents(components, node, structure, n);
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
        f1: 1 - dot(k, design.ones[noise] ?? k, 0),
        left: Math.max(0, variance(structure) - dot(k, k, 0)),
      };
    });

  const predict = (
    links: readonly Link[],
    rows: Iterable<number>,
    decayOf: (candidate: Candidate) => number,
  ): NormalMixture => {
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
        fphi = one.node.isConstant ? 0 : decayOf(one.node.candidate) - dot(link.k, one.node.phi, one.node.offset);
      }
      mixture.means[i] = link.f0 + one.m1 * link.f1 + one.m2 * fphi;
      const variance =
        one.s2 * link.left + link.f1 * link.f1 * one.q11 + 2 * link.f1 * fphi * one.q12 + fphi * fphi * one.q22;
      mixture.deviations[i] = Math.sqrt(Math.max(1e-24, variance));
    });
    return mixture;
  };

  return {
    shapes: gatherShapes(kept, weights),
    noiseWeights: structures.map((_, noise) =>
      kept.reduce((sum, one, i) => sum + (one.node.noise === noise ? (weights[i] ?? 0) : 0), 0),
    ),
    limit: (family) => {
      const rows = Array.from(kept.keys()).filter(
        (row) => family === undefined || kept[row]?.node.candidate.family === family,
      );
      // A walk never ends: it gets the drift of one more observed span.
      const links = linkTo(2, (structure) => 2 * structure.walk * (1 / curve.spacing + 1));
      return predict(links, rows, () => 0);
    },
    at: (t) =>
      predict(
        linkTo(t, (structure) => structure.variance(t)),
        kept.keys(),
        ({ family, shape }) => family?.decay(Math.max(0, t), shape) ?? 0,
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

/**
 * Where the data is so clear that the best few shapes hold all the weight, the grid is coarser than the posterior and every
 * interval too narrow: those shapes give way to finer ones, up to a 27th of the grid's step, until several weigh alike.
 */
function splitPeaks(
  nodes: Node[],
  curve: ScaledCurve,
  weigh: (candidates: readonly Candidate[]) => readonly Node[],
): void {
  const scales = new Map<Candidate, number>();
  for (let round = 0; round < splitRounds; round++) {
    const best = nodes.reduce((most, node) => Math.max(most, node.score), Number.NEGATIVE_INFINITY);
    const heavy = new Set(nodes.filter((node) => node.score > best - peakDepth).map((node) => node.candidate));
    const split = Array.from(heavy).filter(({ family }) => family !== null && family !== exponential);
    if (heavy.size > manyShapes || split.length === 0) return;
    const finer: Candidate[] = [];
    for (const parent of split) {
      const { family } = parent;
      const scale = scales.get(parent) ?? 1;
      const shapes = family?.split(parent.shape, scale) ?? [];
      for (const shape of shapes) {
        const child: Candidate = {
          family,
          shape,
          prior: parent.prior / shapes.length,
          values: curve.t.map((t) => family?.decay(t, shape) ?? 0),
        };
        scales.set(child, scale / 3);
        finer.push(child);
      }
    }
    const gone = new Set(split);
    const left = nodes.filter((node) => !gone.has(node.candidate));
    nodes.splice(0, nodes.length, ...left, ...weigh(finer));
  }
}

function dot(a: Float64Array, b: Float64Array, offset: number): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[offset + i] ?? 0);
  return sum;
}

function sumUp(
  candidate: Candidate,
  noise: number,
  structure: NoiseStructure,
  phi: Float64Array,
  offset: number,
  one: Float64Array,
  data: Float64Array,
): Node {
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

function addComponents(into: Component[], node: Node, structure: NoiseStructure, n: number): void {
  const q = 1 / Math.sqrt(Math.max(n - 2, 1) + noiseStrength);
  const from = -1.6 * q;
  const step = (Math.min(3.2 * q, 2.5) - from) / (noiseFactors - 1);
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
    into.push(collapse(node, best));
  }
}

/** One row a noise size: log weight, s2, m1, m2, q11, q12, q22. Overwritten by every node, so that none allocates. */
const rowLength = 7;
const scratch = new Float64Array(noiseFactors * rowLength);

/**
 * One normal in place of those that differ in noise size alone, with their mean and covariance: seven times fewer
 * components to take quantiles of, and their means hardly differ.
 */
function collapse(node: Node, best: number): Component {
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

function normalise(components: readonly Component[]): { kept: Component[]; weights: Float64Array } {
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

function gatherShapes(kept: readonly Component[], weights: Float64Array): PosteriorShape[] {
  const sums = new Map<Candidate, { weight: number; limit: number; amplitude: number }>();
  kept.forEach((one, i) => {
    const weight = weights[i] ?? 0;
    const sum = sums.get(one.node.candidate) ?? { weight: 0, limit: 0, amplitude: 0 };
    sum.weight += weight;
    sum.limit += weight * one.m1;
    sum.amplitude += weight * one.m2;
    sums.set(one.node.candidate, sum);
  });
  return Array.from(sums, ([{ family, shape }, sum]) => ({
    family,
    shape,
    weight: sum.weight,
    limit: sum.limit / sum.weight,
    amplitude: sum.amplitude / sum.weight,
  })).sort((a, b) => b.weight - a.weight);
}

const whitenedNothing = new Float64Array();
