import type { ShapeParameter } from './shapeParameter.ts';

/** Parameters of one shape of a family, in units of the observed span. */
export type Shape = readonly number[];

/**
 * A way to relax: y = limit + amplitude * decay(t), where t is 0 where the run began and 1 at the last checkpoint, decay(0) = 1 and
 * decay falls to 0. Limit and amplitude are linear, so a family is no more than its shapes.
 */
export interface CurveFamily {
  readonly name: string;
  /** What the parameters of a shape are, in their order. */
  readonly parameters: readonly ShapeParameter[];
  /** Shapes that are tried; a grid in place of a search, so that the same data gives the same answer to the last bit. */
  readonly shapes: readonly Shape[];
  decay(t: number, shape: Shape): number;
  /** Decays at many t, the same to the last bit: forecasts ask for them some 100,000 times. */
  decays(t: Float64Array, shape: Shape, into: Float64Array, offset: number): void;
  /** Derivatives of decay by the parameters, in their order. */
  gradient(t: number, shape: Shape): readonly number[];
  /** t from which decay stays under the tolerance. */
  settlesAt(tolerance: number, shape: Shape): number;
  /** Distances of neighbouring shapes of the grid, in the coordinates of the parameters (`toCoordinate`). */
  readonly steps: readonly number[];
  /** True for shapes that start flat, steepen and then level off. */
  isSigmoid(shape: Shape): boolean;
}

/** `decays` of a family of which nothing but `decay` is known. */
export const oneByOne =
  (decay: CurveFamily['decay']): CurveFamily['decays'] =>
  (t, shape, into, offset) => {
    for (let i = 0; i < t.length; i++) into[offset + i] = decay(t[i] ?? 0, shape);
  };

/** `count` values from `first` to `last`, ends included, each the same multiple of the one before. */
export function geometricGrid(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first * (last / first) ** (i / (count - 1)));
}
