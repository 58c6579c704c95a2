import { type CustomDocument, type CustomReadonlyEditorProvider, type Uri, type WebviewPanel, window } from 'vscode';
import { Disposable } from './disposable.ts';
import { ForecastPage, type PageServices } from './forecastPage.ts';

/** By the names of logs for which it is the editor, and of files that may be logs for which it is offered. */
const viewTypes = ['ceilingLens.binaryLog', 'ceilingLens.packedLog'] as const;

/**
 * Binary logs (TensorBoard's, W&B's, MLflow's, SwanLab's, packed ones) open as the page of their forecast instead of as
 * garbage. They are only read.
 */
export class BinaryLogEditor extends Disposable implements CustomReadonlyEditorProvider {
  readonly #services: PageServices;

  constructor(services: PageServices) {
    super();
    this.#services = services;
    for (const viewType of viewTypes) {
      this.register(window.registerCustomEditorProvider(viewType, this, { supportsMultipleEditorsPerDocument: true }));
    }
  }

  /** The worker reads the log; nothing of it is kept here. */
  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => {} };
  }

  resolveCustomEditor({ uri }: CustomDocument, panel: WebviewPanel): void {
    const page = this.register(new ForecastPage(uri, panel, this.#services));
    panel.onDidDispose(() => this.release(page));
  }
}
