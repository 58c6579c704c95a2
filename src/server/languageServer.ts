import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CodeLens,
  CodeLensRefreshRequest,
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
import { type BudgetHint, budgetHint } from '../core/hints/budgetHint.ts';
import type { ForecastAnswer } from '../core/hints/forecastAnswer.ts';
import { hintMarkdown } from '../core/hints/hintMarkdown.ts';
import { lensDataCheck } from '../protocol/lensData.ts';
import { type ForecastParams, forecastAnswerCheck, forecastRequest, forecastsChanged } from '../protocol/server.ts';
import { checked } from '../protocol/worker.ts';

interface Known {
  readonly version: number;
  readonly config: BudgetConfig;
}

/** Hints on the lines of a config that set its budget. It reads no logs: the client is asked for the forecast of its run. */
export class LanguageServer {
  readonly #documents = new TextDocuments(TextDocument);
  readonly #known = new Map<string, Known>();
  /** Last answer by config; a stale one still gives a lens its title until the next is there. */
  readonly #answers = new Map<string, ForecastAnswer>();
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
    const config = budgetAnchors(document.getText(), document.languageId === 'yaml' ? 'yaml' : 'json');
    this.#known.set(uri, { version: document.version, config });
    return { document, config };
  }

  /** Places at once; titles come when a lens is resolved, so that the text does not jump while a run is forecast. */
  #lenses(uri: string): CodeLens[] {
    const found = this.#configOf(uri);
    if (found === null) return [];
    return found.config.anchors.map((anchor, index) => ({
      range: rangeOf(found.document, anchor),
      data: { uri, index },
    }));
  }

  async #resolve(lens: CodeLens): Promise<CodeLens> {
    const { uri, index } = checked(lensDataCheck, lens.data, 'The data of a lens');
    const found = this.#configOf(uri);
    const anchor = found?.config.anchors[index];
    if (found == null || anchor === undefined) return { ...lens, command: { title: '', command: '' } };
    const answer = await this.#answer(uri, found.config);
    const { title } = budgetHint(anchor, answer);
    const command =
      answer.kind === 'forecast' && anchor.beatenBy === null
        ? { title: `→ ${title}`, command: 'ceilingLens.openPrediction', arguments: [answer.summary.log] }
        : { title: `→ ${title}`, command: '' };
    return { ...lens, command };
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

  /** Requests for one config that come together are one question. */
  #answer(uri: string, { outputPaths }: BudgetConfig): Promise<ForecastAnswer> {
    const known = this.#answers.get(uri);
    if (known !== undefined && known.kind !== 'pending') return Promise.resolve(known);
    const underWay = this.#asked.get(uri);
    if (underWay !== undefined) return underWay;
    const asking = this.#ask({ config: uri, outputPaths })
      .then((answer) => {
        if (this.#asked.get(uri) === asking) this.#answers.set(uri, answer);
        return answer;
      })
      .finally(() => {
        if (this.#asked.get(uri) === asking) this.#asked.delete(uri);
      });
    this.#asked.set(uri, asking);
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
    this.#answers.clear();
    this.#asked.clear();
    if (this.#canRefresh) void this.#connection?.sendRequest(CodeLensRefreshRequest.type);
  }
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

function actionOf(document: TextDocument, { valueRange }: BudgetAnchor, { suggestion }: BudgetHint): CodeAction[] {
  if (suggestion === null) return [];
  const old = document.getText().slice(...valueRange);
  const quote = /^["']/.exec(old)?.[0] ?? '';
  const range = { start: document.positionAt(valueRange[0]), end: document.positionAt(valueRange[1]) };
  return [
    {
      title: suggestion.title,
      kind: CodeActionKind.QuickFix,
      edit: { changes: { [document.uri]: [{ range, newText: `${quote}${suggestion.text}${quote}` }] } },
    },
  ];
}
