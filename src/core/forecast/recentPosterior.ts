import type { Control } from '../control.ts';
import { latePart, latePartsFrom, lateShares, noLatePartsUnder, wholeRun } from './constants.ts';
import type { ForecastPoint, SeriesInput } from './forecaster.ts';
import type { Designs } from './gridDesign.ts';
import { newestPart } from './partOf.ts';
import type { SeriesPosterior } from './seriesPosterior.ts';
import { seriesPosterior } from './seriesPosterior.ts';

/** What forecasts points: quantiles averaged over posteriors of late parts of the run. */
export interface RecentPosterior {
  points(at: Float64Array, level: number): ForecastPoint[];
}

const fewest = 5;

/** null where the values do not vary or are not finite. @param whole posterior of the whole run, where it is known. */
export function recentPosterior(
  input: SeriesInput,
  whole: SeriesPosterior | null,
  designs: Designs,
  control: Control,
): RecentPosterior | null {
  const n = input.x.length;
  const trust = Math.min(1, Math.max(0, (n - noLatePartsUnder) / (latePartsFrom - noLatePartsUnder)));
  const weighed: { posterior: SeriesPosterior; weight: number }[] = [];
  if (trust > 0) {
    for (const share of lateShares) {
      const posterior = seriesPosterior(newestPart(input, share, fewest), latePart, designs, control);
      if (posterior !== null) weighed.push({ posterior, weight: trust / lateShares.length });
    }
  }
  const left = 1 - weighed.reduce((sum, one) => sum + one.weight, 0);
  if (left > 1e-9) {
    const posterior = whole ?? seriesPosterior(input, wholeRun, designs, control);
    if (posterior === null) return null;
    weighed.push({ posterior, weight: left });
  }
  return {
    points: (at, level) => {
      const all = weighed.map(({ posterior, weight }) => ({ points: posterior.points(at, level), weight }));
      const mean = (i: number, of: (point: ForecastPoint) => number): number =>
        all.reduce((sum, { points, weight }) => sum + weight * (points[i] === undefined ? 0 : of(points[i])), 0);
      return Array.from(at, (x, i) => ({
        x,
        y: mean(i, (point) => point.y),
        lower: mean(i, (point) => point.lower),
        upper: mean(i, (point) => point.upper),
      }));
    },
  };
}
