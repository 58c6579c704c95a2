import { familiesWith, type WeighedFamily } from '../fit/curveFamilies.ts';
import type { CurveFamily, Shape } from '../fit/curveFamily.ts';
import { constantPrior } from './constants.ts';
import type { GridPlan } from './gridPlan.ts';
import type { NoiseStructure } from './noiseStructure.ts';
import { noiseStructures } from './noiseStructure.ts';
import type { ScaledCurve } from './scaledCurve.ts';

/** A shape that may have made the data; `family` null is the constant. */
export class Candidate {
  readonly family: CurveFamily | null;
  readonly shape: Shape;
  readonly prior: number;
  readonly table: Float64Array;
  readonly row: number;
  readonly blocks: number;

  /** @param table decays of many shapes, one after the other; this one's begin at `row * blocks`. */
  constructor(
    family: CurveFamily | null,
    shape: Shape,
    prior: number,
    table: Float64Array,
    row: number,
    blocks: number,
  ) {
    this.family = family;
    this.shape = shape;
    this.prior = prior;
    this.table = table;
    this.row = row;
    this.blocks = blocks;
  }

  /** Decay at the blocks. */
  get values(): Float64Array {
    return this.table.subarray(this.row * this.blocks, (this.row + 1) * this.blocks);
  }
}

/** Shapes and their decays at the blocks: of hundreds of shapes few are looked at one by one. */
export interface CandidateTable {
  readonly candidates: readonly Candidate[];
  /** Of one candidate after the other. */
  readonly decays: Float64Array;
}

/** All of a grid that depends on x alone. */
export interface GridDesign extends CandidateTable {
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
  const chosen = families.map(({ family, prior }) => {
    const shapes = grid === 'full' ? family.shapes : sparseShapes(family.shapes);
    return { family, shapes, prior: ((1 - constantPrior) * prior) / shapes.length };
  });
  const count = chosen.reduce((sum, { shapes }) => sum + shapes.length, 1);
  const decays = new Float64Array(count * n);
  const candidates = [new Candidate(null, [], constantPrior, decays, 0, n)];
  for (const { family, shapes, prior } of chosen) {
    for (const shape of shapes) {
      const row = candidates.length;
      curve.decays.write(family, shape, decays, row * n);
      candidates.push(new Candidate(family, shape, prior, decays, row, n));
    }
  }
  return { candidates, decays, structures: noiseStructures(curve) };
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
