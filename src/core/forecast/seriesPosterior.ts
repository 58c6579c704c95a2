import type { Control } from '../control.ts';
import { mixtureQuantile } from '../fit/normalMixture.ts';
import { limitWidening, pointWidening } from './constants.ts';
import type { ForecastPoint, Interval, ModelWeight, SeriesInput, Settling } from './forecaster.ts';
import type { Designs } from './gridDesign.ts';
import type { GridPlan } from './gridPlan.ts';
import type { GridPosterior } from './gridPosterior.ts';
import { gridPosterior } from './gridPosterior.ts';
import type { ScaledCurve } from './scaledCurve.ts';
import { scaleCurve } from './scaledCurve.ts';

/** The grid posterior of one series in the units of the log. */
export interface SeriesPosterior {
  readonly models: readonly ModelWeight[];
  /** Weight of "it does not move". */
  readonly constant: number;
  limit(level: number): Interval;
  /** The same by the data alone, whatever the metric allows. */
  openLimit(level: number): Interval;
  points(at: Float64Array, level: number): ForecastPoint[];
  settling(tolerance: number, level: number): Settling | null;
  /** Mean curve at rising x; of many, interpolated. */
  curve(x: Float64Array): Float64Array;
  /** Share of the way from the first checkpoint to the limit that is done, averaged over the shapes. */
  readonly progress: number;
}

/** Of the way, at the first checkpoint: shapes that were over before it are no part of it. */
const nothingLeft = 1e-9;
const knots = 11;
/** Curves of more points are evaluated at so many. */
const manyValues = 400;
/** Settling further away than this many spans is no answer to "when"; the late end of its interval may be this far. */
const furthestSettling = 50;
const furthestLateEnd = 1e4;

/** null where the values do not vary or are not finite. */
export function seriesPosterior(
  input: SeriesInput,
  plan: GridPlan,
  designs: Designs,
  control: Control,
): SeriesPosterior | null {
  const curve = scaleCurve(input.x, input.y, input.standardErrors, plan.blocks);
  if (curve === null) return null;
  const posterior = gridPosterior(curve, plan, designs, control);
  const lower = curve.toU(input.range.lower ?? Number.NEGATIVE_INFINITY);
  const upper = curve.toU(input.range.upper ?? Number.POSITIVE_INFINITY);
  const band = (
    mixture: ReturnType<GridPosterior['at']>,
    level: number,
    widen: number,
    lower: number,
    upper: number,
  ): [number, number, number] => {
    const middle = mixtureQuantile(mixture, 0.5, lower, upper);
    const low = mixtureQuantile(mixture, (1 - level) / 2, lower, upper);
    const high = mixtureQuantile(mixture, (1 + level) / 2, lower, upper);
    return [
      middle,
      Math.max(lower, middle - widen * (middle - low)),
      Math.min(upper, middle + widen * (high - middle)),
    ];
  };
  const widening = (1 + pointWidening / input.x.length) * (input.doubt ?? 1);
  const meanOf = (): ((x: number) => number) => {
    const drawn = posterior.drawn();
    return (x) => {
      const t = Math.max(0, curve.toT(x));
      let sum = 0;
      posterior.shapes.forEach(({ weight, family, shape }, i) => {
        const { limit = 0, amplitude = 0 } = drawn[i] ?? {};
        sum += weight * (limit + (family === null ? 0 : amplitude * family.decay(t, shape)));
      });
      return curve.toY(sum);
    };
  };
  const limitWithin = (level: number, lowest: number, highest: number): Interval => {
    const [middle, low, high] = band(posterior.limit(), level, limitWidening * (input.doubt ?? 1), lowest, highest);
    return { value: curve.toY(middle), lower: curve.toY(low), upper: curve.toY(high), level };
  };
  const firstT = curve.toT(input.x[0] ?? 0);
  const moving = posterior.shapes.flatMap(({ family, shape, weight }) =>
    family === null ? [] : [{ family, shape, weight, atFirst: Math.max(nothingLeft, family.decay(firstT, shape)) }],
  );
  const movingWeight = moving.reduce((sum, one) => sum + one.weight, 0);
  return {
    models: weighModels(posterior, curve, lower, upper),

    constant: 1 - movingWeight,
    limit: (level) => limitWithin(level, lower, upper),
    openLimit: (level) => limitWithin(level, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY),
    points: (at, level) => {
      const bandAt = at.length > knots && Array.from(at).every((x) => curve.toT(x) >= 1) ? interpolated : exact;
      return bandAt(at, (t) => band(posterior.at(t), level, widening, lower, upper), curve, control);
    },
    settling: (tolerance, level) => {
      const times = moving
        .map(({ family, shape, weight, atFirst }) => ({ weight, t: family.settlesAt(tolerance * atFirst, shape) }))
        .sort((a, b) => a.t - b.t);
      const quantile = (probability: number): number => {
        let sum = 0;
        for (const { weight, t } of times) {
          sum += weight;
          if (sum >= probability * movingWeight) return t;
        }
        return times.at(-1)?.t ?? Number.POSITIVE_INFINITY;
      };
      const [low, middle, high] = [quantile((1 - level) / 2), quantile(0.5), quantile((1 + level) / 2)];
      if (!(middle < furthestSettling && high < furthestLateEnd)) return null;
      return { tolerance, x: curve.toX(middle), lower: curve.toX(low), upper: curve.toX(high) };
    },
    curve: (x) => (x.length > manyValues ? meanByKnots(x, meanOf(), curve) : x.map(meanOf())),
    progress:
      movingWeight > 0
        ? moving.reduce(
            (sum, { family, shape, weight, atFirst }) => sum + weight * (1 - family.decay(1, shape) / atFirst),
            0,
          ) / movingWeight
        : 1,
  };
}

function weighModels(posterior: GridPosterior, curve: ScaledCurve, lower: number, upper: number): ModelWeight[] {
  const families = new Map<string, { family: (typeof posterior.shapes)[number]['family']; weight: number }>();
  for (const { family, weight } of posterior.shapes) {
    const name = family?.name ?? 'constant';
    families.set(name, { family, weight: (families.get(name)?.weight ?? 0) + weight });
  }
  return Array.from(families, ([name, { family, weight }]) => ({
    name,
    weight,
    limit: curve.toY(mixtureQuantile(posterior.limit(family), 0.5, lower, upper)),
  })).sort((a, b) => b.weight - a.weight);
}

type Band = [middle: number, low: number, high: number];

function exact(at: Float64Array, bandAt: (t: number) => Band, curve: ScaledCurve, control: Control): ForecastPoint[] {
  return Array.from(at, (x) => {
    control.check();
    return toPoint(x, bandAt(curve.toT(x)), curve);
  });
}

/**
 * Quantiles at a few knots, dense near the last checkpoint where a walk's band opens like a root, and cubics between them:
 * the quantiles of a mixture cost more than the mixture, and they are smooth.
 */
function interpolated(
  at: Float64Array,
  bandAt: (t: number) => Band,
  curve: ScaledCurve,
  control: Control,
): ForecastPoint[] {
  const reach = Math.max(1e-12, at.reduce((most, x) => Math.max(most, curve.toT(x)), 1) - 1);
  const bands = Array.from({ length: knots }, (_, i) => {
    control.check();
    return bandAt(1 + reach * (i / (knots - 1)) ** 2);
  });
  const knot = (i: number, row: 0 | 1 | 2): number => bands[Math.min(knots - 1, Math.max(0, i))]?.[row] ?? 0;
  return Array.from(at, (x) => {
    const place = Math.sqrt(Math.max(0, curve.toT(x) - 1) / reach) * (knots - 1);
    const left = Math.min(knots - 2, Math.floor(place));
    const between = (row: 0 | 1 | 2): number =>
      cubic(knot(left - 1, row), knot(left, row), knot(left + 1, row), knot(left + 2, row), place - left);
    const middle = between(0);
    return toPoint(x, [middle, Math.min(middle, between(1)), Math.max(middle, between(2))], curve);
  });
}

/** The mean curve of a long run: at knots that lie dense where curves are steep, and cubics between them. */
function meanByKnots(x: Float64Array, mean: (x: number) => number, curve: ScaledCurve): Float64Array {
  const start = curve.toT(x[0] ?? 0);
  const reach = curve.toT(x.at(-1) ?? 0) - start;
  const values = Float64Array.from({ length: manyValues + 1 }, (_, i) =>
    mean(curve.toX(start + reach * (i / manyValues) ** 3)),
  );
  const knot = (i: number): number => values[Math.min(manyValues, Math.max(0, i))] ?? 0;
  return x.map((at) => {
    const place = Math.cbrt(Math.max(0, curve.toT(at) - start) / reach) * manyValues;
    const left = Math.min(manyValues - 1, Math.floor(place));
    return cubic(knot(left - 1), knot(left), knot(left + 1), knot(left + 2), place - left);
  });
}

/** Catmull-Rom between the second and third value. */
function cubic(a: number, b: number, c: number, d: number, at: number): number {
  return b + 0.5 * at * (c - a + at * (2 * a - 5 * b + 4 * c - d + at * (3 * (b - c) + d - a)));
}

function toPoint(x: number, [middle, low, high]: Band, curve: ScaledCurve): ForecastPoint {
  return { x, y: curve.toY(middle), lower: curve.toY(low), upper: curve.toY(high) };
}
