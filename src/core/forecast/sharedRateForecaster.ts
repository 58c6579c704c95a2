import type { Forecaster, SeriesInput } from './forecaster.ts';
import { forecastSeries } from './forecastSeries.ts';
import type { SeriesPosterior } from './seriesPosterior.ts';
import { seriesPosterior } from './seriesPosterior.ts';
import type { SharedRateLaw } from './sharedRateLaw.ts';
import { findSharedRateLaw } from './sharedRateLaw.ts';

/**
 * Solver, verifier and the gap they make are forecast by the one-rate law of the dynamics while the data speaks for it: the F
 * test keeps one rate, and solver and verifier together give the exponential at least even odds against all other curve
 * families. Everything else is forecast by the mixture of families, whose intervals hold what the choice of a law hides:
 * one exponential's own intervals held the truth in a third of simulated runs of other laws.
 */
export const sharedRateForecaster: Forecaster = {
  name: 'shared rate and curve mixture',
  forecast(series, request, control) {
    const posteriors = series.map((input, i) => {
      control.progress(i / (series.length + 1), `weighing curves for ${input.name}`);
      return input.x.length < fewestCheckpoints ? null : seriesPosterior(input, control);
    });
    const law = supportedLaw(series, posteriors);
    return series.map((input, i) => {
      control.check();
      return forecastSeries(input, posteriors[i] ?? null, law, request, control);
    });
  },
};

export const fewestCheckpoints = 5;

function supportedLaw(
  series: readonly SeriesInput[],
  posteriors: readonly (SeriesPosterior | null)[],
): SharedRateLaw | null {
  const law = findSharedRateLaw(series);
  if (law === null) return null;
  const products = new Map<string, number>();
  series.forEach((input, i) => {
    if (input.role !== 'solver' && input.role !== 'verifier') return;
    for (const { name, weight } of posteriors[i]?.models ?? []) {
      products.set(name, (products.get(name) ?? 1) * weight);
    }
  });
  const total = Array.from(products.values()).reduce((sum, product) => sum + product, 0);
  return (products.get('exponential') ?? 0) >= 0.5 * total ? law : null;
}
