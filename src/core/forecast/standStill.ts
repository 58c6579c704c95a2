import { studentTQuantile } from '../fit/studentT.ts';
import { gatherEvidence } from './evidence.ts';
import type { ForecastPoint, ForecastRequest, ReasonCode, SeriesForecast, SeriesInput, Verdict } from './forecaster.ts';
import { forecastGrid } from './forecastGrid.ts';

export interface Standing {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly moreCheckpoints: number | null;
  readonly because: ReasonCode;
}

/**
 * The forecast of who cannot say more: it stays where it is, in a band that a random walk with the steps seen so far would
 * fill. No forecast under 2 checkpoints, where not even the size of a step is known.
 */
export function standStill(
  input: SeriesInput,
  request: ForecastRequest,
  { because, ...standing }: Standing,
): SeriesForecast {
  const { x, y } = input;
  return {
    name: input.name,
    role: input.role,
    direction: input.direction,
    n: y.length,
    r2: null,
    limit: null,
    settling: null,
    models: [],
    fitted: Float64Array.from(y),
    forecast: y.length < 2 ? [] : walk(input, forecastGrid(x, request), request.level),
    progress: null,
    alternatives: [],
    ...standing,
    evidence: gatherEvidence(input, because, 0, null),
  };
}

function walk({ x, y, range }: SeriesInput, at: Float64Array, level: number): ForecastPoint[] {
  const steps = y.length - 1;
  const last = y[steps] ?? 0;
  const lastX = x[steps] ?? 0;
  const spacing = (lastX - (x[0] ?? 0)) / steps;
  const unit = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let squares = 0;
  for (let i = 1; i < y.length; i++) squares += unit > 0 ? ((y[i] ?? 0) / unit - (y[i - 1] ?? 0) / unit) ** 2 : 0;
  const step = Math.sqrt(squares / steps) * studentTQuantile((1 + level) / 2, steps) * unit;
  const lower = range.lower ?? -Number.MAX_VALUE;
  const upper = range.upper ?? Number.MAX_VALUE;
  return Array.from(at, (xAt) => {
    const half = step * Math.sqrt(1 + Math.max(0, xAt - lastX) / spacing);
    return {
      x: xAt,
      y: last,
      lower: Math.min(last, Math.max(lower, last - half)),
      upper: Math.max(last, Math.min(upper, last + half)),
    };
  });
}
