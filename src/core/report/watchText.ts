import { plainAscii } from './plainAscii.ts';
import type { Prediction } from './prediction.ts';
import type { TextStyle } from './predictionText.ts';
import { readableName } from './readableName.ts';
import { inked } from './textCanvas.ts';
import { textChart } from './textChart.ts';
import { clipText } from './textWidth.ts';
import { wrapText } from './wrapText.ts';

const widestProse = 90;
const widestChart = 100;
const highestChart = 12;
/** Rows of a chart beside its plot: ticks, name of the axis, legend. */
const chartFrameRows = 3;
const leastPlotRows = 4;

/** A prediction that is shown again and again: which run, the verdict, a small chart; of at most so many lines. */
export function watchLines(prediction: Prediction, note: string, style: TextStyle, rows: number): string[] {
  const { width, isColoured, isUnicode } = style;
  const prose = Math.min(width, widestProse);
  const { report } = prediction;
  const text = [
    inked(clipText(headOf(prediction), width), 'quiet', isColoured),
    ...wrapText(report.sentence, prose).map((line) => (isColoured ? `\u001b[1m${line}\u001b[0m` : line)),
    ...noteLines(note, style),
  ];
  const height = Math.min(highestChart, rows - text.length - chartFrameRows);
  const chart =
    height < leastPlotRows ? '' : textChart(prediction, { ...style, width: Math.min(width, widestChart), height });
  const lines = [...text, ...(chart === '' ? [] : chart.split('\n'))];
  return lines.slice(0, rows).map((line) => (isUnicode ? line : plainAscii(line)));
}

/** Something to know beside the forecast, or in its place. */
export function noteLines(note: string, { width, isUnicode, isColoured }: TextStyle): string[] {
  const lines = wrapText(readableLine(note), Math.min(width, widestProse));
  return lines.map((line) => inked(isUnicode ? line : plainAscii(line), 'quiet', isColoured));
}

/** The same in one line, for a file, or a terminal that goes on line by line. */
export function watchLine(prediction: Prediction, isUnicode: boolean): string {
  return noteLine(`${headOf(prediction)}: ${prediction.report.sentence}`, isUnicode);
}

export function noteLine(note: string, isUnicode: boolean): string {
  const line = readableLine(note);
  return isUnicode ? line : plainAscii(line);
}

function headOf({ report }: Prediction): string {
  const { count, last, name } = report.x;
  const checkpoints = `${count} ${count === 1 ? 'checkpoint' : 'checkpoints'}`;
  const at = last === null ? [] : [`${readableName(name)} ${last}`];
  return [...Array.from(new Set([report.run, report.log]), readableName), checkpoints, ...at].join(' \u00b7 ');
}

/** Messages quote what stands in logs: no control signs of theirs reach a terminal. */
function readableLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
