import type { Control } from '../control.ts';
import { familiesWith, type WeighedFamily } from '../fit/curveFamilies.ts';
import { fewestCheckpoints, wholeRun } from './constants.ts';
import { gatherEvidence } from './evidence.ts';
import type { Forecaster, ForecastRequest, SeriesForecast, SeriesInput } from './forecaster.ts';
import { forecastSeries } from './forecastSeries.ts';
import { createDesigns, type Designs } from './gridDesign.ts';
import { countLeading } from './leadingValues.ts';
import { leanOnRecent } from './leanOnRecent.ts';
import { partFrom } from './partOf.ts';
import type { SeriesPosterior } from './seriesPosterior.ts';
import { seriesPosterior } from './seriesPosterior.ts';
import type { SharedRateLaw } from './sharedRateLaw.ts';
import { findSharedRateLaw } from './sharedRateLaw.ts';
import { startAnew } from './startAnew.ts';

/**
 * Solver, verifier and the gap they make are forecast by the one-rate law of the dynamics while the data speaks for it: the F
 * test keeps one rate, and the exponential is not outweighed by the other curve families. Everything else is forecast by the
 * mixture of families, whose intervals hold what the choice of a law hides: one exponential's own intervals held the truth
 * in a third of simulated runs of other laws.
 */
export const sharedRateForecaster: Forecaster = {
  name: 'shared rate and curve mixture',
  forecast(all, request, control) {
    const leading = all.map(({ y }) => countLeading(y));
    const series = all.map((input, i) => partFrom(input, leading[i] ?? 0));
    return forecastAll(series, request, control).map((one, i) => behindLeading(one, all[i], leading[i] ?? 0));
  },
};

function forecastAll(series: readonly SeriesInput[], request: ForecastRequest, control: Control): SeriesForecast[] {
  const designs = createDesigns(request.families);
  const posteriors = series.map((input, i) => {
    control.progress(i / (2 * series.length), `weighing curves for ${input.name}`);
    return input.x.length < fewestCheckpoints ? null : seriesPosterior(input, wholeRun, designs, control);
  });
  const law = supportedLaw(series, posteriors, familiesWith(request.families ?? []));
  return series.map((input, i) => {
    control.check();
    control.progress((series.length + i) / (2 * series.length), `forecasting ${input.name}`);
    const posterior = posteriors[i] ?? null;
    const isByLaw = law !== null && law.termsOf(input) !== null;
    const since = posterior === null || isByLaw ? 0 : startAnew(input, designs, control);
    if (since > 0) return forecastAnew(input, since, request, designs, control);
    const leaning = posterior === null || isByLaw ? posterior : leanOnRecent(input, posterior, designs, control);
    return forecastSeries(input, leaning, law, request, designs, control);
  });
}

/** What was fitted from a checkpoint on, with the values themselves before it. */
function toldOfWhole(one: SeriesForecast, { y }: SeriesInput, since: number): SeriesForecast {
  const fitted = Float64Array.from(y);
  fitted.set(one.fitted, since);
  return { ...one, n: y.length, fitted };
}

/** The forecast without the first checkpoints, told as one of the whole series. */
function behindLeading(one: SeriesForecast, whole: SeriesInput | undefined, leading: number): SeriesForecast {
  if (whole === undefined || leading === 0) return one;
  const { evidence } = one;
  return {
    ...toldOfWhole(one, whole, leading),
    evidence: {
      ...evidence,
      since: evidence.since + leading,
      jumps: evidence.jumps.map((jump) => ({ ...jump, checkpoint: jump.checkpoint + leading })),
    },
  };
}

/** The forecast of what came from a checkpoint on, told as one of the whole series. */
function forecastAnew(
  input: SeriesInput,
  since: number,
  request: ForecastRequest,
  designs: Designs,
  control: Control,
): SeriesForecast {
  const part = partFrom(input, since);
  const posterior = seriesPosterior(part, wholeRun, designs, control);
  const leaning = posterior === null ? null : leanOnRecent(part, posterior, designs, control);
  const one = forecastSeries(part, leaning, null, request, designs, control);
  return {
    ...toldOfWhole(one, input, since),
    reason: `Since its jump at checkpoint ${since + 1} it takes a course of its own: ${one.reason.charAt(0).toLowerCase()}${one.reason.slice(1)}`,
    evidence: gatherEvidence(input, one.evidence.because, since, leaning?.past ?? null),
  };
}

/**
 * Posterior weight of the exponential in solver and verifier together, under which the law is given up. Measured by
 * bench/coverage.ts (8 to 40 checkpoints, 1 and 3 % noise): the law's 90 % limits then hold in .87 to .89 of exponential runs,
 * and it is kept in 1 to 3 % of runs of other laws, where they hold in few. At .3 it was kept in up to 7 % of those; above .5
 * the law would be dropped in half of the runs that follow it.
 */
const leastSupport = 0.45;

function supportedLaw(
  series: readonly SeriesInput[],
  posteriors: readonly (SeriesPosterior | null)[],
  families: readonly WeighedFamily[],
): SharedRateLaw | null {
  const law = findSharedRateLaw(series);
  if (law === null) return null;
  // Each posterior has the prior in it; together they may have it once.
  const support = new Map(families.map(({ family, prior }) => [family.name, 1 / prior]));
  series.forEach((input, i) => {
    if (input.role !== 'solver' && input.role !== 'verifier') return;
    const models = new Map(posteriors[i]?.models.map((model) => [model.name, model.weight]));
    for (const [name, product] of support) support.set(name, product * (models.get(name) ?? 0));
  });
  const total = Array.from(support.values()).reduce((sum, product) => sum + product, 0);
  return (support.get('exponential') ?? 0) >= leastSupport * total ? law : null;
}
