import { commands, type LogOutputChannel, type Uri, type WebviewPanel } from 'vscode';
import type { FromPanel } from '../protocol/panel.ts';
import { readFromPanel, toPage } from '../protocol/panelChecks.ts';
import { Disposable } from './disposable.ts';
import type { LogFollower } from './logFollower.ts';
import { pageFolder, panelHtml } from './panelHtml.ts';
import { panelState } from './panelState.ts';
import { Repaints } from './repaints.ts';
import type { PanelChoices, RunStore } from './runStore.ts';
import { WatchedLog } from './watchedLog.ts';

/** What a page needs of the extension. */
export interface PageServices {
  /** Folder of the extension. */
  readonly extension: Uri;
  readonly store: RunStore;
  readonly follower: LogFollower;
  readonly output: LogOutputChannel;
}

/** One log's forecast in a webview panel, from now until the one or the other ends. */
export class ForecastPage extends Disposable {
  readonly uri: Uri;
  readonly panel: WebviewPanel;
  readonly #services: PageServices;
  readonly #repaints: Repaints;
  readonly #watched: WatchedLog;
  /** It says so whenever it is shown again. */
  #isReady = false;
  #chosen: PanelChoices | undefined;
  #isTakenUp: boolean;

  constructor(uri: Uri, panel: WebviewPanel, services: PageServices, chosen?: PanelChoices) {
    super();
    this.uri = uri;
    this.panel = panel;
    this.#services = services;
    const { store, extension } = services;
    this.#chosen = chosen;
    this.#isTakenUp = chosen !== undefined;
    this.#repaints = this.register(new Repaints(() => this.#post()));
    this.register(store.hold(uri, 'recognition'));
    this.#watched = this.register(new WatchedLog(uri, services));
    this.register(panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
    this.register(panel.onDidChangeViewState(() => this.#watch()));
    this.register(
      store.onDidChange((record) => {
        if (String(record.uri) === String(uri)) this.#repaints.ask();
      }),
    );
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extension)] };
    panel.webview.html = panelHtml(panel.webview, extension);
    this.#watch();
  }

  #watch(): void {
    const { visible } = this.panel;
    // A hidden page is gone.
    if (!visible) this.#isReady = false;
    this.#watched.see(visible, this.#chosen);
    if (visible) this.#chosen = undefined;
  }

  #post(): void {
    const record = this.#services.store.get(this.uri);
    if (!this.#isReady || record === undefined) return;
    void this.panel.webview.postMessage(toPage({ type: 'state', state: panelState(record) }));
  }

  /** An editor of the page's own is told nothing of the window before: the page is, and says so when it first comes up. */
  #takeUp(kept: Extract<FromPanel, { type: 'ready' }>['kept']): void {
    const isNew = !this.#isTakenUp;
    this.#isTakenUp = true;
    if (isNew && kept !== null && kept.log === String(this.uri)) void this.#services.store.predict(this.uri, kept);
  }

  #receive(received: unknown): void {
    try {
      this.#obey(readFromPanel(received));
    } catch (error) {
      this.#services.output.error(error instanceof Error ? error : String(error));
    }
  }

  #obey(message: FromPanel): void {
    const { store, output } = this.#services;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#takeUp(message.kept);
        this.#post();
        break;
      case 'choose':
        void store.predict(this.uri, { choices: message.choices, level: message.level });
        break;
      case 'cancel':
        store.cancel(this.uri);
        break;
      case 'retry':
        void store.predict(this.uri);
        break;
      case 'chooseFormat':
        void commands.executeCommand('ceilingLens.chooseFormat', this.uri);
        break;
      case 'recogniseFormat':
        void commands.executeCommand('ceilingLens.chooseFormat', this.uri, null);
        break;
      case 'showLog':
        output.show();
        break;
    }
  }
}
