import { formatPercent } from '../src/core/report/formatPercent.ts';
import type { InspectReport } from '../src/core/report/inspectReport.ts';
import { element } from './element.ts';
import type { Host } from './host.ts';
import { l10n } from './l10n.ts';

/** As what the log was read and why, with ways to choose another format and to take the choice back. */
export class FormatLine {
  readonly element = element('p', { class: 'note format' });
  readonly #words = element('span');
  readonly #recognise = element('button', { type: 'button', class: 'link' }, l10n.t('Take back the choice'));

  constructor(host: Host) {
    const choose = element('button', { type: 'button', class: 'link' }, l10n.t('Choose another format'));
    choose.addEventListener('click', () => host.postMessage({ type: 'chooseFormat' }));
    this.#recognise.addEventListener('click', () => host.postMessage({ type: 'recogniseFormat' }));
    this.element.append(this.#words, ' ', choose, ' ', this.#recognise);
  }

  show({ format, confidence, because, isFormatChosen }: InspectReport): void {
    const sure = isFormatChosen ? '' : `, ${formatPercent(confidence)} sure`;
    this.#words.textContent = `Read as ${format}${sure}: ${because.replace(/\.$/, '')}.`;
    // Where nothing was recognised, the sentence above says why.
    this.#words.hidden = confidence === 0;
    this.#recognise.hidden = !isFormatChosen;
  }
}
