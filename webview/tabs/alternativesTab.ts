import { evidenceSentence } from '../../src/core/report/evidenceSentence.ts';
import { formatInterval } from '../../src/core/report/formatInterval.ts';
import { formatNumber } from '../../src/core/report/formatNumber.ts';
import { formatPercent } from '../../src/core/report/formatPercent.ts';
import { limitWord } from '../../src/core/report/limitWord.ts';
import type { PredictReport, SeriesReport } from '../../src/core/report/predictReport.ts';
import { readableName } from '../../src/core/report/readableName.ts';
import type { Role } from '../../src/core/runs/run.ts';
import { roleMark } from '../chart/seriesStyle.ts';
import { element } from '../element.ts';
import { l10n } from '../l10n.ts';

/** For each series the curves that were weighed: how much each counts and where it ends. */
export class AlternativesTab {
  readonly element = element('div', { class: 'columns' });

  show({ series, formula }: PredictReport): void {
    const fits = formula?.series ?? [];
    this.element.replaceChildren(
      ...series.map((one) => sectionOf(one, fits.find(({ name }) => name === one.name)?.sentence ?? null)),
    );
  }
}

function sectionOf(series: SeriesReport, formulaFit: string | null): HTMLElement {
  const { name, role, reason, models, evidence } = series;
  const madeOf = evidenceSentence(evidence);
  return element(
    'section',
    {},
    element('h2', {}, roleMark(role), readableName(name)),
    element('p', { class: 'note' }, reason),
    ...(madeOf === '' ? [] : [element('p', { class: 'note' }, madeOf)]),
    ...(models.length === 0 ? [] : [element('div', { class: 'scroll' }, tableOf(series))]),
    ...(formulaFit === null ? [] : [element('p', { class: 'note' }, formulaFit)]),
  );
}

function tableOf({ name, role, direction, models, limit, alternatives, evidence }: SeriesReport): HTMLElement {
  const known = models.flatMap((model) => (model.limit === null ? [] : [model.limit]));
  const spread =
    limit !== null
      ? limit.upper - limit.lower
      : alternatives.length > 1
        ? (alternatives.at(-1) ?? 0) - (alternatives[0] ?? 0)
        : Math.max(...known) - Math.min(...known);
  const rows = models
    .toSorted((a, b) => b.weight - a.weight)
    .map((model) =>
      element(
        'tr',
        {},
        element('th', { scope: 'row' }, model.name),
        element('td', { class: 'number' }, model.weight < 0.01 ? 'under 1\u202f%' : formatPercent(model.weight)),
        element('td', { class: 'wide' }, weightBar(model.weight, role)),
        element('td', { class: 'number' }, model.limit === null ? '\u2013' : formatNumber(model.limit, spread)),
      ),
    );
  const answer =
    limit === null
      ? []
      : [
          element(
            'tr',
            { class: 'sum' },
            // One rate is no mean of the curves above it.
            element('th', { scope: 'row' }, evidence.oneRate ? 'one rate for both' : 'together'),
            element('td'),
            element('td', { class: 'wide' }),
            element(
              'td',
              { class: 'number' },
              `${formatNumber(limit.value, spread)} (${formatInterval(limit.lower, limit.upper)})`,
            ),
          ),
        ];
  return element(
    'table',
    { 'aria-label': l10n.t('Curves for {0}', readableName(name)) },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, 'curve'),
        element('th', { scope: 'col', class: 'number' }, 'weight'),
        element('td', { class: 'wide' }),
        element('th', { scope: 'col', class: 'number' }, limitWord(direction)),
      ),
    ),
    element('tbody', {}, ...rows, ...answer),
  );
}

function weightBar(weight: number, role: Role): HTMLElement {
  const filled = element('div', { class: role });
  filled.style.width = `${100 * weight}%`;
  return element('div', { class: 'bar', 'aria-hidden': 'true' }, filled);
}
