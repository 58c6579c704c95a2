import { pWords } from '../dynamics/pWords.ts';
import { keepsOneCourse } from './keepsOneCourse.ts';
import { plainAscii } from './plainAscii.ts';
import type { Prediction } from './prediction.ts';
import type { Warning } from './predictReport.ts';
import { readableName } from './readableName.ts';
import { layOutTable, reportTable } from './reportTable.ts';
import { inked } from './textCanvas.ts';
import { textChart } from './textChart.ts';
import { clipText } from './textWidth.ts';
import { wrapText } from './wrapText.ts';

export interface TextStyle {
  readonly width: number;
  readonly isUnicode: boolean;
  readonly isColoured: boolean;
}

const widestProse = 90;
const widestChart = 120;

/** A prediction as a terminal shows it: which run, the answer, why, the chart, the limits, what was noticed. */
export function predictionText(prediction: Prediction, style: TextStyle): string {
  const { report } = prediction;
  const { width, isColoured } = style;
  const prose = Math.min(width, widestProse);
  const checkpoints = `${report.x.count} ${report.x.count === 1 ? 'checkpoint' : 'checkpoints'}`;
  const head = Array.from(new Set([report.run, report.log, report.format]), readableName)
    .concat(checkpoints)
    .join(' \u00b7 ');
  const chart = textChart(prediction, {
    ...style,
    width: Math.min(width, widestChart),
    height: Math.min(18, Math.max(8, Math.round(width / 5))),
  });
  const lines = [
    inked(clipText(head, width), 'quiet', isColoured),
    ...wrapText(report.sentence, prose).map((line) => (isColoured ? `\u001b[1m${line}\u001b[0m` : line)),
    ...wrapText(report.why, prose),
    ...(chart === '' ? [] : ['', ...chart.split('\n')]),
    ...(report.series.length === 0 ? [] : ['', ...layOutTable(reportTable(report), width)]),
    ...externalLines(report, prose),
    ...theoryLines(report, prose).map((line) => inked(line, 'quiet', isColoured)),
    ...(report.formula === undefined ? [] : ['']),
    ...(report.formula?.series ?? []).flatMap(({ sentence }) => wrapText(readableLine(sentence), prose)),
    ...(report.warnings.length === 0 ? [] : ['']),
    ...report.warnings.flatMap((warning) => wrapText(noteOf(warning), prose)),
  ];
  return `${lines.map((line) => (style.isUnicode ? line : plainAscii(line))).join('\n')}\n`;
}

/** What is a warning too stands with the warnings. */
function externalLines({ externalData, warnings }: Prediction['report'], width: number): string[] {
  const isWarned = warnings.some(({ message }) => message === externalData?.sentence);
  return externalData === undefined || isWarned ? [] : ['', ...wrapText(externalData.sentence, width)];
}

/** One line, because the verdict does not hang on it: which statements of the theory the run bears out. */
function theoryLines({ dynamics, series }: Prediction['report'], width: number): string[] {
  if (dynamics === null || dynamics.hypotheses.length === 0 || !keepsOneCourse(series)) return [];
  const words = dynamics.hypotheses.map(
    ({ name, holds, pValue }) => `${hypothesisWords[name]} ${holds ? 'holds' : 'does not hold'} (${pWords(pValue)})`,
  );
  return ['', ...wrapText(`Theory: ${words.join('; ')}.`, width)];
}

const hypothesisWords = {
  'shared-rate': 'one rate',
  'straight-line': 'the straight line of solver and verifier',
  'linear-potential': 'a pull in proportion to the gap',
} as const;

export const noteOf = ({ message, count = 1 }: Warning): string =>
  `Note: ${readableLine(message)}${count > 1 ? ` (${count} times)` : ''}`;

/** Messages quote what stands in logs: no control signs of theirs reach a terminal. */
function readableLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
