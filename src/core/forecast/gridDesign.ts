import { familiesWith, type WeighedFamily } from '../fit/curveFamilies.ts';
import type { CurveFamily, Shape } from '../fit/curveFamily.ts';
import { constantPrior } from './constants.ts';
import type { GridPlan } from './gridPlan.ts';
import type { NoiseStructure } from './noiseStructure.ts';
import { noiseStructures } from './noiseStructure.ts';
import type { ScaledCurve } from './scaledCurve.ts';

/** A shape that may have made the data; `family` null is the constant. */
export interface Candidate {
  readonly family: CurveFamily | null;
  readonly shape: Shape;
  readonly prior: number;
  /** Decay at the blocks. */
  readonly values: Float64Array;
}

/** All of a grid that depends on x alone. */
export interface GridDesign {
  /** The constant and every shape of the families. */
  readonly candidates: readonly Candidate[];
  readonly structures: readonly NoiseStructure[];
}

/** Designs that were built already: the series of a run share their x as a rule, and a design is half of the work. */
export interface Designs {
  for(curve: ScaledCurve, grid: GridPlan['grid']): GridDesign;
}

/** @param more families beside those that are always tried. */
export function createDesigns(more: readonly WeighedFamily[] = []): Designs {
  const families = familiesWith(more);
  const known: { readonly curve: ScaledCurve; readonly grid: GridPlan['grid']; readonly design: GridDesign }[] = [];
  return {
    for: (curve, grid) => {
      const found = known.find(
        (one) => one.grid === grid && isSame(one.curve.t, curve.t) && isSame(one.curve.noise, curve.noise),
      );
      if (found !== undefined) return found.design;
      const design = build(curve, families, grid);
      known.push({ curve, grid, design });
      return design;
    },
  };
}

function build(curve: ScaledCurve, families: readonly WeighedFamily[], grid: GridPlan['grid']): GridDesign {
  const n = curve.t.length;
  const candidates: Candidate[] = [{ family: null, shape: [], prior: constantPrior, values: new Float64Array(n) }];
  for (const { family, prior } of families) {
    const shapes = grid === 'full' ? family.shapes : sparseShapes(family.shapes);
    for (const shape of shapes) {
      candidates.push({
        family,
        shape,
        prior: ((1 - constantPrior) * prior) / shapes.length,
        values: curve.average((at) => family.decay(at, shape)),
      });
    }
  }
  return { candidates, structures: noiseStructures(curve) };
}

const goldenShare = (Math.sqrt(5) - 1) / 2;
/** Families of fewer shapes keep them all. */
const fewShapes = 40;

/** A third of the shapes. Multiples of the golden section spread them evenly over grids of any width. */
function sparseShapes(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.length <= fewShapes ? shapes : shapes.filter((_, i) => (i * goldenShare) % 1 < 1 / 3);
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
