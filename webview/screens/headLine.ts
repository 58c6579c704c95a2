import { formatPercent } from '../../src/core/report/formatPercent.ts';
import { readableName } from '../../src/core/report/readableName.ts';
import type { PanelState } from '../../src/protocol/panel.ts';
import { Choice } from '../choice.ts';
import { element } from '../element.ts';
import { fileName } from '../fileName.ts';
import { l10n } from '../l10n.ts';
import { inspectedRun, xOptions } from '../roleChoices.ts';
import type { ViewStore } from '../viewStore.ts';

type Ready = Extract<PanelState, { readonly kind: 'ready' }>;

const levels = [0.5, 0.8, 0.9, 0.95, 0.99];

/** Which run, from what, live or not: one quiet line, with the choices that change the picture at its end. */
export class HeadLine {
  readonly element = element('header', { class: 'head' });
  readonly #run = element('strong');
  readonly #facts = element('span', { class: 'facts' });
  readonly #controls = element('div', { class: 'controls', id: 'controls' });
  readonly #more = element(
    'button',
    {
      type: 'button',
      class: 'more',
      'aria-expanded': 'false',
      'aria-controls': 'controls',
      'aria-label': l10n.t('Axis and interval'),
    },
    '\u22ef',
  );
  readonly #x: Choice;
  readonly #level: Choice;
  #shown: Ready | null = null;

  constructor(views: ViewStore) {
    this.#x = new Choice('x', (x) => views.choose({ ...this.#shown?.choices, x }));
    this.#level = new Choice('interval', (level) => views.choose({ ...this.#shown?.choices }, Number(level)));
    this.#more.addEventListener('click', () => {
      const isOpen = this.#controls.classList.toggle('open');
      this.#more.setAttribute('aria-expanded', String(isOpen));
    });
    this.#controls.append(this.#x.element, this.#level.element);
    this.element.append(element('p', {}, this.#run, ' ', this.#facts), this.#more, this.#controls);
  }

  show(state: Ready): void {
    this.#shown = state;
    const { report } = state.prediction;
    const log = fileName(report.log);
    const run = readableName(report.run);
    this.#run.textContent = run;
    const count = `${report.x.count} ${report.x.count === 1 ? 'checkpoint' : 'checkpoints'}`;
    const format = state.inspect.isFormatChosen ? `${report.format} (chosen)` : report.format;
    const facts = [...(run === log ? [] : [log]), format, count, ...(state.following ? ['followed live'] : [])];
    this.#facts.textContent = facts.join(' \u00b7 ');
    const inspected = inspectedRun(state.inspect, report.run);
    const axes = inspected === null ? [] : xOptions(inspected);
    this.#x.show(axes, report.x.name);
    this.#x.element.hidden = axes.length < 2;
    this.#level.show(
      Array.from(new Set([...levels, state.level]))
        .sort((a, b) => a - b)
        .map((level) => ({ value: String(level), text: formatPercent(level) })),
      String(state.level),
    );
  }
}
