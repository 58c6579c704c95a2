import type { Control } from '../control.ts';
import type { CurveFamily, Shape } from '../fit/curveFamily.ts';
import { fromCoordinate, toCoordinate } from '../fit/shapeParameter.ts';
import { invertSmall, lowerTriangle, solveSmall } from '../fit/smallMatrix.ts';
import { noiseSize, noiseStrength } from './constants.ts';
import type { GridNode, Whitened } from './gridNode.ts';
import { sumUp } from './gridNode.ts';
import type { ScaledCurve } from './scaledCurve.ts';

/** A shape further than this under the best score does not climb so far that it weighs. */
const hopelessBelow = 150;
/** A climbed peak this far under the best weighs nothing, though that of the best is spread over a smaller cell. */
const lowBelow = 18;
const climbSteps = 12;

/** Points each way and their distance, in standard deviations of the peak. */
interface Lattice {
  readonly reach: number;
  readonly distance: number;
}

/**
 * By the number of parameters. Of several, a coarse lattice tells how wide the peak is, where its curvature alone misleads; the
 * fine one is laid by the weights of the coarse one, a little wider.
 */
const lattices: readonly { readonly coarse: Lattice | null; readonly fine: Lattice }[] = [
  { coarse: null, fine: { reach: 12, distance: 0.33 } },
  { coarse: { reach: 3, distance: 1.2 }, fine: { reach: 5, distance: 0.75 } },
  { coarse: { reach: 2, distance: 1.5 }, fine: { reach: 3, distance: 1.1 } },
];
const wider = 1.25;

/**
 * Where the data is so clear that a family's posterior is narrower than the cells of its grid, every interval would be too
 * narrow and off its place: there the grid of that family gives way to a lattice around its peak, as wide as the posterior. The
 * peak is climbed from the best shape of the grid, so that no start value is asked for.
 */
export function refinePeaks(
  nodes: readonly GridNode[],
  curve: ScaledCurve,
  whitened: readonly Whitened[],
  control: Control,
): readonly GridNode[] {
  const peaks = new Map<string, GridNode>();
  const keyOf = ({ candidate, noise }: GridNode): string => `${noise} ${candidate.family?.name ?? ''}`;
  let best = Number.NEGATIVE_INFINITY;
  for (const node of nodes) {
    if (node.score > (peaks.get(keyOf(node))?.score ?? Number.NEGATIVE_INFINITY)) peaks.set(keyOf(node), node);
    best = Math.max(best, node.score);
  }
  const climbed: Climbed[] = [];
  for (const [key, peak] of peaks) {
    control.check();
    const { family } = peak.candidate;
    const one = whitened[peak.noise];
    if (family === null || one === undefined || peak.score < best - hopelessBelow) continue;
    const top = climb(key, family, peak, curve, one);
    if (top === null) continue;
    climbed.push(top);
    best = Math.max(best, top.score);
  }
  const gone = new Set<string>();
  const finer: GridNode[] = [];
  for (const top of climbed) {
    control.check();
    if (top.score < best - lowBelow) continue;
    const nodesOfPeak = lookClosely(top, curve);
    if (nodesOfPeak.length === 0) continue;
    gone.add(top.key);
    finer.push(...nodesOfPeak);
  }
  return gone.size === 0 ? nodes : [...nodes.filter((node) => !gone.has(keyOf(node))), ...finer];
}

/** The top of a family's peak under one noise structure. */
interface Climbed {
  readonly key: string;
  readonly family: CurveFamily;
  readonly whitened: Whitened;
  readonly at: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  /** Weight of the family before any data. */
  readonly prior: number;
  /** Of its best shape, with the weight of a cell of the grid. */
  readonly score: number;
}

/** null where the grid of the family is fine enough. */
function climb(
  key: string,
  family: CurveFamily,
  peak: GridNode,
  curve: ScaledCurve,
  whitened: Whitened,
): Climbed | null {
  const box = boxOf(family);
  let at = family.parameters.map((parameter, k) => toCoordinate(parameter, peak.candidate.shape[k] ?? 1));
  let slope = slopeAt(family, at, curve, whitened);
  const start = slope.leftover;
  const isNarrow = family.steps.some((step, k) => (slope.curvature[k]?.[k] ?? 0) * step * step > 1);
  if (!isNarrow) return null;
  let damping = 1e-3;
  for (let i = 0; i < climbSteps; i++) {
    const damped = slope.curvature.map((row, j) => row.map((value, k) => (j === k ? value * (1 + damping) : value)));
    const step = solveSmall(damped, slope.gradient);
    if (step === null) break;
    const next = at.map((value, k) => {
      const most = family.steps[k] ?? 1;
      const { low, high } = box[k] ?? { low: value, high: value };
      return Math.min(high, Math.max(low, value + Math.min(most, Math.max(-most, step[k] ?? 0))));
    });
    const there = slopeAt(family, next, curve, whitened);
    if (there.leftover < slope.leftover) {
      const gained = slope.leftover - there.leftover;
      [at, slope, damping] = [next, there, damping / 4];
      if (gained < 1e-6 * slope.leftover) break;
    } else damping *= 8;
    if (damping > 1e6) break;
  }
  // Directions in which the data says nothing end at the family's own bounds.
  const bounded = slope.curvature.map((row, j) =>
    row.map((value, k) => (j === k ? value + 9 / ((box[k]?.high ?? 1) - (box[k]?.low ?? 0)) ** 2 : value)),
  );
  const covariance = invertSmall(bounded);
  if (covariance === null) return null;
  const strength = Math.max(curve.t.length - 2, 1) + noiseStrength;
  const score = peak.score + 0.5 * strength * Math.log(start / slope.leftover);
  const prior = peak.candidate.prior * family.shapes.length;
  return { key, family, whitened, at, covariance, prior, score };
}

function lookClosely({ family, whitened, at, covariance, prior }: Climbed, curve: ScaledCurve): readonly GridNode[] {
  const { coarse, fine } = lattices[family.parameters.length - 1] ?? {
    coarse: null,
    fine: { reach: 2, distance: 1.5 },
  };
  const layAt = (lattice: Lattice, centre: readonly number[], spread: readonly (readonly number[])[]): GridNode[] =>
    lay(family, lattice, centre, spread, prior, curve, whitened);
  if (coarse === null) return layAt(fine, at, covariance);
  const first = layAt(coarse, at, covariance);
  const moments = momentsOf(family, first);
  if (moments === null) return layAt(fine, at, covariance);
  const spread = moments.covariance.map((row) => row.map((value) => value * wider * wider));
  const second = layAt(fine, moments.mean, spread);
  return second.length > 0 ? second : first;
}

interface Slope {
  readonly leftover: number;
  /** Of minus log likelihood, by the coordinates, with limit and amplitude projected out. */
  readonly gradient: readonly number[];
  readonly curvature: readonly (readonly number[])[];
}

/** Gauss and Newton's slope of the projected problem (Golub and Pereyra 1973, in Kaufman's simpler form). */
function slopeAt(
  family: CurveFamily,
  at: readonly number[],
  curve: ScaledCurve,
  { structure, one, data }: Whitened,
): Slope {
  const n = one.length;
  const whiten = (values: Float64Array): Float64Array => {
    const into = new Float64Array(n);
    structure.whiten(values, 0, into);
    return into;
  };
  const decayAt = (coordinates: readonly number[]): Float64Array => {
    const shape = shapeAt(family, coordinates);
    return whiten(curve.average((t) => family.decay(t, shape)));
  };
  const phi = decayAt(at);
  // An orthonormal basis of what limit and amplitude can make up for.
  const level = one.map((value) => value / Math.sqrt(dot(one, one)));
  const bent = without(phi, level);
  const size = Math.sqrt(dot(bent, bent));
  const amplitude = size > 0 ? dot(bent, data) / (size * size) : 0;
  const direction = size > 0 ? bent.map((value) => value / size) : bent;
  const rest = without(without(data, level), direction);
  const columns = at.map((value, k) => {
    const distance = 1e-4;
    const shifted = (by: number): Float64Array => decayAt(at.map((one, j) => (j === k ? value + by : one)));
    const [up, down] = [shifted(distance), shifted(-distance)];
    const column = up.map((one, i) => (amplitude * (one - (down[i] ?? 0))) / (2 * distance));
    return without(without(column, level), direction);
  });
  const leftover = dot(rest, rest) + noiseStrength * noiseSize * noiseSize;
  const precision = (Math.max(n - 2, 1) + noiseStrength) / leftover;
  return {
    leftover,
    gradient: columns.map((column) => precision * dot(column, rest)),
    curvature: columns.map((a) => columns.map((b) => precision * dot(a, b))),
  };
}

/** Shapes on a lattice along the axes of the covariance, as far as the family's bounds. */
function lay(
  family: CurveFamily,
  { reach, distance }: Lattice,
  centre: readonly number[],
  covariance: readonly (readonly number[])[],
  prior: number,
  curve: ScaledCurve,
  whitened: Whitened,
): GridNode[] {
  const axes = lowerTriangle(covariance);
  if (axes === null) return [];
  const box = boxOf(family);
  // Cell over box: the density before any data is even within the bounds.
  const volume = axes.reduce((product, row, k) => {
    const { low, high } = box[k] ?? { low: 0, high: 1 };
    return (product * (row[k] ?? 0) * distance) / (high - low);
  }, 1);
  const places = Array.from({ length: 2 * reach + 1 }, (_, i) => (i - reach) * distance);
  const offsets = centre.reduce<number[][]>(
    (partial) => partial.flatMap((start) => places.map((place) => [...start, place])),
    [[]],
  );
  const nodes: GridNode[] = [];
  const candidates = offsets.flatMap((offset) => {
    const at = centre.map((value, j) => offset.reduce((sum, place, k) => sum + place * (axes[j]?.[k] ?? 0), value));
    const isWithin = at.every((value, k) => {
      const { low, high } = box[k] ?? { low: value, high: value };
      return value >= low && value <= high;
    });
    if (!isWithin) return [];
    const shape = shapeAt(family, at);
    return [{ family, shape, prior: prior * volume, values: curve.average((t) => family.decay(t, shape)) }];
  });
  sumUp(candidates, whitened, nodes);
  return nodes;
}

interface Moments {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** Mean and covariance of the coordinates by the nodes' scores; null where a single node has all the weight. */
function momentsOf(family: CurveFamily, nodes: readonly GridNode[]): Moments | null {
  const best = nodes.reduce((most, node) => Math.max(most, node.score), Number.NEGATIVE_INFINITY);
  const weighed = nodes.map((node) => ({
    weight: Math.exp(node.score - best),
    at: family.parameters.map((parameter, k) => toCoordinate(parameter, node.candidate.shape[k] ?? 1)),
  }));
  const total = weighed.reduce((sum, one) => sum + one.weight, 0);
  const mean = family.parameters.map(
    (_, k) => weighed.reduce((sum, { weight, at }) => sum + weight * (at[k] ?? 0), 0) / total,
  );
  const covariance = mean.map((middle, j) =>
    mean.map(
      (other, k) =>
        weighed.reduce((sum, { weight, at }) => sum + weight * ((at[j] ?? 0) - middle) * ((at[k] ?? 0) - other), 0) /
        total,
    ),
  );
  return lowerTriangle(covariance) === null ? null : { mean, covariance };
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

const boxes = new WeakMap<CurveFamily, readonly Bounds[]>();

/** Where the cells of a family's grid end, in coordinates. */
function boxOf(family: CurveFamily): readonly Bounds[] {
  const known = boxes.get(family);
  if (known !== undefined) return known;
  const box = family.parameters.map((parameter, k) => {
    const places = family.shapes.map((shape) => toCoordinate(parameter, shape[k] ?? 1));
    const half = (family.steps[k] ?? 0) / 2;
    return { low: Math.min(...places) - half, high: Math.max(...places) + half };
  });
  boxes.set(family, box);
  return box;
}

function shapeAt(family: CurveFamily, coordinates: readonly number[]): Shape {
  return family.parameters.map((parameter, k) => fromCoordinate(parameter, coordinates[k] ?? 0));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function without(values: Float64Array, direction: Float64Array): Float64Array {
  const share = dot(values, direction);
  return values.map((value, i) => value - share * (direction[i] ?? 0));
}
