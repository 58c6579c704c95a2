import type { Uri } from 'vscode';
import type { RunRecord } from './runStore.ts';

/** What `activate` answers to: other extensions may read it, and tests see with it what has no command. */
export interface Api {
  record(uri: Uri): RunRecord | undefined;
  /** Resolves once the run is forecast, or it is known why not; a panel of the log shows it too. */
  predict(uri: Uri): Promise<RunRecord>;
  cancel(uri: Uri): void;
  /** Follows and forecasts the log as a panel does that is seen, until it is disposed. */
  follow(uri: Uri): { dispose(): void };
  /** Folder of the extension's log. */
  readonly logUri: Uri;
  /** Logs that have a panel. */
  readonly panels: readonly Uri[];
  /** Thread id of the worker, null while there is none. */
  readonly workerId: number | null;
  /** Ends the worker as a crash would. */
  killWorker(): void;
  /** Process id of the language server, undefined while there is none. */
  serverPid(): Promise<number | undefined>;
  /** Registered and not yet disposed things. */
  liveDisposables(): number;
  /** What `deactivate` does; resolves once the language server is gone too. */
  end(): Promise<void>;
}
