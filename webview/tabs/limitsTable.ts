import { formatNumber } from '../../src/core/report/formatNumber.ts';
import type { PredictReport, SeriesReport } from '../../src/core/report/predictReport.ts';
import { reportTable, type TableColumn } from '../../src/core/report/reportTable.ts';
import { roleMark } from '../chart/seriesStyle.ts';
import { element } from '../element.ts';
import { l10n } from '../l10n.ts';

/** Columns that stay however narrow the page is. */
const kept = new Set(['series', 'limit', 'verdict']);
const r2Column: TableColumn = { title: 'R\u00b2', align: 'right', isSpare: true };

/** The parameter table of the report, with the fit's R² beside what it says. */
export class LimitsTable {
  readonly element = element('div', { class: 'scroll' });

  show(report: PredictReport): void {
    const { columns, rows } = reportTable(report);
    // Before the verdict, which ends the table.
    const r2At = columns.length - 1;
    const all = columns.toSpliced(r2At, 0, r2Column);
    const head = all.map((column) =>
      element('th', { scope: 'col', class: classOf(column), title: explanations[column.title] }, column.title),
    );
    const body = report.series.map((series, i) => {
      const [name = '', ...cells] = (rows[i] ?? []).toSpliced(r2At, 0, r2Of(series));
      return element(
        'tr',
        {},
        element('th', { scope: 'row' }, roleMark(series.role), name),
        ...all.slice(1).map((column, k) => {
          const title = column.title === 'verdict' ? series.reason : undefined;
          return element('td', { class: classOf(column), title }, cells[k] ?? '');
        }),
      );
    });
    this.element.replaceChildren(
      element(
        'table',
        {},
        element('caption', { class: 'spoken' }, l10n.t('Limits')),
        element('thead', {}, element('tr', {}, ...head)),
        element('tbody', {}, ...body),
      ),
    );
  }
}

/** How wide the page must be for the column (panel.css). */
function classOf({ title, align, isSpare }: TableColumn): string {
  const room = kept.has(title) ? '' : isSpare === true ? 'widest' : / at$/.test(title) ? 'wider' : 'wide';
  return `${align === 'right' ? 'number' : ''} ${room}`.trim();
}

function r2Of({ r2 }: SeriesReport): string {
  return r2 === null ? '\u2013' : formatR2(r2);
}

const explanations: Readonly<Record<string, string>> = {
  'R\u00b2': l10n.t('How well one exponential fits what was seen; not how sure the forecast is'),
  done: l10n.t('Share of the way from the first checkpoint to the limit'),
};

/** Four digits tell good fits apart; 0.99996 is not 1. */
export function formatR2(r2: number): string {
  return r2 < 1 && r2 > 0.9999 ? '> 0.9999' : formatNumber(Number(r2.toFixed(4)), 0.002);
}
