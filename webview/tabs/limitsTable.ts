import { formatNumber } from '../../src/core/report/formatNumber.ts';
import type { PredictReport } from '../../src/core/report/predictReport.ts';
import { reportTable } from '../../src/core/report/reportTable.ts';
import { roleMark } from '../chart/seriesStyle.ts';
import { element } from '../element.ts';

/** Columns that stay where the page is narrow. */
const kept = new Set(['series', 'limit', 'verdict']);

/** The parameter table of the report, with the fit's R² beside what it says. */
export class LimitsTable {
  readonly element = element('div', { class: 'scroll' });

  show(report: PredictReport): void {
    const { columns, rows } = reportTable(report);
    const r2Before = columns.length - 1;
    const titles = columns.map(({ title, align }) => ({ title, isNumber: align === 'right' }));
    titles.splice(r2Before, 0, { title: 'R\u00b2', isNumber: true });
    const classOf = ({ title, isNumber }: { title: string; isNumber: boolean }): string =>
      `${isNumber ? 'number' : ''}${kept.has(title) ? '' : ' wide'}`.trim();
    const head = titles.map((title) =>
      element('th', { scope: 'col', class: classOf(title), title: explanations[title.title] }, title.title),
    );
    const body = rows.map((row, i) => {
      const series = report.series[i];
      const cells = row.toSpliced(r2Before, 0, series?.r2 == null ? '\u2013' : formatR2(series.r2));
      return element(
        'tr',
        {},
        ...cells.map((cell, k) => {
          const title = titles[k] ?? { title: '', isNumber: false };
          if (k > 0)
            return element(
              'td',
              { class: classOf(title), title: title.title === 'verdict' ? series?.reason : undefined },
              cell,
            );
          return element('th', { scope: 'row' }, roleMark(series?.role ?? 'none'), cell);
        }),
      );
    });
    this.element.replaceChildren(
      element(
        'table',
        {},
        element('caption', { class: 'spoken' }, 'Limits'),
        element('thead', {}, element('tr', {}, ...head)),
        element('tbody', {}, ...body),
      ),
    );
  }
}

const explanations: Readonly<Record<string, string>> = {
  'R\u00b2': 'How well one exponential fits what was seen; not how sure the forecast is',
  done: 'Share of the way from the first checkpoint to the limit',
};

/** Four digits tell good fits apart; 0.99996 is not 1. */
export function formatR2(r2: number): string {
  return r2 < 1 && r2 > 0.9999 ? '> 0.9999' : formatNumber(Number(r2.toFixed(4)), 0.002);
}
