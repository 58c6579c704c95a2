import { l10n, Uri, ViewColumn, type WebviewPanel, type WebviewPanelSerializer, window } from 'vscode';
import { readSavedPanel } from '../protocol/panelChecks.ts';
import { Disposable } from './disposable.ts';
import { ForecastPage, type PageServices } from './forecastPage.ts';
import type { PanelChoices } from './runStore.ts';

const viewType = 'ceilingLens.forecast';

/** The panels beside the logs, one a log; a reload of the window brings them back. */
export class ForecastPanels extends Disposable implements WebviewPanelSerializer<unknown> {
  readonly #services: PageServices;
  readonly #pages = new Map<string, ForecastPage>();

  constructor(services: PageServices) {
    super();
    this.#services = services;
    this.register(window.registerWebviewPanelSerializer(viewType, this));
    // The panels stay: a window that reloads, or an extension host that is started again, takes them over.
    this.register({
      dispose: () => {
        for (const page of this.#pages.values()) page.dispose();
      },
    });
  }

  /** Logs that have a panel. */
  get shown(): readonly Uri[] {
    return [...this.#pages.values()].map(({ uri }) => uri);
  }

  /** Shows the log's panel beside the editor, which keeps the focus. */
  show(uri: Uri): void {
    const page = this.#pages.get(String(uri));
    if (page !== undefined) {
      page.panel.reveal(undefined, true);
      return;
    }
    const where = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.#open(uri, window.createWebviewPanel(viewType, titleOf(uri), where));
  }

  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const saved = readSavedPanel(state);
    if (saved === null || saved.log === '') panel.dispose();
    else this.#open(Uri.parse(saved.log, true), panel, saved);
  }

  #open(uri: Uri, panel: WebviewPanel, chosen?: PanelChoices): void {
    const { extension } = this.#services;
    panel.title = titleOf(uri);
    panel.iconPath = {
      light: Uri.joinPath(extension, 'media/predict-light.svg'),
      dark: Uri.joinPath(extension, 'media/predict-dark.svg'),
    };
    const page = new ForecastPage(uri, panel, this.#services, chosen);
    this.#pages.set(String(uri), page);
    panel.onDidDispose(() => {
      page.dispose();
      this.#pages.delete(String(uri));
    });
  }
}

function titleOf(uri: Uri): string {
  return l10n.t('Ceiling of {0}', uri.path.slice(uri.path.lastIndexOf('/') + 1));
}
