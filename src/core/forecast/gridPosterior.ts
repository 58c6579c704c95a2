import type { Control } from '../control.ts';
import type { CurveFamily, Shape } from '../fit/curveFamily.ts';
import type { NormalMixture } from '../fit/normalMixture.ts';
import { addComponents, type Component, normalise } from './gridComponents.ts';
import type { Candidate, Designs } from './gridDesign.ts';
import { type GridNode, sumUp, type Whitened, whitenData } from './gridNode.ts';
import type { GridPlan } from './gridPlan.ts';
import type { NoiseStructure } from './noiseStructure.ts';
import { refinePeaks } from './refinePeaks.ts';
import type { ScaledCurve } from './scaledCurve.ts';

/** One shape of the grid; `family` null is the constant. */
export interface PosteriorShape {
  readonly family: CurveFamily | null;
  readonly shape: Shape;
  readonly weight: number;
  /** Mean of the limit. */
  readonly limit: number;
  /** Limit and amplitude of the shape through all of the data, as a picture shows it: a walk lets it stand aside. */
  readonly drawn: { readonly limit: number; readonly amplitude: number };
}

/** Nodes this far under the best in log score weigh nothing; the factors left out of the score differ by less than 6. */
const prunedBelow = 12;

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

/** How the noise at one t hangs on the residuals of the blocks. */
interface Link {
  /** What a node's shape explains of it. */
  of(node: GridNode): number;
  readonly f0: number;
  readonly f1: number;
  readonly left: number;
}

/**
 * Grid posterior over curve family and shape, noise structure and size, and how far the limit may lie. For a node limit and
 * amplitude are normal in closed form (conjugate linear model), so there is no optimiser, no start value and no random
 * number, and one mechanism weighs models, widens bands and shows what cannot be told.
 */
export function gridPosterior(curve: ScaledCurve, plan: GridPlan, designs: Designs, control: Control): GridPosterior {
  const n = curve.t.length;
  const design = designs.for(curve, plan.grid);
  const { structures } = design;
  const whitened = structures.map((structure, noise) => whitenData(structure, noise, curve.u));
  const nodes: GridNode[] = [];
  for (const one of whitened) {
    control.check();
    sumUp(design.candidates, one, nodes);
  }
  const refined = plan.grid === 'full' ? refinePeaks(nodes, curve, whitened, control) : nodes;
  const bestScore = refined.reduce((best, node) => Math.max(best, node.score), Number.NEGATIVE_INFINITY);
  const components: Component[] = [];
  for (const node of refined) {
    if (node.score < bestScore - prunedBelow) continue;
    const structure = structures[node.noise];
    if (structure !== undefined) addComponents(components, node, structure, n, plan);
  }
  control.check();
  const { kept, weights } = normalise(components);

  const linkTo = (t: number, variance: (structure: NoiseStructure) => number): Link[] =>
    whitened.map((one) => linkUp(one, t, variance(one.structure)));

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
    let lastNode: GridNode | null = null;
    let fphi = 0;
    chosen.forEach((row, i) => {
      const one = kept[row];
      const link = one === undefined ? undefined : links[one.node.noise];
      if (one === undefined || link === undefined) return;
      if (one.node !== lastNode) {
        lastNode = one.node;
        fphi = one.node.isConstant ? 0 : decayOf(one.node.candidate) - link.of(one.node);
      }
      mixture.means[i] = link.f0 + one.m1 * link.f1 + one.m2 * fphi;
      const variance =
        one.s2 * link.left + link.f1 * link.f1 * one.q11 + 2 * link.f1 * fphi * one.q12 + fphi * fphi * one.q22;
      mixture.deviations[i] = Math.sqrt(Math.max(1e-24, variance));
    });
    return mixture;
  };

  return {
    shapes: gatherShapes(kept, weights, curve),
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

function linkUp({ structure, one, data, carriedOne, carriedData }: Whitened, t: number, variance: number): Link {
  if (t >= 1) {
    const reach = structure.reach(t);
    return {
      of: (node) => reach * node.carried,
      f0: reach * carriedData,
      f1: 1 - reach * carriedOne,
      left: Math.max(0, variance - reach * reach * structure.carriedVariance),
    };
  }
  const k = new Float64Array(one.length);
  structure.whiten(structure.covariance(t), 0, k);
  const shape = new Float64Array(one.length);
  return {
    of: (node) => {
      structure.whiten(node.candidate.values, 0, shape);
      return dot(k, shape);
    },
    f0: dot(k, data),
    f1: 1 - dot(k, one),
    left: Math.max(0, variance - dot(k, k)),
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function gatherShapes(kept: readonly Component[], weights: Float64Array, curve: ScaledCurve): PosteriorShape[] {
  const sums = new Map<Candidate, { weight: number; limit: number }>();
  kept.forEach((one, i) => {
    const weight = weights[i] ?? 0;
    const sum = sums.get(one.node.candidate) ?? { weight: 0, limit: 0 };
    sum.weight += weight;
    sum.limit += weight * one.m1;
    sums.set(one.node.candidate, sum);
  });
  return Array.from(sums, ([candidate, { weight, limit }]) => ({
    family: candidate.family,
    shape: candidate.shape,
    weight,
    limit: limit / weight,
    drawn: leastSquares(candidate.values, curve),
  })).sort((a, b) => b.weight - a.weight);
}

/** Limit and amplitude that bring a shape nearest to the blocks, each weighed by its noise. */
function leastSquares(values: Float64Array, { u, noise }: ScaledCurve): { limit: number; amplitude: number } {
  let [total, meanValue, meanU] = [0, 0, 0];
  for (let i = 0; i < u.length; i++) {
    const weight = 1 / (noise[i] ?? 1);
    total += weight;
    meanValue += (weight / total) * ((values[i] ?? 0) - meanValue);
    meanU += (weight / total) * ((u[i] ?? 0) - meanU);
  }
  let [square, product] = [0, 0];
  for (let i = 0; i < u.length; i++) {
    const weight = 1 / (noise[i] ?? 1);
    const bent = (values[i] ?? 0) - meanValue;
    square += weight * bent * bent;
    product += weight * bent * ((u[i] ?? 0) - meanU);
  }
  const amplitude = square > 0 ? product / square : 0;
  return { limit: meanU - amplitude * meanValue, amplitude };
}
