import { formatNumber } from './formatNumber.ts';
import { formatPercent } from './formatPercent.ts';
import type { InspectedRun, InspectReport } from './inspectReport.ts';
import { plainAscii } from './plainAscii.ts';
import { noteOf, type TextStyle } from './predictionText.ts';
import { readableName } from './readableName.ts';
import type { ReportTable } from './reportTable.ts';
import { layOutTable } from './reportTable.ts';
import { clipText } from './textWidth.ts';
import { wrapText } from './wrapText.ts';

const widestProse = 90;

/** What a log holds, as a terminal shows it: format, then for each run its axis and series, then the problems. */
export function inspectionText(report: InspectReport, style: TextStyle): string {
  const prose = Math.min(style.width, widestProse);
  const recognised =
    report.format === 'unknown'
      ? `not recognised: ${report.because}`
      : `${report.format} (${formatPercent(report.confidence)} sure: ${report.because})`;
  const lines = [
    ...wrapText(`${readableName(report.log)} \u00b7 ${recognised}`, prose),
    ...report.runs.flatMap((run) => [
      '',
      clipText(headOf(run), style.width),
      ...layOutTable(tableOf(run), style.width),
    ]),
    ...(report.problems.length === 0 ? [] : ['']),
    ...report.problems.flatMap((problem) => wrapText(noteOf(problem), prose)),
  ];
  return `${lines.map((line) => (style.isUnicode ? line : plainAscii(line))).join('\n')}\n`;
}

function headOf({ name, x, budget }: InspectedRun): string {
  const span =
    x.first === null || x.last === null
      ? ''
      : `, ${readableName(x.name)} ${formatNumber(x.first)} to ${formatNumber(x.last)}`;
  const planned = budget === null ? '' : `, planned to ${budget.unit} ${formatNumber(budget.x)}`;
  return `${readableName(name)}: ${x.count} ${x.count === 1 ? 'checkpoint' : 'checkpoints'}${span}${planned}`;
}

function tableOf({ series }: InspectedRun): ReportTable {
  const value = (point: readonly [number, number] | null): string =>
    point === null ? '\u2013' : formatNumber(point[1]);
  return {
    columns: [
      { title: 'series', align: 'left' },
      { title: 'role', align: 'left' },
      { title: 'better', align: 'left' },
      { title: 'points', align: 'right' },
      { title: 'first', align: 'right', isSpare: true },
      { title: 'last', align: 'right' },
      { title: 'why', align: 'left', isSpare: true },
    ],
    rows: series.map(({ name, role, direction, n, first, last, why }) => [
      readableName(name),
      role === 'none' ? '\u2013' : role,
      direction === 'none' ? '\u2013' : direction,
      String(n),
      value(first),
      value(last),
      readableName(why === '' ? '\u2013' : why),
    ]),
  };
}
