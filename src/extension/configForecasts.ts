import { l10n, Uri, window, workspace } from 'vscode';
import { type ForecastAnswer, forecastAnswer, noLogMessage } from '../core/hints/forecastAnswer.ts';
import type { ForecastParams } from '../protocol/server.ts';
import { findConfigLog } from './configLog.ts';
import { Disposable } from './disposable.ts';
import type { LogFollower } from './logFollower.ts';
import type { RunRecord, RunStore } from './runStore.ts';
import { WatchedLog } from './watchedLog.ts';

/** What takes longer is announced when it is there: a hover does not wait for a fit. */
const patienceMs = 700;
/** A new run makes a new log: after so long it is looked for again when asked. */
const freshMs = 5000;
/** While no log is there, the run may start any moment. */
const lookAgainMs = 10_000;

interface HeldLog {
  readonly record: () => RunRecord | undefined;
  readonly uri: string;
  readonly found: string;
  /** Whether the hints on the config can be seen. */
  see(isConfigSeen: boolean): void;
  dispose(): void;
}

/** A config for whose run the server has asked. */
interface Asked {
  readonly params: ForecastParams;
  log: HeldLog | null;
  search: Promise<void> | null;
  searchedMs: number;
  /** An answer said that it was being looked for. */
  isAwaited: boolean;
}

export interface ConfigForecastsOptions {
  readonly store: RunStore;
  readonly follower: LogFollower;
  /** Hears that answers given before are stale. */
  readonly onChange: () => void;
  readonly logBug: (error: unknown) => void;
}

/** Finds the run that belongs to a config, forecasts it, and follows its log while the config can be seen. */
export class ConfigForecasts extends Disposable {
  readonly #options: ConfigForecastsOptions;
  readonly #asked = new Map<string, Asked>();
  /** What the last answers about a log were made of: progress, and reads that found nothing, change none of it. */
  readonly #told = new Map<string, unknown>();

  constructor(options: ConfigForecastsOptions) {
    super();
    this.#options = options;
    this.register(options.store.onDidChange((record) => this.#recordChanged(record)));
    this.register(
      window.onDidChangeVisibleTextEditors(() => {
        for (const { params, log } of this.#asked.values()) log?.see(isSeen(params.config));
      }),
    );
    this.register(workspace.onDidCloseTextDocument(({ uri }) => this.#forget(String(uri))));
    const timer = setInterval(() => this.#lookAgain(), lookAgainMs);
    this.register({
      dispose: () => {
        clearInterval(timer);
        for (const { log } of this.#asked.values()) log?.dispose();
        this.#asked.clear();
      },
    });
  }

  /** What is known by now; `onChange` announces that more is. */
  async answer(params: ForecastParams): Promise<ForecastAnswer> {
    const asked = this.#track(params);
    if (asked.search === null && Date.now() - asked.searchedMs > freshMs) this.#search(asked);
    // A log that was found before answers at once, though a newer one may be found.
    if (asked.log === null && asked.search !== null) await withPatience(asked.search);
    const { log } = asked;
    if (log === null) {
      if (asked.search === null) return { kind: 'none', message: noLogMessage };
      asked.isAwaited = true;
      return { kind: 'pending', note: l10n.t('looking for the log') };
    }
    return answerOf(log);
  }

  #track(params: ForecastParams): Asked {
    const key = JSON.stringify([params.config, params.outputPaths]);
    const asked = this.#asked.get(key) ?? { params, log: null, search: null, searchedMs: 0, isAwaited: false };
    this.#asked.set(key, asked);
    return asked;
  }

  #search(asked: Asked): void {
    asked.search = this.#find(asked)
      .catch(this.#options.logBug)
      .finally(() => {
        asked.search = null;
        asked.searchedMs = Date.now();
        if (asked.isAwaited) this.#options.onChange();
        asked.isAwaited = false;
      });
  }

  async #find(asked: Asked): Promise<void> {
    const { store, onChange } = this.#options;
    const found = await findConfigLog(asked.params, store);
    const uri = found === null ? null : String(found.uri);
    const isWanted = !this.isDisposed && [...this.#asked.values()].includes(asked);
    if (found === null || !isWanted || uri === asked.log?.uri) {
      found?.hold.dispose();
      if (found === null) this.#let(asked, null);
      return;
    }
    const watched = new WatchedLog(found.uri, this.#options);
    watched.see(isSeen(asked.params.config));
    this.#let(asked, {
      uri: String(found.uri),
      found: found.candidate.found,
      record: () => store.get(found.uri),
      see: (isConfigSeen) => watched.see(isConfigSeen),
      dispose: () => {
        watched.dispose();
        found.hold.dispose();
      },
    });
    // Where the config is seen, its work is the forecast's.
    await withPatience(store.recognise(found.uri));
    onChange();
  }

  #let(asked: Asked, log: HeldLog | null): void {
    asked.log?.dispose();
    asked.log = log;
  }

  #recordChanged({ uri, prediction, failure }: RunRecord): void {
    const log = String(uri);
    const news = prediction ?? failure;
    if (news === null || news === this.#told.get(log)) return;
    if (![...this.#asked.values()].some((asked) => asked.log?.uri === log)) return;
    this.#told.set(log, news);
    this.#options.onChange();
  }

  #lookAgain(): void {
    if (!window.state.focused) return;
    for (const asked of this.#asked.values()) if (asked.log === null && asked.search === null) this.#search(asked);
  }

  #forget(config: string): void {
    for (const [key, asked] of this.#asked) {
      if (asked.params.config !== config) continue;
      asked.log?.dispose();
      this.#asked.delete(key);
    }
  }
}

function isSeen(config: string): boolean {
  const uri = String(Uri.parse(config, true));
  return window.visibleTextEditors.some(({ document }) => String(document.uri) === uri);
}

function answerOf({ uri, found, record: get }: HeldLog): ForecastAnswer {
  const record = get();
  if (record?.prediction != null) return forecastAnswer(uri, record.prediction, found);
  if (record === undefined || record.status === 'unrecognised') return { kind: 'none', message: noLogMessage };
  if (record.failure !== null) return { kind: 'none', message: record.failure.message };
  const { path } = record.uri;
  return { kind: 'pending', note: l10n.t('forecasting {0}', path.slice(path.lastIndexOf('/') + 1)) };
}

async function withPatience(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
