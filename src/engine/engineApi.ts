import type { Control } from '../core/control.ts';
import type { FormatJudgement, Opened, Predicted, PredictRequest } from '../core/report/prediction.ts';
import type { RunChoices } from '../core/runs/run.ts';

/** The use cases: what worker and command line both run. A log stays open (parsed, at its offset) until closed. */
export interface EngineApi {
  /** Opens the log or, when it is open already, reads what was appended. */
  open(path: string, choices: RunChoices, control: Control): Promise<Opened>;
  /** Opens as above, then forecasts. */
  predict(path: string, request: PredictRequest, control: Control): Promise<Predicted>;
  /** What each format that a log can be read as makes of this one, the surest first. */
  judge(path: string): Promise<readonly FormatJudgement[]>;
  close(path: string): Promise<void>;
}
