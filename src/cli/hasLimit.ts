import type { PredictReport } from '../core/report/predictReport.ts';

/** Whether a series that was asked for, or else the solver, or else any, has a limit. */
export function hasLimit({ series }: PredictReport, asked: readonly string[]): boolean {
  const wanted =
    asked.length > 0
      ? series.filter(({ name }) => asked.includes(name))
      : series.filter(({ role }) => role === 'solver');
  return (wanted.length > 0 ? wanted : series).some(({ limit }) => limit !== null);
}
