import type { Forecaster } from './forecaster.ts';
import { fewestCheckpoints, forecastSeries } from './forecastSeries.ts';
import { createDesigns } from './gridDesign.ts';
import { leanOnRecent } from './leanOnRecent.ts';
import { seriesPosterior } from './seriesPosterior.ts';

/**
 * Forecasts every series by the mixture of curve families, its points leaning on the newer half. No rate is shared between
 * series: one rate for solver and verifier forecast published curves several times worse, so it is a hypothesis of the
 * dynamics and no part of the forecast.
 */
export const gridForecaster: Forecaster = {
  name: 'curve mixture',
  forecast(series, request, control) {
    const designs = createDesigns();
    return series.map((input, i) => {
      control.check();
      control.progress(i / series.length, `weighing curves for ${input.name}`);
      const whole = input.x.length < fewestCheckpoints ? null : seriesPosterior(input, designs, control);
      const posterior = whole === null ? null : leanOnRecent(input, whole, designs, control);
      return forecastSeries(input, posterior, null, request, designs, control);
    });
  },
};
