import type { ChartSeries } from '../../src/core/report/chartFrame.ts';
import { formatInterval } from '../../src/core/report/formatInterval.ts';
import { formatMeasured } from '../../src/core/report/formatMeasured.ts';
import { formatNumber } from '../../src/core/report/formatNumber.ts';
import { readableName } from '../../src/core/report/readableName.ts';
import type { Role } from '../../src/core/runs/run.ts';
import { formatX } from '../formatX.ts';
import { type Scene, seenDigits } from './scene.ts';

export interface ReadLine {
  readonly role: Role;
  readonly name: string;
  readonly text: string;
  readonly y: number;
}

/** What stands at one x: of each series the value seen, or the forecast. */
export interface Reading {
  readonly x: number;
  readonly isForecast: boolean;
  readonly title: string;
  /** What happened there beside the values; empty where nothing did. */
  readonly note: string;
  readonly lines: readonly ReadLine[];
}

/** Every x inside the picture at which there is something to read, rising. */
export function readableXs({ visible, partitions, x }: Scene): number[] {
  const all = new Set<number>();
  for (const { observed, forecast } of visible) {
    for (const [at] of observed) all.add(at);
    for (const { x: at } of forecast) all.add(at);
  }
  for (const { x: at } of partitions) all.add(at);
  return Array.from(all)
    .filter((at) => at >= x.min && at <= x.max)
    .sort((a, b) => a - b);
}

/** Index of the value nearest to x in a rising list; -1 in an empty one. */
export function nearestIndex(xs: readonly number[], x: number): number {
  let [low, high] = [0, xs.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  const before = xs[low - 1];
  const at = xs[low];
  return before !== undefined && at !== undefined && x - before < at - x ? low - 1 : xs.length === 0 ? -1 : low;
}

export function readAt(scene: Scene, x: number): Reading {
  const { frame, visible, xWord, partitions } = scene;
  const isForecast = frame.now !== null && x > frame.now;
  const at = formatX(x, frame.x);
  const note = partitions.find((partition) => partition.x === x)?.text ?? '';
  const lines = visible.flatMap((one) => lineAt(one, x, isForecast, seenDigits(frame)));
  return { x, isForecast, title: `${xWord} ${at}${isForecast ? ' · forecast' : ''}`, note, lines };
}

function lineAt(one: ChartSeries, x: number, isForecast: boolean, digits: number): ReadLine[] {
  const name = one.role === 'none' ? readableName(one.report.name) : one.role;
  if (!isForecast) {
    const seen = one.observed.find(([at]) => at === x);
    if (seen === undefined) return [];
    return [{ role: one.role, name, text: formatMeasured(seen[1], one.errors.get(x), digits), y: seen[1] }];
  }
  const point = one.forecast.find((each) => each.x === x);
  if (point === undefined) return [];
  const width = point.upper - point.lower;
  const value = formatNumber(point.y, width);
  const text = width > 0 ? `${value} (${formatInterval(point.lower, point.upper, width)})` : value;
  return [{ role: one.role, name, text, y: point.y }];
}

/** The reading in one line, for whoever hears it. */
export function spokenReading({ title, note, lines }: Reading): string {
  return `${title}${note === '' ? '' : `, ${note}`}: ${lines.map(({ name, text }) => `${name} ${text}`).join(', ')}`;
}
