import { type DocumentFilter, l10n, languages, RelativePattern, Uri } from 'vscode';
import { Disposable } from './disposable.ts';
import { escapeGlob } from './escapeGlob.ts';
import type { RunRecord, RunStore } from './runStore.ts';

/** Work that ends sooner is not worth a word. */
const slowMs = 400;

/** While a log is read or forecast for long, its editor's language status says how far it is. */
export class WorkStatus extends Disposable {
  readonly #store: RunStore;
  readonly #item = this.register(languages.createLanguageStatusItem('ceilingLens.work', []));
  #soon: NodeJS.Timeout | null = null;

  constructor(store: RunStore) {
    super();
    this.#store = store;
    this.#item.name = 'Ceiling Lens';
    this.#item.command = { command: 'ceilingLens.showLog', title: l10n.t('Show Log') };
    this.register(
      store.onDidChange(() => {
        if (this.#item.busy) this.#show();
        else if (this.#working().length > 0) this.#soon ??= setTimeout(() => this.#show(), slowMs);
      }),
    );
    this.register({
      dispose: () => {
        if (this.#soon !== null) clearTimeout(this.#soon);
      },
    });
  }

  #working(): readonly RunRecord[] {
    return this.#store.records().filter(({ status }) => status === 'reading' || status === 'forecasting');
  }

  #show(): void {
    this.#soon = null;
    const working = this.#working();
    const [first] = working;
    this.#item.busy = first !== undefined;
    this.#item.selector = working.map(({ uri }) => filterFor(uri));
    if (first !== undefined) this.#item.text = wordsFor(first);
  }
}

function wordsFor({ status, progress }: RunRecord): string {
  const doing = status === 'reading' ? l10n.t('Reading the log') : l10n.t('Forecasting the run');
  return progress === null ? doing : l10n.t('{0}: {1} %', doing, Math.round(100 * progress.fraction));
}

function filterFor(uri: Uri): DocumentFilter {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return { scheme: uri.scheme, pattern: new RelativePattern(Uri.joinPath(uri, '..'), escapeGlob(name)) };
}
