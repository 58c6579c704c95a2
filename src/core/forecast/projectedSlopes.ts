import type { CurveFamily, Shape } from '../fit/curveFamily.ts';
import { fromCoordinate } from '../fit/shapeParameter.ts';
import { noiseSize, noiseStrength } from './constants.ts';
import type { Whitened } from './gridNode.ts';
import type { ScaledCurve } from './scaledCurve.ts';

/** Of minus log likelihood, by the coordinates of a shape, with limit and amplitude projected out. */
export interface Slope {
  readonly leftover: number;
  readonly gradient: readonly number[];
  readonly curvature: readonly (readonly number[])[];
}

const distance = 1e-4;

/**
 * Gauss and Newton's slopes of the projected problem (Golub and Pereyra 1973, in Kaufman's simpler form). One for all shapes of
 * a noise structure: what it needs on the way is allocated once.
 */
export class ProjectedSlopes {
  readonly strength: number;
  readonly #curve: ScaledCurve;
  readonly #whitened: Whitened;
  /** An orthonormal basis of what limit and amplitude can make up for; the second is of the shape. */
  readonly #level: Float64Array;
  readonly #direction: Float64Array;
  readonly #dataWithoutLevel: Float64Array;
  readonly #rest: Float64Array;
  readonly #decays: Float64Array;
  readonly #up: Float64Array;
  readonly #down: Float64Array;
  readonly #columns: Float64Array[] = [];

  constructor(curve: ScaledCurve, whitened: Whitened) {
    const { one, data } = whitened;
    const n = one.length;
    this.#curve = curve;
    this.#whitened = whitened;
    this.strength = Math.max(n - 2, 1) + noiseStrength;
    const length = Math.sqrt(dot(one, one));
    this.#level = one.map((value) => value / length);
    this.#direction = new Float64Array(n);
    this.#dataWithoutLevel = data.slice();
    takeOut(this.#dataWithoutLevel, this.#level);
    this.#rest = new Float64Array(n);
    this.#decays = new Float64Array(n);
    this.#up = new Float64Array(n);
    this.#down = new Float64Array(n);
  }

  at(family: CurveFamily, coordinates: readonly number[]): Slope {
    const level = this.#level;
    const direction = this.#direction;
    this.#decayAt(family, coordinates, direction);
    takeOut(direction, level);
    const size = Math.sqrt(dot(direction, direction));
    const amplitude = size > 0 ? dot(direction, this.#whitened.data) / (size * size) : 0;
    if (size > 0) for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] ?? 0) / size;
    const rest = this.#rest;
    rest.set(this.#dataWithoutLevel);
    takeOut(rest, direction);
    const columns = coordinates.map((_, k) => this.#columnOf(family, coordinates, k, amplitude));
    const leftover = dot(rest, rest) + noiseStrength * noiseSize * noiseSize;
    const precision = this.strength / leftover;
    return {
      leftover,
      gradient: columns.map((column) => precision * dot(column, rest)),
      curvature: columns.map((a) => columns.map((b) => precision * dot(a, b))),
    };
  }

  /** How the fit moves with coordinate k. */
  #columnOf(family: CurveFamily, coordinates: readonly number[], k: number, amplitude: number): Float64Array {
    const up = this.#up;
    const down = this.#down;
    const value = coordinates[k] ?? 0;
    this.#decayAt(family, coordinates.with(k, value + distance), up);
    this.#decayAt(family, coordinates.with(k, value - distance), down);
    const column = this.#columns[k] ?? new Float64Array(up.length);
    this.#columns[k] = column;
    for (let i = 0; i < column.length; i++) {
      column[i] = (amplitude * ((up[i] ?? 0) - (down[i] ?? 0))) / (2 * distance);
    }
    takeOut(column, this.#level);
    takeOut(column, this.#direction);
    return column;
  }

  #decayAt(family: CurveFamily, coordinates: readonly number[], into: Float64Array): void {
    this.#curve.decays.write(family, shapeAt(family, coordinates), this.#decays, 0);
    this.#whitened.structure.chain.whiten(this.#decays, 0, into);
  }
}

export function shapeAt({ parameters }: CurveFamily, coordinates: ArrayLike<number>): Shape {
  const shape: number[] = [];
  for (const parameter of parameters) shape.push(fromCoordinate(parameter, coordinates[shape.length] ?? 0));
  return shape;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** @param direction of length 1 */
function takeOut(values: Float64Array, direction: Float64Array): void {
  const share = dot(values, direction);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) - share * (direction[i] ?? 0);
}
