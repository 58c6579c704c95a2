import type { InspectReport } from '../core/report/inspectReport.ts';
import type { Prediction } from '../core/report/prediction.ts';
import type { RunChoices } from '../core/runs/run.ts';

/** What the page shows; each message replaces the whole of it. */
export type PanelState =
  | { readonly kind: 'loading'; readonly log: string; readonly note: string; readonly fraction: number | null }
  | { readonly kind: 'failed'; readonly log: string; readonly code: string; readonly message: string }
  | { readonly kind: 'unrecognised'; readonly log: string; readonly message: string; readonly inspect: InspectReport }
  | {
      readonly kind: 'ready';
      readonly log: string;
      readonly prediction: Prediction;
      readonly inspect: InspectReport;
      readonly choices: RunChoices;
      readonly level: number;
      /** True while the log is watched and the page refreshed as it grows. */
      readonly following: boolean;
    };

/** Host to page. */
export type ToPanel = { readonly type: 'state'; readonly state: PanelState };

/** Page to host. The page says `ready` once its script runs; nothing is sent to it before. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'choose'; readonly choices: RunChoices; readonly level: number }
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' }
  | { readonly type: 'showLog' };

/** What the page keeps by setState, versioned: the host's serializer re-opens the log from it after a reload. */
export interface SavedPanel {
  readonly version: 1;
  /** Uri of the log as a string. */
  readonly log: string;
  readonly choices: RunChoices;
  readonly level: number;
}
