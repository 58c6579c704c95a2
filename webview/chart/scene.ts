import { type ChartFrame, type ChartSeries, chartFrame, type Span, ySpan } from '../../src/core/report/chartFrame.ts';
import { formatInterval } from '../../src/core/report/formatInterval.ts';
import { formatNumber } from '../../src/core/report/formatNumber.ts';
import { formatPercent } from '../../src/core/report/formatPercent.ts';
import type { Prediction } from '../../src/core/report/prediction.ts';
import { readableName } from '../../src/core/report/readableName.ts';
import { settlingWords } from '../../src/core/report/settlingWords.ts';
import { xWords } from '../../src/core/report/xWords.ts';
import type { Budget, Role } from '../../src/core/runs/run.ts';
import type { PanelView } from '../../src/protocol/panel.ts';
import { formatX } from '../formatX.ts';

/** A limit at the right edge: of an identified series, or one of those that fit an undecided one. */
export interface EdgeLabel {
  readonly role: Role;
  readonly value: number;
  /** `solver floor 0.11` */
  readonly title: string;
  /** The same without the series. */
  readonly words: string;
  readonly detail: string;
  /** A limit has a line across the chart; one that merely fits has a hollow mark. */
  readonly kind: 'limit' | 'alternative';
}

/** A place on the x axis worth a word. */
export interface AxisNote {
  readonly x: number;
  readonly text: string;
}

/** What the chart draws: the series that are switched on, over the ranges that are looked at. */
export interface Scene {
  readonly frame: ChartFrame;
  readonly visible: readonly ChartSeries[];
  readonly x: Span;
  readonly y: Span;
  readonly isZoomed: boolean;
  readonly xName: string;
  /** What one unit of x is called. */
  readonly xWord: string;
  readonly labels: readonly EdgeLabel[];
  readonly notes: readonly AxisNote[];
  /** Where the run was resumed: `text` says it whole, where it is pointed at. */
  readonly partitions: readonly AxisNote[];
}

/** What tells two seen values of a picture apart. */
export function seenDigits({ y }: Pick<ChartFrame, 'y'>): number {
  return (y.max - y.min) / 200;
}

export function createScene(prediction: Prediction, view: PanelView): Scene {
  const frame = chartFrame(prediction);
  const [main] = frame.series;
  const visible = frame.series.filter(({ report }) => !view.hidden.includes(report.name));
  const zoom = view.zoom === null ? null : overlap(view.zoom, frame.x);
  const x = zoom ?? frame.x;
  const wanted = visible.flatMap((one) => labelsOf(one, one === main));
  const y = withAlternatives(ySpan(visible, zoom), wanted);
  const labels = wanted.map((label) => pointing(label, y));
  const xName = prediction.report.x.name;
  return {
    frame,
    visible,
    x,
    y,
    isZoomed: zoom !== null,
    xName: readableName(xName),
    xWord: xWords(xName)?.one ?? readableName(xName),
    labels,
    notes: notesOf(frame, prediction.report.budget, xName),
    partitions: partitionsOf(prediction.report, frame.x),
  };
}

/** null where nothing of the zoom is left, as after a log that started over. */
function overlap(zoom: Span, whole: Span): Span | null {
  const min = Math.max(zoom.min, whole.min);
  const max = Math.min(zoom.max, whole.max);
  return max > min && (min > whole.min || max < whole.max) ? { min, max } : null;
}

/** Its limit; of the series that the answer is about, without one, the two it may be. */
function labelsOf(one: ChartSeries, isMain: boolean): EdgeLabel[] {
  const name = one.role === 'none' ? '' : `${one.role} `;
  const { limit, limitWord, report, role } = one;
  if (limit !== null) {
    const width = limit.upper - limit.lower;
    const words = `${limitWord} ${formatNumber(limit.value, width)}`;
    return [
      {
        role,
        value: limit.value,
        title: `${name}${words}`,
        words,
        detail: `${formatInterval(limit.lower, limit.upper)} (${formatPercent(limit.level)})`,
        kind: 'limit',
      },
    ];
  }
  const ends = [report.alternatives[0], report.alternatives.at(-1)];
  const [low, high] = ends;
  if (!isMain || report.verdict !== 'too-early' || low === undefined || high === undefined || low === high) return [];
  return [low, high].map((value) => {
    const words = `${limitWord} ${formatNumber(value, high - low)}?`;
    return {
      role,
      value,
      title: `${name}${words}`,
      words,
      detail: modelBehind(value, report.models) ?? 'fits too',
      kind: 'alternative' as const,
    };
  });
}

/** A mark at the border stands for a limit that lies beyond it. */
function pointing(label: EdgeLabel, { min, max }: Span): EdgeLabel {
  const arrow = label.value > max ? ' \u2191' : label.value < min ? ' \u2193' : '';
  return { ...label, title: label.title + arrow };
}

/** The model that has this limit. */
function modelBehind(value: number, models: ChartSeries['report']['models']): string | null {
  const found = models.find(({ limit }) => limit === value);
  return found === undefined ? null : `${found.name}, ${formatPercent(found.weight)}`;
}

function withAlternatives(span: Span, labels: readonly EdgeLabel[]): Span {
  const height = span.max - span.min;
  const values = labels.filter(({ kind }) => kind === 'alternative').map(({ value }) => value);
  // Farther than half a picture away it would flatten all that was seen; its mark then stands at the border.
  const near = values.filter((value) => value > span.min - height / 2 && value < span.max + height / 2);
  const margin = 0.03 * height;
  return {
    min: Math.min(span.min, ...near.map((value) => value - margin)),
    max: Math.max(span.max, ...near.map((value) => value + margin)),
  };
}

/** Width of the settling interval, in distances to go, from which it has no place on an axis. */
const vagueFrom = 1.5;

function notesOf(frame: ChartFrame, budget: Budget | null, xName: string): AxisNote[] {
  const [main] = frame.series;
  const settling = main?.report.settling ?? null;
  const notes: AxisNote[] = [];
  const toGo = settling === null ? 0 : settling.x - (frame.now ?? settling.x);
  const width = settling === null ? 0 : settling.upper - settling.lower;
  if (settling !== null && toGo > 0 && width < vagueFrom * toGo) {
    const { whole } = settlingWords(settling, xName);
    notes.push({ x: settling.x, text: `rest under ${formatPercent(settling.tolerance)}: ${whole}` });
  }
  if (budget !== null && xWords(budget.unit)?.one === xWords(xName)?.one && xWords(xName) !== null) {
    notes.push({ x: budget.x, text: `planned end: ${formatNumber(budget.x)}` });
  }
  return notes;
}

function partitionsOf({ resumes }: Prediction['report'], span: Span): AxisNote[] {
  return resumes.map(({ x, left }) => ({ x, text: `resumed here, after ${formatX(left, span)} had been reached` }));
}
