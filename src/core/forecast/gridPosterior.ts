import type { Control } from '../control.ts';
import type { CurveFamily, Shape } from '../fit/curveFamily.ts';
import type { NormalMixture } from '../fit/normalMixture.ts';
import { Components, componentAt } from './gridComponents.ts';
import type { Candidate, Designs } from './gridDesign.ts';
import { type GridNode, type NodeSums, sumUp, type Whitened, whitenData } from './gridNode.ts';
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
}

export interface DrawnShape {
  readonly limit: number;
  readonly amplitude: number;
}

/** Nodes this far under the best in log score weigh nothing; the factors left out of the score differ by less than 6. */
const prunedBelow = 12;

/** What the data leaves open, in scaled units: every mixture is over shape, noise structure, noise size and limit spread. */
export interface GridPosterior {
  /** By falling weight. */
  readonly shapes: readonly PosteriorShape[];
  /** Limit and amplitude of the shapes through all of the data, as a picture shows them: a walk lets them stand aside. */
  drawn(): readonly DrawnShape[];
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
  const design = designs.for(curve, plan.grid);
  const { structures } = design;
  const whitened = structures.map((structure, noise) => whitenData(structure, noise, curve.u));
  const grids = whitened.map((one) => {
    control.check();
    return sumUp(design, one);
  });
  const refined = plan.grid === 'full' ? refinePeaks(grids, curve, control) : grids;
  const components = componentsOf(refined, plan);
  control.check();
  const weights = components.normalise();
  const linkTo = (t: number, variance: (structure: NoiseStructure) => number): Link[] =>
    whitened.map((one) => linkUp(one, t, variance(one.structure)));
  const allRows = Array.from({ length: components.count }, (_, row) => row);
  return {
    ...gatherShapes(components, weights, curve),
    noiseWeights: structures.map((_, noise) =>
      allRows.reduce((sum, row) => sum + (components.node(row)?.noise === noise ? (weights[row] ?? 0) : 0), 0),
    ),
    limit: (family) => {
      const rows =
        family === undefined ? allRows : allRows.filter((row) => components.node(row)?.candidate.family === family);
      // A walk never ends: it gets the drift of one more observed span.
      const links = linkTo(2, (structure) => 2 * structure.walk * (1 / curve.spacing + 1));
      return mixture(components, weights, links, rows, () => 0);
    },
    at: (t) =>
      mixture(
        components,
        weights,
        linkTo(t, (structure) => structure.variance(t)),
        allRows,
        ({ family, shape }) => family?.decay(Math.max(0, t), shape) ?? 0,
      ),
  };
}

/** Of the nodes that weigh. */
function componentsOf(grids: readonly NodeSums[], plan: GridPlan): Components {
  let best = Number.NEGATIVE_INFINITY;
  for (const { candidates, scores, gone } of grids) {
    for (let row = 0; row < scores.length; row++) {
      if (!gone.has(candidates[row]?.family ?? null)) best = Math.max(best, scores[row] ?? 0);
    }
  }
  const weighing = grids.map(({ candidates, scores, gone }) => {
    const rows: number[] = [];
    for (let row = 0; row < scores.length; row++) {
      const weighsNothing = (scores[row] ?? 0) < best - prunedBelow;
      if (!weighsNothing && !gone.has(candidates[row]?.family ?? null)) rows.push(row);
    }
    return rows;
  });
  const components = new Components(
    plan,
    weighing.reduce((sum, rows) => sum + rows.length, 0),
  );
  grids.forEach((grid, i) => {
    for (const row of weighing[i] ?? []) components.add(grid, row);
  });
  return components;
}

/** @param rows of the components, by rising number. */
function mixture(
  components: Components,
  weights: Float64Array,
  links: readonly Link[],
  rows: readonly number[],
  decayOf: (candidate: Candidate) => number,
): NormalMixture {
  const numbers = components.rows;
  const count = rows.length;
  const own = new Float64Array(count);
  const means = new Float64Array(count);
  const deviations = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[rows[i] ?? 0] ?? 0;
  let lastNode: GridNode | null = null;
  let fphi = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i] ?? 0;
    own[i] = (weights[row] ?? 0) / total;
    const node = components.node(row);
    const link = node === undefined ? undefined : links[node.noise];
    if (node === undefined || link === undefined) continue;
    if (node !== lastNode) {
      lastNode = node;
      fphi = node.isConstant ? 0 : decayOf(node.candidate) - link.of(node);
    }
    const at = row * componentAt.length;
    const { f0, f1 } = link;
    means[i] = f0 + (numbers[at + componentAt.m1] ?? 0) * f1 + (numbers[at + componentAt.m2] ?? 0) * fphi;
    const variance =
      (numbers[at + componentAt.s2] ?? 0) * link.left +
      f1 * f1 * (numbers[at + componentAt.q11] ?? 0) +
      2 * f1 * fphi * (numbers[at + componentAt.q12] ?? 0) +
      fphi * fphi * (numbers[at + componentAt.q22] ?? 0);
    deviations[i] = Math.sqrt(Math.max(1e-24, variance));
  }
  return { weights: own, means, deviations };
}

function linkUp({ structure, one, data, carriedOne, carriedData }: Whitened, t: number, variance: number): Link {
  if (t >= 1) {
    const reach = structure.reach(t);
    return {
      of: (node) => reach * node.carried,
      f0: reach * carriedData,
      f1: 1 - reach * carriedOne,
      left: Math.max(0, variance - reach * reach * structure.chain.carriedVariance),
    };
  }
  const k = new Float64Array(one.length);
  structure.chain.whiten(structure.covariance(t), 0, k);
  const shape = new Float64Array(one.length);
  return {
    of: (node) => {
      structure.chain.whiten(node.candidate.values, 0, shape);
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

function gatherShapes(
  components: Components,
  weights: Float64Array,
  curve: ScaledCurve,
): Pick<GridPosterior, 'shapes' | 'drawn'> {
  const sums = new Map<Candidate, { weight: number; limit: number }>();
  const { rows, count } = components;
  for (let i = 0; i < count; i++) {
    const candidate = components.node(i)?.candidate;
    if (candidate === undefined) continue;
    const weight = weights[i] ?? 0;
    const limit = weight * (rows[i * componentAt.length + componentAt.m1] ?? 0);
    const sum = sums.get(candidate);
    if (sum === undefined) sums.set(candidate, { weight, limit });
    else {
      sum.weight += weight;
      sum.limit += limit;
    }
  }
  const gathered: (PosteriorShape & { readonly candidate: Candidate })[] = [];
  sums.forEach(({ weight, limit }, candidate) => {
    const { family, shape } = candidate;
    gathered.push({ candidate, family, shape, weight, limit: limit / weight });
  });
  gathered.sort((a, b) => b.weight - a.weight);
  return {
    shapes: gathered,
    drawn: () => gathered.map(({ candidate }) => leastSquares(candidate.values, curve)),
  };
}

/** Limit and amplitude that bring a shape nearest to the blocks, each weighed by its noise. */
function leastSquares(values: Float64Array, { u, noise }: ScaledCurve): DrawnShape {
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
