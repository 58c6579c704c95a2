import { formatNumber } from '../../src/core/report/formatNumber.ts';
import type { InspectedSeries, InspectReport } from '../../src/core/report/inspectReport.ts';
import { readableName } from '../../src/core/report/readableName.ts';
import type { Direction, RunChoices } from '../../src/core/runs/run.ts';
import { roleMark } from '../chart/seriesStyle.ts';
import { Choice } from '../choice.ts';
import { element } from '../element.ts';
import { l10n } from '../l10n.ts';
import { inspectedRun } from '../roleChoices.ts';
import type { ViewStore } from '../viewStore.ts';

/** A log may have thousands; so many are a list, more are a wall. */
const firstRows = 24;

const directionOptions = [
  { value: 'lower', text: 'lower is better' },
  { value: 'higher', text: 'higher is better' },
  { value: 'none', text: 'neither' },
] as const;

/** The series of a run: role, direction (to be changed), size and ends, and why it was taken so. */
export class SeriesList {
  readonly element = element('div', { class: 'scroll' });
  readonly #body = element('tbody');
  readonly #more = element('button', { type: 'button', class: 'link' });
  readonly #views: ViewStore;
  readonly #directions = new Map<string, Choice>();
  #choices: RunChoices = {};
  #showsAll = false;
  #last: () => void = () => {};

  constructor(views: ViewStore) {
    this.#views = views;
    const titles = ['series', 'role', 'direction', 'points', 'first', 'last', 'why'];
    const numbers = new Set(['points', 'first', 'last']);
    const head = titles.map((title) =>
      element(
        'th',
        { scope: 'col', class: numbers.has(title) ? 'number wider' : title === 'why' ? 'widest' : undefined },
        title,
      ),
    );
    this.element.append(
      element(
        'table',
        { class: 'series-list', 'aria-label': l10n.t('Series of the log') },
        element('thead', {}, element('tr', {}, ...head)),
        this.#body,
      ),
      this.#more,
    );
    this.#more.addEventListener('click', () => {
      this.#showsAll = true;
      this.#last();
    });
  }

  show(inspect: InspectReport, choices: RunChoices, runName: string | undefined): void {
    this.#choices = choices;
    this.#last = () => this.show(inspect, choices, runName);
    const series = (inspectedRun(inspect, runName)?.series ?? []).toSorted(
      (a, b) => Number(a.role === 'none') - Number(b.role === 'none'),
    );
    const shown = this.#showsAll ? series : series.slice(0, firstRows);
    // Rows are renewed around the controls: a control that is open or focused is left where it is when nothing moved.
    const rows = shown.map((one) => this.#rowOf(one));
    const isSame = rows.length === this.#body.children.length && rows.every((row, i) => row === this.#body.children[i]);
    if (!isSame) this.#body.replaceChildren(...rows);
    const rest = series.length - shown.length;
    this.#more.hidden = rest === 0;
    this.#more.textContent = l10n.t('Show {0} more', rest);
  }

  readonly #rows = new Map<string, { row: HTMLTableRowElement; cells: readonly HTMLTableCellElement[] }>();

  #rowOf({ name, role, direction, n, first, last, why }: InspectedSeries): HTMLTableRowElement {
    const kept = this.#rows.get(name) ?? this.#createRow(name);
    const [, roleCell, , points, firstCell, lastCell, whyCell] = kept.cells;
    roleCell?.replaceChildren(...(role === 'none' ? ['\u2013'] : [roleMark(role), role]));
    this.#directions.get(name)?.show(directionOptions, direction);
    const value = (point: readonly [number, number] | null): string =>
      point === null ? '\u2013' : formatNumber(point[1]);
    if (points !== undefined) points.textContent = String(n);
    if (firstCell !== undefined) firstCell.textContent = value(first);
    if (lastCell !== undefined) lastCell.textContent = value(last);
    if (whyCell !== undefined) whyCell.textContent = why;
    // Where there is no room for the words.
    const [title] = kept.cells;
    if (title !== undefined) title.title = why;
    return kept.row;
  }

  #createRow(name: string): { row: HTMLTableRowElement; cells: readonly HTMLTableCellElement[] } {
    const choice = new Choice(
      l10n.t('Direction of {0}', readableName(name)),
      (value) => this.#chooseDirection(name, value),
      {
        class: 'bare',
      },
    );
    this.#directions.set(name, choice);
    const title = element('th', { scope: 'row' }, readableName(name));
    const cells = [
      title,
      element('td'),
      element('td', {}, choice.element),
      element('td', { class: 'number wider' }),
      element('td', { class: 'number wider' }),
      element('td', { class: 'number wider' }),
      element('td', { class: 'quiet words widest' }),
    ];
    const made = { row: element('tr', {}, ...cells), cells };
    this.#rows.set(name, made);
    return made;
  }

  #chooseDirection(name: string, value: string): void {
    const chosen = directionOptions.find((option) => option.value === value)?.value;
    if (chosen === undefined) return;
    const directions: Record<string, Direction> = { ...this.#choices.directions, [name]: chosen };
    this.#views.choose({ ...this.#choices, directions });
  }
}
