import { exponential } from '../fit/exponential.ts';
import type { Candidate } from './gridDesign.ts';
import type { GridNode } from './gridNode.ts';
import type { ScaledCurve } from './scaledCurve.ts';

/** How far under the best score a shape still counts as heavy, how many heavy ones are enough, and how often to split. */
const peakDepth = 3;
const manyShapes = 12;
const splitRounds = 3;

/**
 * Where the data is so clear that the best few shapes hold all the weight, the grid is coarser than the posterior and every
 * interval too narrow: those shapes give way to finer ones, up to a 27th of the grid's step, until several weigh alike.
 */
export function splitPeaks(
  nodes: GridNode[],
  curve: ScaledCurve,
  weigh: (candidates: readonly Candidate[]) => readonly GridNode[],
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
