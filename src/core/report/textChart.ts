import type { ChartFrame, ChartSeries } from './chartFrame.ts';
import { chartFrame, placeIn } from './chartFrame.ts';
import { formatNumber } from './formatNumber.ts';
import { formatPercent } from './formatPercent.ts';
import { plainAscii } from './plainAscii.ts';
import type { Prediction } from './prediction.ts';
import { readableName } from './readableName.ts';
import { roundTicks } from './roundTicks.ts';
import type { Ink } from './textCanvas.ts';
import { inked, TextCanvas } from './textCanvas.ts';
import { clipText, textWidth } from './textWidth.ts';
import { tickLabel } from './tickLabel.ts';

export interface TextChartOptions {
  /** Columns of the terminal: no line is longer. Under 24 there is no chart. */
  readonly width: number;
  /** Rows of the plot without its axis. */
  readonly height: number;
  /** False: ASCII only. */
  readonly isUnicode: boolean;
  readonly isColoured: boolean;
}

interface Signs {
  readonly mark: Readonly<Record<ChartSeries['role'], string>>;
  readonly band: string;
  readonly limit: string;
  readonly now: string;
  readonly axis: string;
}

const unicodeSigns: Signs = {
  mark: { solver: '●', verifier: '◆', gap: '■', none: '●' },
  band: '░',
  limit: '┄',
  now: '┊',
  axis: '│',
};
const asciiSigns: Signs = {
  mark: { solver: 'o', verifier: 'x', gap: '+', none: 'o' },
  band: ':',
  limit: '-',
  now: '!',
  axis: '|',
};

const narrowest = 24;

/** The prediction as a chart of characters: points, fit, forecast with its band, limits, and where now is. */
export function textChart(prediction: Prediction, options: TextChartOptions): string {
  const frame = chartFrame(prediction);
  const hasPoints = frame.series.some(({ observed }) => observed.length > 0);
  if (options.width < narrowest || !hasPoints) return '';
  const signs = options.isUnicode ? unicodeSigns : asciiSigns;
  const { values, step } = roundTicks(frame.y, Math.max(2, options.height / 3));
  const labels = values.map((value) => tickLabel(value, step));
  const margin = labels.reduce((most, label) => Math.max(most, label.length), 1) + 2;
  const canvas = new TextCanvas(options.width - margin, options.height, options.isUnicode);
  const labelAt = new Map(values.map((value, i) => [canvas.cellAt(0, placeIn(frame.y, value))[1], labels[i] ?? '']));

  for (const one of frame.series) drawBand(canvas, frame, one, signs);
  for (const one of frame.series) drawLimit(canvas, frame, one, signs);
  drawNow(canvas, frame, signs);
  for (const one of frame.series) drawLines(canvas, frame, one);
  for (const one of frame.series) drawMarks(canvas, frame, one, signs);

  const plot = canvas.lines(options.isColoured).map((line, row) => {
    const axis = `${(labelAt.get(row) ?? '').padStart(margin - 2)} ${signs.axis}`;
    return `${inked(axis, 'quiet', options.isColoured)}${line}`.trimEnd();
  });
  const axis = xAxis(prediction, frame, canvas.columns);
  return [...plot, ...axis.map((line) => `${' '.repeat(margin)}${line}`.trimEnd()), ...legend(frame, signs, options)]
    .map((line) => (options.isUnicode ? line : plainAscii(line)))
    .join('\n');
}

function inkOf({ role }: ChartSeries): Ink {
  return role === 'none' ? 'solver' : role;
}

/** In columns of the canvas, so that every column of the band is filled however few forecast points there are. */
function drawBand(canvas: TextCanvas, frame: ChartFrame, one: ChartSeries, signs: Signs): void {
  const { forecast } = one;
  const fill = (column: number, lower: number, upper: number): void => {
    const top = canvas.cellAt(0, Math.min(1, upper))[1];
    const bottom = canvas.cellAt(0, Math.max(0, lower))[1];
    for (let row = Math.max(0, top); row <= bottom; row++) canvas.put(column, row, signs.band, 'quiet');
  };
  const places = forecast.map(({ x }) => placeIn(frame.x, x));
  for (let column = 0; column < canvas.columns; column++) {
    const ends = bandAt(frame, forecast, places, (column + 0.5) / canvas.columns);
    if (ends !== null) fill(column, ends[0], ends[1]);
  }
  const [only] = forecast.length === 1 ? forecast : [];
  if (only === undefined) return;
  const [column, row] = canvas.cellAt(placeIn(frame.x, only.x), placeIn(frame.y, only.y));
  fill(column, placeIn(frame.y, only.lower), placeIn(frame.y, only.upper));
  canvas.put(column, row, signs.mark[one.role], inkOf(one));
}

/** Lower and upper end of the band at a place of the x axis, as places of the y axis. */
function bandAt(
  frame: ChartFrame,
  forecast: ChartSeries['forecast'],
  places: readonly number[],
  x: number,
): readonly [number, number] | null {
  const after = places.findIndex((place) => place >= x);
  const [left, right] = [forecast[after - 1], forecast[after]];
  if (left === undefined || right === undefined) return null;
  const [from = 0, to = 0] = [places[after - 1], places[after]];
  const share = to > from ? (x - from) / (to - from) : 0;
  const between = (a: number, b: number): number => placeIn(frame.y, a) * (1 - share) + placeIn(frame.y, b) * share;
  const ends = [between(left.lower, right.lower), between(left.upper, right.upper)] as const;
  return Number.isFinite(ends[0]) && Number.isFinite(ends[1]) && ends[1] >= 0 && ends[0] <= 1 ? ends : null;
}

function drawLimit(canvas: TextCanvas, frame: ChartFrame, one: ChartSeries, signs: Signs): void {
  if (one.limit === null) return;
  const y = placeIn(frame.y, one.limit.value);
  if (!(y >= 0 && y <= 1)) return;
  const row = canvas.cellAt(0, y)[1];
  for (let column = 0; column < canvas.columns; column++) canvas.put(column, row, signs.limit, inkOf(one));
}

function drawNow(canvas: TextCanvas, frame: ChartFrame, signs: Signs): void {
  if (frame.now === null) return;
  const x = placeIn(frame.x, frame.now);
  if (!(x >= 0 && x < 1)) return;
  for (let row = 0; row < canvas.rows; row++) canvas.put(canvas.cellAt(x, 0)[0], row, signs.now, 'quiet');
}

function drawLines(canvas: TextCanvas, frame: ChartFrame, one: ChartSeries): void {
  drawLine(canvas, frame, one.fitted, inkOf(one), 1);
  // Every third dot: what has not happened is dotted.
  drawLine(
    canvas,
    frame,
    one.forecast.map(({ x, y }) => [x, y] as const),
    inkOf(one),
    3,
  );
}

function drawLine(
  canvas: TextCanvas,
  frame: ChartFrame,
  points: readonly (readonly [number, number])[],
  ink: Ink,
  every: number,
): void {
  const dots = canvas.columns * 2;
  if (points.length < 2) return;
  points.forEach(([x, y], i) => {
    const [toX, toY] = [placeIn(frame.x, x), placeIn(frame.y, y)];
    const [before] = i > 0 ? points.slice(i - 1, i) : [];
    const [fromX, fromY] =
      before === undefined ? [toX, toY] : [placeIn(frame.x, before[0]), placeIn(frame.y, before[1])];
    const first = Math.ceil(fromX * dots);
    for (let at = first; at <= toX * dots; at++) {
      const share = toX > fromX ? (at / dots - fromX) / (toX - fromX) : 1;
      if (at % every === 0) canvas.dot(at / dots, fromY + share * (toY - fromY), ink);
    }
  });
}

/** Marks where there is room for them, else dots: a thousand marks are a smear. */
function drawMarks(canvas: TextCanvas, frame: ChartFrame, one: ChartSeries, signs: Signs): void {
  const isCrowded = one.observed.length > canvas.columns / 2;
  for (const [x, y] of one.observed) {
    const place = [placeIn(frame.x, x), placeIn(frame.y, y)] as const;
    if (isCrowded) canvas.dot(...place, inkOf(one));
    else canvas.put(...canvas.cellAt(...place), signs.mark[one.role], inkOf(one));
  }
}

function xAxis({ report }: Prediction, frame: ChartFrame, columns: number): string[] {
  const { values, step } = roundTicks(frame.x, Math.max(1, columns / 14));
  const line = Array.from({ length: columns }, () => ' ');
  for (const value of values) {
    const label = tickLabel(value, step);
    const middle = Math.floor(placeIn(frame.x, value) * (columns - 1));
    const start = Math.min(columns - label.length, Math.max(0, middle - (label.length >> 1)));
    const isFree = line.slice(Math.max(0, start - 1), start + label.length + 1).every((sign) => sign === ' ');
    if (start >= 0 && isFree) for (let i = 0; i < label.length; i++) line[start + i] = label[i] ?? ' ';
  }
  const name = readableName(report.x.name);
  const now = frame.now === null ? '' : ` (now: ${formatNumber(frame.now)})`;
  const title = clipText(`${name}${now}`, columns);
  return [line.join(''), `${' '.repeat((columns - textWidth(title)) >> 1)}${title}`];
}

function legend(frame: ChartFrame, signs: Signs, options: TextChartOptions): string[] {
  const entries = frame.series.map((one) => {
    const name = one.role === 'none' ? readableName(one.report.name) : one.role;
    return { text: `${signs.mark[one.role]} ${name}`, ink: inkOf(one) };
  });
  const level = frame.series.find(({ limit }) => limit !== null)?.limit?.level;
  const notes = [
    { text: `${signs.band}${signs.band} forecast`, ink: 'quiet' as const },
    ...(level === undefined
      ? []
      : [
          {
            text: `${signs.limit}${signs.limit} ${limitWords(frame)} (intervals ${formatPercent(level)})`,
            ink: 'quiet' as const,
          },
        ]),
  ];
  const lines: string[] = [];
  let line = '';
  let length = 0;
  for (const { text, ink } of [...entries, ...notes]) {
    const shown = clipText(text, options.width);
    const size = textWidth(shown);
    if (length > 0 && length + 3 + size > options.width) {
      lines.push(line);
      line = '';
      length = 0;
    }
    line += `${length > 0 ? '   ' : ''}${inked(shown, ink, options.isColoured)}`;
    length += size + (length > 0 ? 3 : 0);
  }
  return [...lines, line];
}

function limitWords({ series }: ChartFrame): string {
  return Array.from(new Set(series.filter(({ limit }) => limit !== null).map((one) => one.limitWord))).join(' or ');
}
