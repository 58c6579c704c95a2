import type { Control } from '../control.ts';
import type { SeriesInput } from './forecaster.ts';
import type { Designs } from './gridDesign.ts';
import type { SeriesPosterior } from './seriesPosterior.ts';
import { seriesPosterior } from './seriesPosterior.ts';

/**
 * Share of the recent half in the forecast. On 1,166 prefixes of 392 real curves the recent half alone is 7 % better than the
 * whole in the median (.0642 against .0693 of the range); both together are best in the mean, flat between .5 and .8.
 */
const recentShare = 0.7;
/** Of half of so few checkpoints nothing can be learnt: under 12 the whole prefix alone is better. */
const noneUnder = 10;
const fullFrom = 20;

/**
 * Forecasts points by two posteriors, one of the whole run and one of its newer half, whose quantiles are averaged: late
 * checkpoints tell what comes next better than the shape of the start does. Limit, settling and families stay those of the
 * whole run, because what is far ahead is told by the whole curve.
 */
export function leanOnRecent(
  input: SeriesInput,
  whole: SeriesPosterior,
  designs: Designs,
  control: Control,
): SeriesPosterior {
  const n = input.x.length;
  const share = recentShare * Math.min(1, Math.max(0, (n - noneUnder) / (fullFrom - noneUnder)));
  if (share === 0) return whole;
  const recent = seriesPosterior(newerHalf(input), designs, control);
  if (recent === null) return whole;
  return {
    ...whole,
    points: (at, level) => {
      const near = recent.points(at, level);
      return whole.points(at, level).map((point, i) => {
        const other = near[i] ?? point;
        const mix = (a: number, b: number): number => a + share * (b - a);
        return {
          x: point.x,
          y: mix(point.y, other.y),
          lower: mix(point.lower, other.lower),
          upper: mix(point.upper, other.upper),
        };
      });
    },
  };
}

function newerHalf(input: SeriesInput): SeriesInput {
  const from = input.x.length >> 1;
  const half = { ...input, x: input.x.slice(from), y: input.y.slice(from) };
  const { standardErrors } = input;
  return standardErrors === undefined ? half : { ...half, standardErrors: standardErrors.slice(from) };
}
