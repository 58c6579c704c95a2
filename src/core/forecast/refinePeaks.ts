import type { Control } from '../control.ts';
import type { CurveFamily } from '../fit/curveFamily.ts';
import { toCoordinate } from '../fit/shapeParameter.ts';
import { invertSmall, lowerTriangle, solveSmall } from '../fit/smallMatrix.ts';
import { Candidate, type CandidateTable } from './gridDesign.ts';
import type { NodeSums, Whitened } from './gridNode.ts';
import { sumUp } from './gridNode.ts';
import { ProjectedSlopes, shapeAt } from './projectedSlopes.ts';
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
 * @param grids one for each noise structure
 */
export function refinePeaks(grids: readonly NodeSums[], curve: ScaledCurve, control: Control): readonly NodeSums[] {
  let best = Number.NEGATIVE_INFINITY;
  const peaks = grids.map((grid) => {
    const ofFamily = peaksOf(grid);
    for (const { score } of ofFamily.values()) best = Math.max(best, score);
    return ofFamily;
  });
  const climbed: { readonly grid: NodeSums; readonly top: Climbed }[] = [];
  grids.forEach((grid, i) => {
    const slopes = new ProjectedSlopes(curve, grid.whitened);
    for (const [family, { row, score }] of peaks[i] ?? []) {
      control.check();
      const candidate = grid.candidates[row];
      if (family === null || candidate === undefined || score < best - hopelessBelow) continue;
      const top = climb(family, candidate, score, slopes);
      if (top === null) continue;
      climbed.push({ grid, top });
      best = Math.max(best, top.score);
    }
  });
  const gone = grids.map(() => new Set<CurveFamily | null>());
  const finer: NodeSums[] = [];
  for (const { grid, top } of climbed) {
    control.check();
    if (top.score < best - lowBelow) continue;
    const nodesOfPeak = lookClosely(top, curve, grid.whitened);
    if (nodesOfPeak === null) continue;
    gone[grid.whitened.noise]?.add(top.family);
    finer.push(nodesOfPeak);
  }
  return [...grids.map((grid, i) => ({ ...grid, gone: gone[i] ?? grid.gone })), ...finer];
}

interface Peak {
  readonly row: number;
  readonly score: number;
}

/** The best node of each family. */
function peaksOf({ candidates, scores }: NodeSums): Map<CurveFamily | null, Peak> {
  const peaks = new Map<CurveFamily | null, Peak>();
  candidates.forEach(({ family }, row) => {
    const score = scores[row] ?? 0;
    if (score > (peaks.get(family)?.score ?? Number.NEGATIVE_INFINITY)) peaks.set(family, { row, score });
  });
  return peaks;
}

/** The top of a family's peak under one noise structure. */
interface Climbed {
  readonly family: CurveFamily;
  readonly at: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  /** Weight of the family before any data. */
  readonly prior: number;
  /** Of its best shape, with the weight of a cell of the grid. */
  readonly score: number;
}

/** null where the grid of the family is fine enough. */
function climb(family: CurveFamily, peak: Candidate, peakScore: number, slopes: ProjectedSlopes): Climbed | null {
  const box = boxOf(family);
  let at = family.parameters.map((parameter, k) => toCoordinate(parameter, peak.shape[k] ?? 1));
  let slope = slopes.at(family, at);
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
    const there = slopes.at(family, next);
    if (there.leftover < slope.leftover) {
      const gained = slope.leftover - there.leftover;
      at = next;
      slope = there;
      damping /= 4;
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
  const score = peakScore + 0.5 * slopes.strength * Math.log(start / slope.leftover);
  return { family, at, covariance, prior: peak.prior * family.shapes.length, score };
}

/** null where there is no shape within the family's bounds. */
function lookClosely(
  { family, at, covariance, prior }: Climbed,
  curve: ScaledCurve,
  whitened: Whitened,
): NodeSums | null {
  const { coarse, fine } = lattices[family.parameters.length - 1] ?? {
    coarse: null,
    fine: { reach: 2, distance: 1.5 },
  };
  const layAt = (
    lattice: Lattice,
    centre: readonly number[],
    spread: readonly (readonly number[])[],
  ): NodeSums | null => {
    const table = lay(family, lattice, centre, spread, prior, curve);
    return table === null ? null : sumUp(table, whitened);
  };
  if (coarse === null) return layAt(fine, at, covariance);
  const first = layAt(coarse, at, covariance);
  const moments = first === null ? null : momentsOf(family, first);
  if (moments === null) return layAt(fine, at, covariance);
  const spread = moments.covariance.map((row) => row.map((value) => value * wider * wider));
  return layAt(fine, moments.mean, spread) ?? first;
}

/** Shapes on a lattice along the axes of the covariance, as far as the family's bounds; null where that leaves none. */
function lay(
  family: CurveFamily,
  { reach, distance }: Lattice,
  centre: readonly number[],
  covariance: readonly (readonly number[])[],
  prior: number,
  curve: ScaledCurve,
): CandidateTable | null {
  const axes = lowerTriangle(covariance);
  if (axes === null) return null;
  const box = boxOf(family);
  // Cell over box: the density before any data is even within the bounds.
  const volume = axes.reduce((product, row, k) => {
    const { low, high } = box[k] ?? { low: 0, high: 1 };
    return (product * (row[k] ?? 0) * distance) / (high - low);
  }, 1);
  const size = centre.length;
  const width = 2 * reach + 1;
  const count = width ** size;
  const n = curve.t.length;
  const decays = new Float64Array(count * n);
  const candidates: Candidate[] = [];
  const offset = new Float64Array(size);
  const at = new Float64Array(size);
  for (let place = 0; place < count; place++) {
    let left = place;
    for (let k = size - 1; k >= 0; k--) {
      offset[k] = ((left % width) - reach) * distance;
      left = Math.floor(left / width);
    }
    move(at, centre, axes, offset);
    if (!isWithin(at, box)) continue;
    const shape = shapeAt(family, at);
    const row = candidates.length;
    curve.decays.write(family, shape, decays, row * n);
    candidates.push(new Candidate(family, shape, prior * volume, decays, row, n));
  }
  return candidates.length === 0 ? null : { candidates, decays };
}

interface Moments {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

/** Mean and covariance of the coordinates by the nodes' scores; null where a single node has all the weight. */
function momentsOf(family: CurveFamily, { candidates, scores }: NodeSums): Moments | null {
  const { parameters } = family;
  const best = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  const weights = scores.map((score) => Math.exp(score - best));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const places = parameters.map((parameter, k) =>
    Float64Array.from(candidates, ({ shape }) => toCoordinate(parameter, shape[k] ?? 1)),
  );
  const mean = places.map((place) => weights.reduce((sum, weight, i) => sum + weight * (place[i] ?? 0), 0) / total);
  const covariance = places.map((a, j) =>
    places.map((b, k) => {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) {
        sum += (weights[i] ?? 0) * ((a[i] ?? 0) - (mean[j] ?? 0)) * ((b[i] ?? 0) - (mean[k] ?? 0));
      }
      return sum / total;
    }),
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

function isWithin(at: Float64Array, box: readonly Bounds[]): boolean {
  for (let k = 0; k < at.length; k++) {
    const value = at[k] ?? 0;
    const bounds = box[k];
    if (bounds !== undefined && !(value >= bounds.low && value <= bounds.high)) return false;
  }
  return true;
}

/** Goes from the centre by offsets along the axes. */
function move(
  at: Float64Array,
  centre: readonly number[],
  axes: readonly (readonly number[])[],
  offset: Float64Array,
): void {
  for (let j = 0; j < at.length; j++) {
    let sum = centre[j] ?? 0;
    for (let k = 0; k < offset.length; k++) sum += (offset[k] ?? 0) * (axes[j]?.[k] ?? 0);
    at[j] = sum;
  }
}
