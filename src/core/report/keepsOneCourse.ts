import type { SeriesReport } from './predictReport.ts';

/**
 * Whether solver, verifier and gap each follow one curve from first to last. The dynamics are fitted to the whole run: of one
 * that has jumped, or goes nowhere, they say nothing.
 */
export function keepsOneCourse(series: readonly SeriesReport[]): boolean {
  return series.every(
    ({ role, verdict, evidence }) => role === 'none' || (verdict !== 'no-trend' && evidence.jumps.length === 0),
  );
}
