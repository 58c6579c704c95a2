import type { Control } from '../control.ts';
import { benefitOfDoubt, largestSurprise, trustedFrom, unsurprised, widestBand } from './constants.ts';
import type { SeriesInput } from './forecaster.ts';
import type { Designs } from './gridDesign.ts';
import { recentLevel } from './recentLevel.ts';
import { recentPosterior } from './recentPosterior.ts';
import { type RollingErrors, rollingErrors, success } from './rollingErrors.ts';
import type { SeriesPosterior } from './seriesPosterior.ts';

function widening({ surprises }: RollingErrors): number {
  const sum = surprises.reduce((total, one) => total + Math.min(largestSurprise, one), unsurprised);
  return Math.min(widestBand, Math.max(1, Math.sqrt(sum / (surprises.length + unsurprised))));
}

/** A posterior whose points come from late parts of the run, as far as these forecast the past. */
export interface LeaningPosterior extends SeriesPosterior {
  /** True where staying at the last value would have forecast the past better than the curves. */
  readonly staysPut: boolean;
  readonly past: RollingErrors | null;
}

/**
 * Forecasts points by late parts of the run. Where curves failed on the run's own past, the points move to the recent level.
 * Limit, settling and families stay those of the whole run, because what is far ahead is told by the whole curve.
 */
export function leanOnRecent(
  input: SeriesInput,
  whole: SeriesPosterior,
  designs: Designs,
  control: Control,
): LeaningPosterior {
  const errors = rollingErrors(input, designs, control);
  const recent = recentPosterior(input, whole, designs, control) ?? whole;
  const trust = errors === null ? 1 : Math.min(1, success(errors.curves, errors.level) / trustedFrom);
  const level = recentLevel(input.y);
  const widen = errors === null ? 1 : widening(errors);
  const { lower: lowest = Number.NEGATIVE_INFINITY, upper: highest = Number.POSITIVE_INFINITY } = input.range;
  return {
    ...whole,
    staysPut: errors !== null && success(errors.curves, errors.last) < 0.5 + benefitOfDoubt / input.x.length,
    past: errors,
    points: (at, probability) =>
      recent.points(at, probability).map((point) => {
        const y = level + trust * (point.y - level);
        return {
          x: point.x,
          y,
          lower: Math.min(y, Math.max(lowest, point.y - widen * (point.y - point.lower))),
          upper: Math.max(y, Math.min(highest, point.y + widen * (point.upper - point.y))),
        };
      }),
  };
}
