import type { CurveFamily, Shape } from '../../core/fit/curveFamily.ts';
import { geometricGrid, oneByOne } from '../../core/fit/curveFamily.ts';
import type { ShapeParameter } from '../../core/fit/shapeParameter.ts';
import type { CompiledFormula, Evaluate } from './compileFormula.ts';
import type { Bounds } from './formulaText.ts';
import { formulaRefusal, readFormulaText } from './formulaText.ts';
import type { ParameterRole } from './parameterRole.ts';

/** Where parameters without bounds are looked for, in units of the observed span: where the known families look. */
const usualBounds: Readonly<Record<ParameterRole, Bounds>> = {
  rate: { lower: 0.3, upper: 80 },
  time: { lower: 0.01, upper: 4 },
  stretch: { lower: 0.35, upper: 3 },
  power: { lower: 0.15, upper: 6 },
};

/** Nodes on each axis, by the number of parameters that are searched. */
const nodesByCount = [0, 32, 12, 6, 4] as const;
const mostShapeParameters = 3;
const shares = [0.15, 0.3, 0.5, 0.7, 0.85];
/** Width of a cell of the shares, in their log odds. */
const shareStep = 0.87;

interface Axis {
  readonly parameter: ShapeParameter;
  readonly nodes: readonly number[];
  /** Distance of two nodes in the parameter's coordinate. */
  readonly step: number;
}

/**
 * A formula of the user's as a way to relax, t being 0 where time begins to count and 1 at the last checkpoint: level and amplitude are
 * solved for like those of every family, and what is left of the formula becomes its decay, started at 1 and ended at 0. A
 * second amplitude becomes the share of the first.
 * @throws Refusal where it cannot be read, or describes no curve that settles.
 */
export async function formulaFamily(text: string): Promise<CurveFamily> {
  const read = readFormulaText(text);
  // mathjs comes with it.
  const { compileFormula } = await import('./compileFormula.ts');
  const compiled = compileFormula(read, (why) => formulaRefusal(text, why));
  const axes = axesOf(text, compiled);
  const decays = compiled.amplitudes.map(({ value, slopes }) => createDecay(value, slopes));
  const shapeSize = compiled.shape.length;
  const mixed = (shape: Shape, of: (decay: Decay, own: Shape) => number): number => {
    const own = shape.slice(0, shapeSize);
    const [first, second] = decays;
    if (first === undefined) return Number.NaN;
    if (second === undefined) return of(first, own);
    const share = shape[shapeSize] ?? 1;
    return share * of(first, own) + (1 - share) * of(second, own);
  };
  const decay = (t: number, shape: Shape): number => mixed(shape, (one, own) => one.at(t, own));
  const gradient = (t: number, shape: Shape): readonly number[] => {
    const slopes = compiled.shape.map((_, k) => mixed(shape, (one, own) => one.slope(t, own, k)));
    const own = shape.slice(0, shapeSize);
    const [first, second] = decays;
    if (first !== undefined && second !== undefined) slopes.push(first.at(t, own) - second.at(t, own));
    return slopes;
  };
  const grid = combine(axes.map(({ nodes }) => nodes));
  const shapes = grid.filter((shape) => decays.every((one) => one.settles(shape.slice(0, shapeSize))));
  if (shapes.length === 0) {
    const starts = grid.some((shape) => decays.every((one) => one.starts(shape.slice(0, shapeSize))));
    throw formulaRefusal(
      text,
      starts
        ? 'for no values of its parameters does it settle as t grows; a decay has a minus, as in "exp(-k*t)" (bounds may be given, as in "k in 0.1..10")'
        : 'it has no finite value at t = 0, the first checkpoint; write "t + s" or "1 + t/s" in place of t',
    );
  }
  const parameters = axes.map(({ parameter }) => parameter);
  const idle = parameters.find((_, k) =>
    shapes.every((shape) => sampleTimes.every((t) => !isFelt(gradient(t, shape)[k]))),
  );
  if (idle !== undefined) {
    throw formulaRefusal(text, `${idle.name} changes nothing that level and amplitude do not; leave it out`);
  }
  return {
    name: read.expression,
    parameters,
    shapes,
    decay,
    decays: oneByOne(decay),
    gradient,
    settlesAt: (tolerance, shape) => settlingOf((t) => Math.abs(decay(t, shape)), tolerance),
    steps: axes.map(({ step }) => step),
    isSigmoid: (shape) => isSteepestLater((t) => decay(t, shape)),
  };
}

function axesOf(text: string, { amplitudes, shape }: CompiledFormula): readonly Axis[] {
  const count = nodesByCount[shape.length + amplitudes.length - 1] ?? 0;
  if (shape.length > mostShapeParameters) {
    throw formulaRefusal(
      text,
      `${shape.length} parameters (${shape.map(({ name }) => name).join(', ')}) shape its curve, and three are the most that checkpoints can tell apart; write numbers for some`,
    );
  }
  const axes = shape.map(({ name, role, bounds }): Axis => {
    const { lower, upper } = bounds ?? usualBounds[role];
    const isPositive = lower > 0;
    const nodes = isPositive
      ? geometricGrid(lower, upper, count)
      : Array.from({ length: count }, (_, i) => lower + ((upper - lower) * i) / (count - 1));
    return {
      parameter: { name, kind: isPositive ? 'number' : 'free' },
      nodes,
      step: (isPositive ? Math.log(upper / lower) : upper - lower) / (count - 1),
    };
  });
  const [first, second] = amplitudes;
  if (first === undefined || second === undefined) return axes;
  return [
    ...axes,
    {
      parameter: { name: `${first.name}/(${first.name} + ${second.name})`, kind: 'share' },
      nodes: shares,
      step: shareStep,
    },
  ];
}

function combine(axes: readonly (readonly number[])[]): Shape[] {
  return axes.reduce<Shape[]>(
    (partial, nodes) => partial.flatMap((start) => nodes.map((node) => [...start, node])),
    [[]],
  );
}

interface Decay {
  at(t: number, shape: Shape): number;
  /** Derivative by parameter k. */
  slope(t: number, shape: Shape, k: number): number;
  starts(shape: Shape): boolean;
  settles(shape: Shape): boolean;
}

/** So late that what still changes there does not settle; earlier ones stand in where an expression overflows. */
const farTimes = [1e300, 1e150, 1e75, 1e37, 1e18, 1e9];
/** In place of 0 where a derivative has a limit there but no value, such as that of t^c by c. */
const justAfterStart = 1e-300;
const sampleTimes = [0.01, 0.1, 0.3, 1, 2, 5];

/** What an amplitude is multiplied with, from 1 at t = 0 to 0. */
function createDecay(value: Evaluate, slopes: readonly Evaluate[]): Decay {
  interface Ends {
    readonly start: number;
    readonly end: number;
    readonly far: number;
    readonly startSlopes: readonly number[];
    readonly endSlopes: readonly number[];
  }
  let last: { readonly shape: Shape; readonly ends: Ends } | null = null;
  const endsOf = (shape: Shape): Ends => {
    // Curves are evaluated at many t for one shape after the other.
    if (last !== null && last.shape.length === shape.length && last.shape.every((one, k) => one === shape[k])) {
      return last.ends;
    }
    const far = farTimes.find((t) => Number.isFinite(value(t, shape))) ?? Number.NaN;
    const slopesAt = (t: number): number[] => slopes.map((_, k) => finiteSlope(t, shape, k));
    const ends = {
      start: value(0, shape),
      end: value(far, shape),
      far,
      startSlopes: slopesAt(0),
      endSlopes: slopesAt(far),
    };
    last = { shape, ends };
    return ends;
  };
  const finiteSlope = (t: number, shape: Shape, k: number): number => {
    const slope = slopes[k]?.(t, shape) ?? Number.NaN;
    if (Number.isFinite(slope)) return slope;
    const near = t === 0 ? (slopes[k]?.(justAfterStart, shape) ?? 0) : 0;
    return Number.isFinite(near) ? near : 0;
  };
  const at = (t: number, shape: Shape): number => {
    const { start, end } = endsOf(shape);
    return (value(t, shape) - end) / (start - end);
  };
  return {
    at,
    slope: (t, shape, k) => {
      const { start, end, startSlopes, endSlopes } = endsOf(shape);
      const atEnd = endSlopes[k] ?? 0;
      return (finiteSlope(t, shape, k) - atEnd - at(t, shape) * ((startSlopes[k] ?? 0) - atEnd)) / (start - end);
    },
    starts: (shape) => Number.isFinite(value(0, shape)),
    settles: (shape) => {
      const { start, end, far } = endsOf(shape);
      const range = Math.abs(start - end);
      if (!(Number.isFinite(start) && Number.isFinite(end) && range > 0)) return false;
      const isStill = Math.abs(value(Math.sqrt(far), shape) - end) <= 1e-3 * range;
      return isStill && sampleTimes.every((t) => Number.isFinite(value(t, shape)));
    },
  };
}

function isFelt(slope: number | undefined): boolean {
  return Math.abs(slope ?? 0) > 1e-9;
}

/** By bisection on log t; the curve may rise on its way, so it is searched from where it has surely settled. */
function settlingOf(decay: (t: number) => number, tolerance: number): number {
  let high = 1e-3;
  while (decay(high) > tolerance && high < 1e30) high *= 4;
  let low = high / 4;
  for (let i = 0; i < 40; i++) {
    const middle = Math.sqrt(low * high);
    if (decay(middle) > tolerance) low = middle;
    else high = middle;
  }
  return high;
}

/** True where a curve is steeper somewhere on its way to half than where it starts. */
function isSteepestLater(decay: (t: number) => number): boolean {
  const half = settlingOf(decay, 0.5);
  const steps = Array.from({ length: 16 }, (_, i) => Math.abs(decay((half * i) / 16) - decay((half * (i + 1)) / 16)));
  const [first = 0] = steps;
  return Math.max(...steps) > 1.05 * first;
}
