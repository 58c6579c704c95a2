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
      /** Uri of the log as a string, as in every kind of state. */
      readonly log: string;
      readonly prediction: Prediction;
      readonly inspect: InspectReport;
      readonly choices: RunChoices;
      readonly level: number;
      /** True while the log is watched and the page refreshed as it grows. */
      readonly following: boolean;
      /** Why what is shown is not the newest, as when the log has vanished; null while it is. */
      readonly notice: string | null;
    };

/** Host to page; sent as {@link toPage} in panelChecks.ts packs it. */
export type ToPanel = { readonly type: 'state'; readonly state: PanelState };

/** Page to host. The page says `ready` once its script runs; nothing is sent to it before. */
export type FromPanel =
  | {
      readonly type: 'ready';
      /** What the editor kept for the page over a reload of the window; null where it is new. */
      readonly kept: Pick<SavedPanel, 'log' | 'choices' | 'level'> | null;
    }
  | { readonly type: 'choose'; readonly choices: RunChoices; readonly level: number }
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' }
  | { readonly type: 'showLog' }
  /** Asks the user for the format of the log. */
  | { readonly type: 'chooseFormat' }
  /** Takes the choice back. */
  | { readonly type: 'recogniseFormat' };

export type PanelTab = 'limits' | 'alternatives' | 'dynamics' | 'data' | 'table';

/** What the user did to the picture: new data leaves it as it is. */
export interface PanelView {
  /** Range of x; null: all of it. */
  readonly zoom: { readonly min: number; readonly max: number } | null;
  /** null until the user chose one: the verdict decides which is open. */
  readonly tab: PanelTab | null;
  /** Names of series that are switched off in the chart. */
  readonly hidden: readonly string[];
}

/** What the page keeps by setState, versioned: the host's serializer re-opens the log from it after a reload. */
export interface SavedPanel {
  readonly version: 1;
  /** Uri of the log as a string. */
  readonly log: string;
  readonly choices: RunChoices;
  readonly level: number;
  readonly view?: PanelView;
}
