import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CodeLens,
  CodeLensRefreshRequest,
  type Command,
  type Connection,
  type Hover,
  type InitializeResult,
  MarkupKind,
  type Position,
  type Range,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type BudgetAnchor, type BudgetConfig, budgetAnchors } from '../core/hints/budgetAnchors.ts';
import { type BudgetHint, budgetHint, hintLine } from '../core/hints/budgetHint.ts';
import type { ConfigLanguage } from '../core/hints/configEntry.ts';
import { configLanguageOf } from '../core/hints/configLanguage.ts';
import type { ForecastAnswer } from '../core/hints/forecastAnswer.ts';
import { hintMarkdown } from '../core/hints/hintMarkdown.ts';
import { lensDataCheck } from '../protocol/lensData.ts';
import { type ForecastParams, forecastAnswerCheck, forecastRequest, forecastsChanged } from '../protocol/server.ts';
import { checked } from '../protocol/worker.ts';

const languages: ReadonlyMap<string, ConfigLanguage> = new Map([
  ['yaml', 'yaml'],
  ['json', 'json'],
  ['toml', 'toml'],
  ['shellscript', 'shell'],
]);

interface Known {
  readonly version: number;
  readonly config: BudgetConfig;
}

interface Answered {
  readonly answer: ForecastAnswer;
  /** Of what was asked: another output folder is another run. */
  readonly paths: string;
  /** Since a forecast changed. Still what a lens shows until the next is there. */
  readonly isStale: boolean;
}

/** Hints on the lines of a config that set its budget. It reads no logs: the client is asked for the forecast of its run. */
export class LanguageServer {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #known = new Map<string, Known>();
  readonly #answers = new Map<string, Answered>();
  readonly #asked = new Map<string, Promise<ForecastAnswer>>();
  #connection: Connection | null = null;
  #canRefresh = false;

  listen(connection: Connection): void {
    this.#connection = connection;
    connection.onInitialize(({ capabilities }): InitializeResult => {
      this.#canRefresh = capabilities.workspace?.codeLens?.refreshSupport === true;
      return {
        capabilities: {
          textDocumentSync: TextDocumentSyncKind.Incremental,
          codeLensProvider: { resolveProvider: true },
          hoverProvider: true,
          codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        },
      };
    });
    connection.onCodeLens(({ textDocument: { uri } }) => this.#lenses(uri));
    connection.onCodeLensResolve((lens) => this.#resolve(lens));
    connection.onHover(({ textDocument: { uri }, position }) => this.#hover(uri, position));
    connection.onCodeAction((params) => this.#actions(params));
    connection.onNotification(forecastsChanged, () => this.#forecastsChanged());
    this.#documents.onDidClose(({ document: { uri } }) => {
      this.#known.delete(uri);
      this.#answers.delete(uri);
    });
    this.#documents.listen(connection);
    connection.listen();
  }

  #configOf(uri: string): { document: TextDocument; config: BudgetConfig } | null {
    const document = this.#documents.get(uri);
    if (document === undefined) return null;
    const known = this.#known.get(uri);
    if (known?.version === document.version) return { document, config: known.config };
    const config = budgetAnchors(document.getText(), languageOf(document));
    this.#known.set(uri, { version: document.version, config });
    return { document, config };
  }

  /** Places at once, with the last good titles, so that the text does not jump while a run is forecast. */
  #lenses(uri: string): CodeLens[] {
    const found = this.#configOf(uri);
    if (found === null || found.config.anchors.length === 0) return [];
    const { document, config } = found;
    const last = this.#lastAnswer(uri, config);
    if (last?.isStale === true) void this.#renew(uri, config, last.answer);
    return config.anchors.map((anchor, index) => ({
      range: rangeOf(document, anchor),
      data: { uri, index },
      ...(last === null ? {} : { command: commandOf(anchor, last.answer) }),
    }));
  }

  /** A lens that has a title is not resolved again: where it changes, the client is told. */
  async #renew(uri: string, config: BudgetConfig, shown: ForecastAnswer): Promise<void> {
    const answer = await this.#answer(uri, config);
    const titles = (one: ForecastAnswer): string =>
      JSON.stringify(config.anchors.map((anchor) => commandOf(anchor, one)));
    if (answer.kind !== 'pending' && titles(answer) !== titles(shown)) this.#refresh();
  }

  async #resolve(lens: CodeLens): Promise<CodeLens> {
    const { uri, index } = checked(lensDataCheck, lens.data, 'The data of a lens');
    const found = this.#configOf(uri);
    const anchor = found?.config.anchors[index];
    if (found == null || anchor === undefined) return { ...lens, command: { title: '', command: '' } };
    return { ...lens, command: commandOf(anchor, await this.#answer(uri, found.config)) };
  }

  async #hover(uri: string, position: Position): Promise<Hover | null> {
    const found = this.#configOf(uri);
    const anchor = found === null ? undefined : anchorAt(found.document, found.config.anchors, position);
    if (found === null || anchor === undefined) return null;
    const answer = await this.#answer(uri, found.config);
    return {
      contents: { kind: MarkupKind.Markdown, value: hintMarkdown(budgetHint(anchor, answer), answer) },
      range: rangeOf(found.document, anchor),
    };
  }

  async #actions({ textDocument: { uri }, range }: CodeActionParams): Promise<CodeAction[]> {
    const found = this.#configOf(uri);
    if (found === null) return [];
    const { document, config } = found;
    const onLine = config.anchors.filter((anchor) => {
      const { start, end } = rangeOf(document, anchor);
      return start.line <= range.end.line && end.line >= range.start.line;
    });
    if (onLine.length === 0) return [];
    const answer = await this.#answer(uri, config);
    return onLine.flatMap((anchor) => actionOf(document, anchor, budgetHint(anchor, answer)));
  }

  #lastAnswer(uri: string, { outputPaths }: BudgetConfig): Answered | null {
    const last = this.#answers.get(uri);
    return last?.paths === JSON.stringify(outputPaths) ? last : null;
  }

  /** Requests for one config that come together are one question. */
  #answer(uri: string, config: BudgetConfig): Promise<ForecastAnswer> {
    const last = this.#lastAnswer(uri, config);
    if (last?.isStale === false) return Promise.resolve(last.answer);
    const { outputPaths } = config;
    const paths = JSON.stringify(outputPaths);
    const key = `${uri} ${paths}`;
    const underWay = this.#asked.get(key);
    if (underWay !== undefined) return underWay;
    const asking = this.#ask({ config: uri, outputPaths })
      .then((answer) => {
        // An answer that is not one yet, or was overtaken by a change, is not kept.
        const isCurrent = this.#asked.get(key) === asking && this.#documents.get(uri) !== undefined;
        if (isCurrent && answer.kind !== 'pending') this.#answers.set(uri, { answer, paths, isStale: false });
        return answer;
      })
      .finally(() => {
        if (this.#asked.get(key) === asking) this.#asked.delete(key);
      });
    this.#asked.set(key, asking);
    return asking;
  }

  async #ask(params: ForecastParams): Promise<ForecastAnswer> {
    if (this.#connection === null) throw new Error('The server was asked before it listened.');
    try {
      const answer: unknown = await this.#connection.sendRequest(forecastRequest, params);
      return checked(forecastAnswerCheck, answer, 'The answer to a request for a forecast');
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      this.#connection.console.error(`The forecast of ${params.config} could not be had: ${what}`);
      return { kind: 'pending', note: 'the forecast could not be had; it is asked for again' };
    }
  }

  #forecastsChanged(): void {
    for (const [uri, answered] of this.#answers) this.#answers.set(uri, { ...answered, isStale: true });
    this.#asked.clear();
    this.#refresh();
  }

  #refresh(): void {
    if (!this.#canRefresh) return;
    this.#connection
      ?.sendRequest(CodeLensRefreshRequest.type)
      .catch((error: unknown) => this.#connection?.console.warn(`The lenses could not be refreshed: ${String(error)}`));
  }
}

/** By the file's name, which a person may have given another language in the editor, else by that. */
function languageOf({ uri, languageId }: TextDocument): ConfigLanguage {
  return configLanguageOf(uri) ?? languages.get(languageId) ?? 'json';
}

function rangeOf(document: TextDocument, { keyRange, valueRange }: BudgetAnchor): Range {
  return { start: document.positionAt(keyRange[0]), end: document.positionAt(Math.max(keyRange[1], valueRange[1])) };
}

function anchorAt(
  document: TextDocument,
  anchors: readonly BudgetAnchor[],
  position: Position,
): BudgetAnchor | undefined {
  const offset = document.offsetAt(position);
  return anchors.find(
    ({ keyRange, valueRange }) => offset >= keyRange[0] && offset <= Math.max(keyRange[1], valueRange[1]),
  );
}

function commandOf(anchor: BudgetAnchor, answer: ForecastAnswer): Command {
  const title = hintLine(anchor, budgetHint(anchor, answer));
  return answer.kind === 'forecast' && anchor.beatenBy === null
    ? { title, command: 'ceilingLens.openPrediction', arguments: [answer.summary.log] }
    : { title, command: '' };
}

function actionOf(document: TextDocument, { valueRange }: BudgetAnchor, { suggestion }: BudgetHint): CodeAction[] {
  if (suggestion === null) return [];
  const range = { start: document.positionAt(valueRange[0]), end: document.positionAt(valueRange[1]) };
  return [
    {
      title: suggestion.title,
      kind: CodeActionKind.QuickFix,
      edit: { changes: { [document.uri]: [{ range, newText: suggestion.text }] } },
    },
  ];
}
