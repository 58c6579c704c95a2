import {
  CodeLens,
  type CodeLensProvider,
  commands,
  EventEmitter,
  l10n,
  languages,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import type { InspectReport } from '../core/report/inspectReport.ts';
import { Disposable } from './disposable.ts';
import { recognisedAs } from './recognisedAs.ts';
import { Repaints } from './repaints.ts';
import type { RunRecord, RunStore } from './runStore.ts';

/** Languages that VS Code or its usual extensions give to files in which logs are kept. */
const logLanguages = new Set(['plaintext', 'log', 'json', 'jsonl', 'jsonlines', 'ndjson', 'csv', 'tsv', 'dynamic csv']);
const logNames = /\.(jsonl|ndjson|csv|tsv|log|txt|out|err|json)(\.\d+)?$/i;

/** JSON of tools, which is opened often: no worker is started to find that it is no log. */
const toolConfigs =
  /(^|\/)((package|package-lock|composer|tsconfig[^/]*|jsconfig|biome|lerna|turbo|nx|renovate|manifest)\.json|\.[^/]*\.json|\.(vscode|devcontainer)\/[^/]*)$/i;

/** Other lenses wait for ours: after so long it comes with the store's event instead. */
const patienceMs = 500;

/** The lens on line 1 of a log. What the log is, is told by its content. */
export class LogLens extends Disposable implements CodeLensProvider {
  readonly #store: RunStore;
  readonly #held = new Map<TextDocument, { dispose(): void }>();
  readonly #changed = this.register(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;
  #shown = '';

  constructor(store: RunStore) {
    super();
    this.#store = store;
    const repaints = this.register(new Repaints(() => this.#recordChanged()));
    this.register(store.onDidChange(() => repaints.ask()));
    this.register(
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#held.has(document) && !document.isDirty) store.refresh(document.uri);
      }),
    );
    this.register(workspace.onDidCloseTextDocument((document) => this.#letGo(document)));
    this.register(languages.registerCodeLensProvider({ scheme: 'file' }, this));
    this.register({
      dispose: () => {
        for (const document of [...this.#held.keys()]) this.#letGo(document);
      },
    });
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!mayBeLog(document)) return [];
    if (!this.#held.has(document)) this.#held.set(document, this.#store.hold(document.uri, 'recognition'));
    const known = this.#store.get(document.uri);
    const record = known?.inspect == null ? await withPatience(this.#store.recognise(document.uri)) : known;
    return record === null ? [] : lensesOf(record);
  }

  #letGo(document: TextDocument): void {
    this.#held.get(document)?.dispose();
    this.#held.delete(document);
  }

  /** Asked anew only when a title changed: progress comes many times a second. */
  #recordChanged(): void {
    const records = this.#store.records();
    const shown = JSON.stringify(records.map((record) => [String(record.uri), lensesOf(record).map(titleOf)]));
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#changed.fire();
    const recognised = records.filter(({ inspect, status }) => inspect !== null && isLog(status));
    void commands.executeCommand(
      'setContext',
      'ceilingLens.logs',
      recognised.flatMap(({ uri }) => [uri.fsPath, uri.path]),
    );
  }
}

const titleOf = ({ command }: CodeLens): string => command?.title ?? '';

const isLog = (status: RunRecord['status']): boolean => status !== 'unrecognised';

function lensesOf({ uri, inspect, status }: RunRecord): CodeLens[] {
  if (inspect === null) return [];
  const firstLine = new Range(0, 0, 0, 0);
  // A choice that leads to nothing can be taken back where it is seen.
  if (!isLog(status)) return inspect.isFormatChosen ? [formatLens(firstLine, uri, inspect)] : [];
  return [
    new CodeLens(firstLine, {
      title: l10n.t('Predict ceiling'),
      tooltip: l10n.t('Forecast where this run will end, in a panel beside the log'),
      command: 'ceilingLens.predict',
      arguments: [uri],
    }),
    formatLens(firstLine, uri, inspect),
  ];
}

function formatLens(line: Range, uri: Uri, inspect: InspectReport): CodeLens {
  return new CodeLens(line, {
    title: recognisedAs(inspect),
    tooltip: l10n.t(
      'Read as {0}: {1}. Click to choose another format.',
      inspect.format,
      inspect.because.replace(/\.$/, ''),
    ),
    command: 'ceilingLens.chooseFormat',
    arguments: [uri],
  });
}

function mayBeLog({ languageId, uri, lineCount }: TextDocument): boolean {
  if (languageId === 'jsonc' || toolConfigs.test(uri.path)) return false;
  // A whole log of JSON may stand in one line; a table has its header and a row.
  return (lineCount > 1 || languageId === 'json') && (logLanguages.has(languageId) || logNames.test(uri.path));
}

async function withPatience(record: Promise<RunRecord>): Promise<RunRecord | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patienceMs, null);
  });
  const first = await Promise.race([record, late]);
  clearTimeout(timer);
  return first;
}
