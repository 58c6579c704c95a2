import type { ForecastRequest } from './forecaster.ts';

const gridPoints = 40;

/** x values to forecast at: as asked, or from the last checkpoint to twice the observed span. */
export function forecastGrid(x: Float64Array, request: ForecastRequest): Float64Array {
  if (request.at !== null) return request.at;
  const first = x[0];
  const last = x.at(-1);
  if (first === undefined || last === undefined) return new Float64Array();
  const span = last - first;
  return Float64Array.from({ length: gridPoints }, (_, i) => last + (span * i) / (gridPoints - 1));
}
