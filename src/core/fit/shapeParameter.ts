/**
 * What a parameter of a shape is: a `rate` is told per unit of x and a `time` in it, a `number` and a `share` (between 0 and
 * 1) have no unit, and a `free` number may be negative.
 */
export interface ShapeParameter {
  readonly name: string;
  readonly kind: 'rate' | 'time' | 'number' | 'share' | 'free';
}

/** The coordinate in which a parameter is searched: every real value of it is a value that the parameter may have. */
export function toCoordinate({ kind }: ShapeParameter, value: number): number {
  if (kind === 'free') return value;
  return kind === 'share' ? Math.log(value / (1 - value)) : Math.log(value);
}

export function fromCoordinate({ kind }: ShapeParameter, coordinate: number): number {
  if (kind === 'free') return coordinate;
  return kind === 'share' ? 1 / (1 + Math.exp(-coordinate)) : Math.exp(coordinate);
}

/** d value / d coordinate. */
export function coordinateSlope({ kind }: ShapeParameter, value: number): number {
  if (kind === 'free') return 1;
  return kind === 'share' ? value * (1 - value) : value;
}

/** Factor from units of the observed span to units of x. */
export function unitOf({ kind }: ShapeParameter, span: number): number {
  return kind === 'rate' ? 1 / span : kind === 'time' ? span : 1;
}
