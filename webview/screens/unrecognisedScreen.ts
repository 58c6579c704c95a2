import type { InspectReport } from '../../src/core/report/inspectReport.ts';
import { element } from '../element.ts';
import { fileName } from '../fileName.ts';
import { FormatLine } from '../formatLine.ts';
import type { Host } from '../host.ts';
import { l10n } from '../l10n.ts';
import { RoleChoices } from '../roleChoices.ts';
import { problemLines } from '../tabs/problemLines.ts';
import { SeriesList } from '../tabs/seriesList.ts';
import type { ViewStore } from '../viewStore.ts';

export interface Unrecognised {
  readonly log: string;
  readonly message: string;
  readonly inspect: InspectReport;
}

/** A log without a series that could have a limit: its columns, to choose from at once. */
export class UnrecognisedScreen {
  readonly element: HTMLElement;
  readonly #log = element('strong');
  readonly #format: FormatLine;
  readonly #message = element('h1');
  readonly #choices: RoleChoices;
  readonly #list: SeriesList;
  readonly #columns: HTMLElement;
  readonly #problems = element('div');
  readonly #views: ViewStore;

  constructor(host: Host, views: ViewStore) {
    this.#views = views;
    this.#choices = new RoleChoices(views);
    this.#list = new SeriesList(views);
    const showLog = element('button', { type: 'button' }, l10n.t('Show Log'));
    showLog.addEventListener('click', () => host.postMessage({ type: 'showLog' }));
    const retry = element('button', { type: 'button' }, l10n.t('Retry'));
    retry.addEventListener('click', () => host.postMessage({ type: 'retry' }));
    this.#format = new FormatLine(host);
    this.#columns = element(
      'div',
      {},
      element('p', { class: 'why' }, l10n.t('Choose what to forecast from its columns:')),
      this.#choices.element,
      this.#list.element,
    );
    this.element = element(
      'div',
      { class: 'screen' },
      element('p', { class: 'head' }, this.#log),
      this.#message,
      this.#format.element,
      this.#columns,
      this.#problems,
      element('div', { class: 'actions' }, retry, showLog),
    );
  }

  show({ log, message, inspect }: Unrecognised): void {
    this.#log.textContent = fileName(log);
    this.#format.show(inspect);
    this.#message.textContent = message;
    const { choices } = this.#views;
    this.#columns.hidden = inspect.runs.every(({ series }) => series.length === 0);
    this.#choices.show(inspect, choices, choices.run);
    this.#list.show(inspect, choices, choices.run);
    this.#problems.replaceChildren(...problemLines(inspect.problems));
  }
}
