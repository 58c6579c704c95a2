import { EventEmitter, l10n, type Uri, workspace } from 'vscode';
import { Cancelled } from '../core/control.ts';
import { Refusal } from '../core/problem.ts';
import { fileNameOf } from '../core/report/fileNameOf.ts';
import type { InspectReport } from '../core/report/inspectReport.ts';
import type { FormatJudgement, Prediction } from '../core/report/prediction.ts';
import { restAfter } from '../core/restAfter.ts';
import type { RunChoices } from '../core/runs/run.ts';
import type { Progress } from '../protocol/channel.ts';
import { type WorkerConnection, workerRestarted } from '../protocol/workerConnection.ts';
import type { ChosenFormats } from './chosenFormats.ts';
import { Disposable } from './disposable.ts';
import { affectsForecast, type ForecastSettings, settingsFor } from './settings.ts';

export type RunStatus = 'reading' | 'recognised' | 'unrecognised' | 'forecasting' | 'forecast' | 'failed' | 'cancelled';

/** All the host knows of a log; a change makes a new record. */
export interface RunRecord {
  readonly uri: Uri;
  readonly status: RunStatus;
  /** While reading or forecasting, once the worker has said how far it is. */
  readonly progress: Progress | null;
  readonly inspect: InspectReport | null;
  /** The last one; it stays while a newer is computed. */
  readonly prediction: Prediction | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** Rises by one whenever what was read changed what the log says. */
  readonly revision: number;
  /** Bytes read from the log for this revision. */
  readonly bytesRead: number;
  /** What the user settled: settings, the format chosen for the log, and over them the panel's choices. */
  readonly settings: ForecastSettings;
}

/** What the panel chose for one log. */
export interface PanelChoices {
  readonly choices: RunChoices;
  readonly level: number;
}

/** What a holder shows of a log: only what it is, or also where its run will end. */
export type Interest = 'recognition' | 'forecast';

interface Tracked {
  record: RunRecord;
  readonly holders: Record<Interest, number>;
  wantsForecast: boolean;
  chosen: Partial<PanelChoices>;
  /** Of the work under way; a newer request replaces it, and what the older still answers is dropped. */
  work: { readonly stop: AbortController; readonly done: Promise<RunRecord>; isStale: boolean } | null;
  /** State of the log in the worker that `record.revision` counts. */
  readAs: string | null;
  /** What `record.prediction` was computed from, and what the panel had chosen for it. */
  forecastOf: { readonly key: string; readonly chosen: Partial<PanelChoices> } | null;
  /** Until when growth alone is no reason to read on or to forecast again, and what then looks whether there was any. */
  readonly restsUntil: { read: number; forecast: number };
  afterRest: NodeJS.Timeout | null;
}

/** The one owner of what is known of logs: everything that shows a run reads it here and listens to its one event. */
export class RunStore extends Disposable {
  readonly #runs = new Map<string, Tracked>();
  readonly #worker: WorkerConnection;
  readonly #formats: ChosenFormats;
  readonly #logBug: (error: unknown) => void;
  readonly #changed = this.register(new EventEmitter<RunRecord>());
  readonly onDidChange = this.#changed.event;

  /** @param logBug takes errors that are no fault of the log. */
  constructor(worker: WorkerConnection, formats: ChosenFormats, logBug: (error: unknown) => void) {
    super();
    this.#worker = worker;
    this.#formats = formats;
    this.#logBug = logBug;
    this.register(
      workspace.onDidChangeConfiguration((event) => {
        for (const run of this.#runs.values()) if (affectsForecast(event, run.record.uri)) void this.#restart(run);
      }),
    );
    this.register(
      formats.onDidChange((uri) => {
        const run = this.#runs.get(String(uri));
        if (run === undefined) return;
        // Series that were chosen by name are those of the other reading.
        run.chosen = run.chosen.level === undefined ? {} : { level: run.chosen.level };
        void this.#restart(run);
      }),
    );
    this.register({ dispose: () => this.#forgetAll() });
  }

  get(uri: Uri): RunRecord | undefined {
    return this.#runs.get(String(uri))?.record;
  }

  records(): readonly RunRecord[] {
    return [...this.#runs.values()].map(({ record }) => record);
  }

  /** Keeps the log open in the worker until the last holder has let go; nothing is read yet. */
  hold(uri: Uri, interest: Interest): { dispose(): void } {
    const run = this.#track(uri);
    run.holders[interest] += 1;
    let isHeld = true;
    return {
      dispose: () => {
        if (!isHeld) return;
        isHeld = false;
        run.holders[interest] -= 1;
        if (run.holders.forecast === 0) run.wantsForecast = false;
        if (run.holders.forecast + run.holders.recognition === 0) this.#forget(run);
      },
    };
  }

  /** Resolves once it is known whether the log is one; never rejects. */
  recognise(uri: Uri): Promise<RunRecord> {
    const run = this.#track(uri);
    if (run.work !== null) return run.work.done;
    return run.record.inspect === null ? this.#restart(run) : Promise.resolve(run.record);
  }

  /** Forecasts, with the panel's choices from here on where they are given; never rejects. Replaces work under way. */
  predict(uri: Uri, chosen?: PanelChoices): Promise<RunRecord> {
    const run = this.#track(uri);
    run.wantsForecast = true;
    if (chosen !== undefined) run.chosen = differing(chosen, this.#settingsFor(uri));
    return this.#restart(run);
  }

  /** The log may have changed: reads what is new after the work under way, which is not given up for it. */
  refresh(uri: Uri): void {
    const run = this.#runs.get(String(uri));
    if (run === undefined) return;
    if (run.work === null) void this.#restart(run);
    else run.work.isStale = true;
  }

  /** What each format makes of the log, the surest first; a sentence where that cannot be said. Never rejects. */
  async judge(uri: Uri): Promise<readonly FormatJudgement[] | string> {
    try {
      if (uri.scheme !== 'file') throw notOnDisk(uri);
      return await this.#worker.ask('judge', [uri.fsPath]);
    } catch (error) {
      return this.#failureOf(error, uri).message;
    }
  }

  /** Gives up the work under way and goes back to the last forecast, where there is one. */
  cancel(uri: Uri): void {
    const run = this.#runs.get(String(uri));
    if (run?.work == null) return;
    run.work.stop.abort();
    run.work = null;
    if (run.forecastOf !== null) {
      run.chosen = run.forecastOf.chosen;
      this.#set(run, {
        status: 'forecast',
        progress: null,
        failure: null,
        settings: merged(this.#settingsFor(uri), run.chosen),
      });
      return;
    }
    this.#set(run, {
      status: 'cancelled',
      progress: null,
      failure: { code: 'cancelled', message: l10n.t('Cancelled. Try again to read {0}.', fileNameOf(uri.path)) },
    });
  }

  #settingsFor(uri: Uri): ForecastSettings {
    const settings = settingsFor(uri);
    const format = this.#formats.get(uri);
    return format === undefined ? settings : { ...settings, choices: { ...settings.choices, format } };
  }

  #track(uri: Uri): Tracked {
    const key = String(uri);
    const known = this.#runs.get(key);
    if (known !== undefined) return known;
    const run: Tracked = {
      record: {
        uri,
        status: 'reading',
        progress: null,
        inspect: null,
        prediction: null,
        failure: null,
        revision: 0,
        bytesRead: 0,
        settings: this.#settingsFor(uri),
      },
      holders: { recognition: 0, forecast: 0 },
      wantsForecast: false,
      chosen: {},
      work: null,
      readAs: null,
      forecastOf: null,
      restsUntil: { read: 0, forecast: 0 },
      afterRest: null,
    };
    this.#runs.set(key, run);
    return run;
  }

  #restart(run: Tracked): Promise<RunRecord> {
    run.work?.stop.abort();
    const stop = new AbortController();
    const done = Promise.resolve().then(async () => {
      const isCurrent = () => run.work?.stop === stop;
      while (isCurrent()) {
        if (run.work !== null) run.work.isStale = false;
        await this.#pass(run, stop.signal, isCurrent, 'first');
        if (run.work?.isStale !== true) break;
      }
      if (isCurrent()) run.work = null;
      // A newer request has taken over: its end is the end.
      return run.work === null ? run.record : run.work.done;
    });
    run.work = { stop, done, isStale: false };
    return done;
  }

  async #pass(run: Tracked, signal: AbortSignal, isCurrent: () => boolean, attempt: 'first' | 'again'): Promise<void> {
    const { uri } = run.record;
    const { chosen } = run;
    const settings = merged(this.#settingsFor(uri), chosen);
    // What is shown stays while there may be nothing new to show.
    const isShown = () => run.record.status === 'forecast' || run.record.status === 'recognised';
    const onProgress = (progress: Progress) => {
      if (isCurrent() && !isShown()) this.#set(run, { progress });
    };
    try {
      if (uri.scheme !== 'file') throw notOnDisk(uri);
      const isAskedAnew = JSON.stringify(settings) !== JSON.stringify(run.record.settings);
      const isDone = run.wantsForecast ? run.forecastOf !== null : run.record.inspect !== null;
      if (!isDone || isAskedAnew || !isShown()) {
        this.#set(run, { status: run.wantsForecast ? 'forecasting' : 'reading', progress: null, settings });
      }
      const isAnswered = isDone && !isAskedAnew && isShown();
      if (isAnswered && this.#rests(run, run.restsUntil.read)) return;
      const start = performance.now();
      const opened = await this.#worker.ask('open', [uri.fsPath, settings.choices], { signal, onProgress });
      if (!isCurrent()) return;
      const hasRead = performance.now();
      // The first reading says nothing of what the next one costs.
      if (isAnswered) run.restsUntil.read = hasRead + restAfter(hasRead - start);
      const readAs = this.#readAs(opened);
      const isNew = readAs !== run.readAs;
      run.readAs = readAs;
      const revision = run.record.revision + (isNew ? 1 : 0);
      const bytesRead = isNew ? opened.bytesRead : run.record.bytesRead;
      const seen = { inspect: opened.report, failure: null, revision, bytesRead };
      if (!isRecognised(opened.report)) {
        run.forecastOf = null;
        this.#set(run, { ...seen, status: 'unrecognised', progress: null, prediction: null });
        return;
      }
      const key = JSON.stringify([readAs, settings]);
      if (!run.wantsForecast || key === run.forecastOf?.key) {
        this.#set(run, { ...seen, status: run.wantsForecast ? 'forecast' : 'recognised', progress: null });
        return;
      }
      if (isAnswered && this.#rests(run, run.restsUntil.forecast)) {
        this.#set(run, { ...seen, status: 'forecast', progress: null });
        return;
      }
      this.#set(run, { ...seen, status: 'forecasting' });
      const request = { ...settings, at: null, until: null };
      const prediction = await this.#worker.ask('predict', [uri.fsPath, request], { signal, onProgress });
      if (!isCurrent()) return;
      const hasForecast = performance.now();
      if (isAnswered) run.restsUntil.forecast = hasForecast + restAfter(hasForecast - hasRead);
      // The worker may have read on before it forecast.
      run.forecastOf = { key: JSON.stringify([this.#readAs(prediction), settings]), chosen };
      this.#set(run, { status: 'forecast', prediction, progress: null });
    } catch (error) {
      if (!isCurrent() || error instanceof Cancelled) return;
      if (error instanceof Refusal && error.code === workerRestarted && attempt === 'first') {
        await this.#pass(run, signal, isCurrent, 'again');
        return;
      }
      run.forecastOf = null;
      this.#set(run, { status: 'failed', progress: null, failure: this.#failureOf(error, uri) });
    }
  }

  /** Whether it is too early for what growth alone asks for; it is looked at again when it is time. */
  #rests(run: Tracked, until: number): boolean {
    const left = until - performance.now();
    if (left <= 0) return false;
    run.afterRest ??= setTimeout(() => {
      run.afterRest = null;
      this.refresh(run.record.uri);
    }, left);
    return true;
  }

  /** A worker that is started again counts from the beginning. */
  #readAs({ revision }: { readonly revision: number }): string {
    return `${this.#worker.id} ${revision}`;
  }

  #failureOf(error: unknown, uri: Uri): NonNullable<RunRecord['failure']> {
    if (error instanceof Refusal) return { code: error.code, message: error.message };
    this.#logBug(error);
    const what = error instanceof Error ? error.message : String(error);
    return {
      code: 'internal-error',
      message: l10n.t('Ceiling Lens failed on {0}: {1}. The log has the details.', fileNameOf(uri.path), what),
    };
  }

  #set(run: Tracked, change: Partial<RunRecord>): void {
    run.record = { ...run.record, ...change };
    this.#changed.fire(run.record);
  }

  #forget(run: Tracked): void {
    stopAll(run);
    this.#runs.delete(String(run.record.uri));
    // Without a worker nothing is open: none is started to close it.
    if (this.#worker.id === null) return;
    this.#worker.ask('close', [run.record.uri.fsPath]).catch((error) => this.#logBug(error));
  }

  #forgetAll(): void {
    for (const run of this.#runs.values()) stopAll(run);
    this.#runs.clear();
  }
}

function stopAll(run: Tracked): void {
  run.work?.stop.abort();
  run.work = null;
  if (run.afterRest !== null) clearTimeout(run.afterRest);
  run.afterRest = null;
}

function isRecognised({ runs }: InspectReport): boolean {
  return runs.some(({ series }) => series.length > 0);
}

function notOnDisk(uri: Uri): Refusal {
  return new Refusal(
    'not-on-disk',
    l10n.t(
      '{0} is not on a disk that Ceiling Lens can read ({1}:); open the folder on the machine that has it.',
      fileNameOf(uri.path),
      uri.scheme,
    ),
  );
}

function merged({ choices, level, tolerance }: ForecastSettings, chosen: Partial<PanelChoices>): ForecastSettings {
  return { choices: { ...choices, ...chosen.choices }, level: chosen.level ?? level, tolerance };
}

/** Only what differs from the settings: these go on to hold for the rest when they change. */
function differing({ choices, level }: PanelChoices, settings: ForecastSettings): Partial<PanelChoices> {
  const base = new Map<string, unknown>(Object.entries(settings.choices));
  // The format is remembered for the log, and not a choice of its panel.
  const { format: _, ...panelChoices } = choices;
  const own = Object.entries(panelChoices).filter(
    ([key, value]) => JSON.stringify(base.get(key)) !== JSON.stringify(value),
  );
  return { choices: Object.fromEntries(own), ...(level === settings.level ? {} : { level }) };
}
