import type { SeriesReport } from './predictReport.ts';

/** The series that the answer is about: the solver; without one the verifier, a series that has a direction, any. */
export function mainSeries(series: readonly SeriesReport[]): SeriesReport | null {
  return (
    series.find(({ role }) => role === 'solver') ??
    series.find(({ role }) => role === 'verifier') ??
    series.find(({ direction }) => direction !== 'none') ??
    series[0] ??
    null
  );
}
