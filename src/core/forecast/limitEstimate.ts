import { studentTQuantile } from '../fit/studentT.ts';
import type { ForecastPoint, ForecastRequest, Interval, SeriesInput, Settling } from './forecaster.ts';
import type { SeriesPosterior } from './seriesPosterior.ts';
import type { SharedRateLaw } from './sharedRateLaw.ts';

/** Where a series is heading, by one law or by the mixture. */
export interface LimitEstimate {
  readonly law: SharedRateLaw | null;
  readonly limit: Interval;
  /** The same by the data alone, whatever the metric allows. */
  readonly open: Interval;
  readonly settling: Settling | null;
  readonly progress: number;
  fitted(x: Float64Array): Float64Array;
  points(at: Float64Array): ForecastPoint[];
}

export function estimateByMixture(posterior: SeriesPosterior, request: ForecastRequest): LimitEstimate {
  return {
    law: null,
    limit: posterior.limit(request.level),
    open: posterior.openLimit(request.level),
    settling: posterior.settling(request.tolerance, request.level),
    progress: posterior.progress,
    fitted: posterior.curve,
    points: (at) => posterior.points(at, request.level),
  };
}

/** null where the series is not one of those the law speaks of. */
export function estimateByLaw(input: SeriesInput, law: SharedRateLaw, request: ForecastRequest): LimitEstimate | null {
  const terms = law.termsOf(input);
  if (terms === null) return null;
  const { fit, profile } = law;
  const { level, tolerance } = request;
  const sum = (of: (series: number) => number): number =>
    terms.reduce((total, term) => total + term.factor * of(term.series), 0);
  const limit = sum((series) => fit.series[series]?.limit ?? 0);
  const amplitude = sum((series) => fit.series[series]?.amplitude ?? 0);
  const curve = (x: number): number => limit + amplitude * Math.exp(-fit.rate * (x - fit.origin));
  const noise = law.noise(terms) * studentTQuantile((1 + level) / 2, fit.dof);
  const first = input.x[0] ?? 0;
  const last = input.x.at(-1) ?? 0;
  const settles = profile.settling(first, tolerance, level);
  const lowest = input.range.lower ?? Number.NEGATIVE_INFINITY;
  const highest = input.range.upper ?? Number.POSITIVE_INFINITY;
  const bounds = profile.limit(terms, level);
  const doubt = input.doubt ?? 1;
  const open = {
    value: limit,
    lower: limit - doubt * (limit - bounds.lower),
    upper: limit + doubt * (bounds.upper - limit),
    level,
  };
  return {
    law,
    limit: {
      ...open,
      lower: Math.min(limit, Math.max(lowest, open.lower)),
      upper: Math.max(limit, Math.min(highest, open.upper)),
    },
    open,
    settling: Number.isFinite(settles.upper)
      ? { tolerance, x: first + Math.log(1 / tolerance) / fit.rate, ...settles }
      : null,
    progress: 1 - Math.exp(-fit.rate * (last - first)),
    fitted: (x) => x.map(curve),
    points: (at) =>
      Array.from(at, (x) => {
        const y = Math.min(highest, Math.max(lowest, curve(x)));
        const ends = profile.curve(terms, x, level);
        return {
          x,
          y,
          lower: Math.max(lowest, y - doubt * Math.hypot(Math.max(0, y - ends.lower), noise)),
          upper: Math.min(highest, y + doubt * Math.hypot(Math.max(0, ends.upper - y), noise)),
        };
      }),
  };
}
