import { readableName } from '../../src/core/report/readableName.ts';
import { element } from '../element.ts';
import { l10n } from '../l10n.ts';
import type { Scene } from './scene.ts';
import { roleMark } from './seriesStyle.ts';

export interface LegendActions {
  toggle(name: string): void;
  showAll(): void;
}

interface Entry {
  readonly button: HTMLButtonElement;
  readonly name: HTMLElement;
  readonly limit: HTMLElement;
}

/** One line above the chart: the series, to be switched on and off, with their limits where the chart has no room for them. */
export class Legend {
  readonly element = element('div', { class: 'legend', role: 'group', 'aria-label': l10n.t('Series in the chart') });
  readonly #actions: LegendActions;
  readonly #all: HTMLButtonElement;
  #entries = new Map<string, Entry>();

  constructor(actions: LegendActions) {
    this.#actions = actions;
    this.#all = element('button', { type: 'button', class: 'link', hidden: true }, l10n.t('Show all'));
    this.#all.addEventListener('click', () => actions.showAll());
    this.element.append(this.#all);
  }

  /** Buttons stay the same as long as their series do: whoever stands on one keeps standing on it. */
  show({ frame, labels, isZoomed }: Scene, hidden: readonly string[]): void {
    const entries = new Map(
      frame.series.map(({ report }) => [report.name, this.#entries.get(report.name) ?? this.#createEntry(report.name)]),
    );
    for (const [name, { button }] of this.#entries) if (!entries.has(name)) button.remove();
    this.#entries = entries;
    frame.series.forEach(({ report, role }, i) => {
      const entry = entries.get(report.name);
      if (entry === undefined) return;
      const { button, name, limit: words } = entry;
      if (this.element.children[i] !== button) this.element.insertBefore(button, this.element.children[i] ?? null);
      const mark = roleMark(role);
      button.firstElementChild?.replaceWith(mark);
      button.setAttribute('aria-pressed', String(!hidden.includes(report.name)));
      button.title = readableName(report.name);
      name.textContent = role === 'none' ? readableName(report.name) : role;
      words.textContent = labels
        .filter((label) => label.role === role)
        .map((label) => (label.kind === 'limit' ? `${label.words}, ${label.detail}` : label.words))
        .join(' or ');
    });
    this.#all.hidden = !isZoomed;
  }

  #createEntry(seriesName: string): Entry {
    const name = element('span');
    const limit = element('span', { class: 'limit' });
    const button = element('button', { type: 'button', class: 'series' }, element('i'), name, limit);
    button.addEventListener('click', () => this.#actions.toggle(seriesName));
    return { button, name, limit };
  }
}
