import type { InspectReport } from '../../src/core/report/inspectReport.ts';
import { partitionWords } from '../../src/core/report/partitionWords.ts';
import type { PredictReport } from '../../src/core/report/predictReport.ts';
import { element } from '../element.ts';
import { l10n } from '../l10n.ts';

/** Which of several runs is shown and where it was resumed, in a quiet line; nothing where there is nothing to say. */
export class PartitionLine {
  readonly element = element('p', { class: 'partitions', hidden: true });
  readonly #words = element('span');
  readonly #choose = element('button', { type: 'button', class: 'link' }, l10n.t('Choose another run'));

  /** @param onChoose leads to where a run is chosen. */
  constructor(onChoose: () => void) {
    this.#choose.addEventListener('click', onChoose);
    this.element.append(this.#words, ' ', this.#choose);
  }

  show({ runs }: InspectReport, report: PredictReport): void {
    const sentences = partitionWords(
      report,
      runs.map(({ name }) => name),
    );
    this.element.hidden = sentences.length === 0;
    this.#words.textContent = sentences.join(' ');
    this.#choose.hidden = runs.length < 2;
  }
}
