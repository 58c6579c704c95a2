import type { Verdict } from '../forecast/forecaster.ts';
import { formatInterval } from './formatInterval.ts';
import { formatNumber } from './formatNumber.ts';
import { formatPercent } from './formatPercent.ts';
import type { PredictReport, SeriesReport } from './predictReport.ts';
import { readableName } from './readableName.ts';
import { settlingWords } from './settlingWords.ts';
import { clipText, textWidth } from './textWidth.ts';

export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Left out where the width is short. */
  readonly isSpare?: boolean;
}

/** The limits as a table: one row a series, words only. */
export interface ReportTable {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
}

/** What a cell without a value shows. */
const absent = '\u2013';

const verdictWords: Readonly<Record<Verdict, string>> = {
  identified: 'identified',
  'too-early': 'too early',
  'no-trend': 'no trend',
};

export function reportTable(report: PredictReport): ReportTable {
  const level = report.series.find(({ limit }) => limit !== null)?.limit?.level ?? null;
  const tolerance = report.series.find(({ settling }) => settling !== null)?.settling?.tolerance ?? null;
  const columns: TableColumn[] = [
    { title: 'series', align: 'left' },
    { title: 'role', align: 'left', isSpare: true },
    { title: 'now', align: 'right' },
    { title: 'limit', align: 'right' },
    { title: level === null ? 'interval' : formatPercent(level), align: 'right' },
    { title: tolerance === null ? 'settled at' : `under ${formatPercent(tolerance)} at`, align: 'right' },
    { title: 'done', align: 'right', isSpare: true },
    { title: 'verdict', align: 'left' },
  ];
  return { columns, rows: report.series.map((series) => cellsOf(series, report.x.name)) };
}

function cellsOf({ name, role, now, limit, settling, progress, verdict }: SeriesReport, xName: string): string[] {
  const width = limit === null ? null : limit.upper - limit.lower;
  return [
    readableName(name),
    role === 'none' ? absent : role,
    now === null ? absent : formatMeasuredNow(now, width),
    limit === null ? absent : formatNumber(limit.value, width),
    limit === null ? absent : formatInterval(limit.lower, limit.upper),
    settling === null ? absent : settlingWords(settling, xName).whole,
    progress === null ? absent : formatPercent(progress),
    verdictWords[verdict],
  ];
}

/** What was measured is known to more digits than the limit: an interval that is wide beside it may not round it to 0. */
function formatMeasuredNow(now: number, width: number | null): string {
  return formatNumber(now, width === null || now === 0 ? width : Math.min(width, Math.abs(now)));
}

/**
 * The table in columns of a terminal. Where the width is short the names give way, then the spare columns from the right;
 * no line ever exceeds it.
 */
export function layOutTable(table: ReportTable, width: number): string[] {
  const { columns, rows } = table;
  const texts = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, i) => Math.max(...texts.map((row) => textWidth(row[i] ?? ''))));
  const over = widths.reduce((sum, each) => sum + each, 2 * (columns.length - 1)) - width;
  const first = widths[0] ?? 0;
  const spare = columns.findLastIndex(({ isSpare }) => isSpare === true);
  if (over > Math.max(0, first - readableWidth) && spare > 0) return layOutTable(without(table, spare), width);
  if (over > 0) widths[0] = Math.min(first, Math.max(narrowestName, first - over));
  return texts.map((row) => {
    const cells = row.map((cell, i) => {
      const size = widths[i] ?? 0;
      const shown = clipText(cell, size);
      const room = ' '.repeat(Math.max(0, size - textWidth(shown)));
      return columns[i]?.align === 'right' ? room + shown : shown + room;
    });
    return clipText(cells.join('  ').trimEnd(), width);
  });
}

/** Width to which names give way before a column is left out, and after. */
const readableWidth = 16;
const narrowestName = 8;

function without({ columns, rows }: ReportTable, column: number): ReportTable {
  return { columns: columns.toSpliced(column, 1), rows: rows.map((row) => row.toSpliced(column, 1)) };
}
