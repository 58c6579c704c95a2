import type { LogOutputChannel, Uri, WebviewPanel } from 'vscode';
import type { FromPanel } from '../protocol/panel.ts';
import { readFromPanel, toPage } from '../protocol/panelChecks.ts';
import { Disposable } from './disposable.ts';
import type { LogFollower } from './logFollower.ts';
import { pageFolder, panelHtml } from './panelHtml.ts';
import { panelState } from './panelState.ts';
import type { PanelChoices, RunStore } from './runStore.ts';

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
  /** Only while somebody can see it: a hidden page is gone, and says `ready` when it is back. */
  #following: { dispose(): void } | null = null;
  #isReady = false;

  constructor(uri: Uri, panel: WebviewPanel, services: PageServices, chosen?: PanelChoices) {
    super();
    this.uri = uri;
    this.panel = panel;
    this.#services = services;
    const { store, extension } = services;
    this.register(store.hold(uri, 'forecast'));
    this.register(panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
    this.register(panel.onDidChangeViewState(() => this.#follow()));
    this.register({ dispose: () => this.#following?.dispose() });
    this.register(
      store.onDidChange((record) => {
        if (String(record.uri) === String(uri)) this.#post();
      }),
    );
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(extension)] };
    panel.webview.html = panelHtml(panel.webview, extension);
    void store.predict(uri, chosen);
    this.#follow();
  }

  #follow(): void {
    const { visible } = this.panel;
    if (!visible) this.#isReady = false;
    if (visible === (this.#following !== null)) return;
    this.#following?.dispose();
    this.#following = visible ? this.#services.follower.follow(this.uri) : null;
  }

  #post(): void {
    const record = this.#services.store.get(this.uri);
    if (!this.#isReady || record === undefined) return;
    void this.panel.webview.postMessage(toPage({ type: 'state', state: panelState(record) }));
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
      case 'showLog':
        output.show();
        break;
    }
  }
}
