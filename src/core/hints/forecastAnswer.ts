import { type ForecastSummary, forecastSummary } from '../report/forecastSummary.ts';
import type { Prediction } from '../report/prediction.ts';

/** What is known of the run that belongs to a config. */
export type ForecastAnswer =
  /** `found` says how the log was found, as the end of "from run.csv, …" (see {@link LogPlace}). */
  | { readonly kind: 'forecast'; readonly summary: ForecastSummary; readonly found: string }
  /** `note` says in plain words what is being done. */
  | { readonly kind: 'pending'; readonly note: string }
  /** `message` is a sentence that says what is missing and what to do. */
  | { readonly kind: 'none'; readonly message: string };

export const noLogMessage =
  'No log was found where this config writes or beside it; start the run, or move its log beside the config.';

export function forecastAnswer(log: string, prediction: Prediction, found: string): ForecastAnswer {
  const summary = forecastSummary(log, prediction);
  return summary === null
    ? { kind: 'none', message: prediction.report.sentence }
    : { kind: 'forecast', summary, found };
}
