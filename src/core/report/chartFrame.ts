import type { Interval } from '../forecast/forecaster.ts';
import type { Role } from '../runs/run.ts';
import { limitWord } from './limitWord.ts';
import { mainSeries } from './mainSeries.ts';
import type { Prediction } from './prediction.ts';
import type { SeriesReport } from './predictReport.ts';

export interface Span {
  readonly min: number;
  readonly max: number;
}

/** One series as every drawing shows it. */
export interface ChartSeries {
  readonly report: SeriesReport;
  readonly role: Role;
  readonly observed: readonly (readonly [x: number, y: number])[];
  /** Standard errors of what was observed, by x, where the log has them. */
  readonly errors: ReadonlyMap<number, number>;
  readonly fitted: readonly (readonly [x: number, y: number])[];
  /** From the last checkpoint on. */
  readonly forecast: SeriesReport['forecast'];
  readonly limit: Interval | null;
  readonly limitWord: 'ceiling' | 'floor' | 'limit';
}

/** What a chart of a prediction holds and the ranges it covers, whatever it is drawn with. */
export interface ChartFrame {
  readonly series: readonly ChartSeries[];
  readonly x: Span;
  readonly y: Span;
  /** Last checkpoint: what is right of it has not happened. */
  readonly now: number | null;
}

/** How far bands and limits may stretch the picture beyond what was observed, in observed ranges. */
const reach = 0.75;

/** The series with a role; without any, the one that the answer is about: others are in other units. */
export function chartFrame({ report, drawings }: Prediction): ChartFrame {
  const main = mainSeries(report.series);
  const hasRole = report.series.some(({ role }) => role !== 'none');
  const series = report.series.flatMap((one, i): ChartSeries[] => {
    const drawing = drawings[i];
    if (drawing === undefined || (hasRole ? one.role === 'none' : one !== main)) return [];
    const along = (y: Float64Array): (readonly [number, number])[] =>
      Array.from(drawing.x, (x, k) => [x, y[k] ?? Number.NaN] as const).filter(isFinitePoint);
    const now = report.x.last ?? Number.NEGATIVE_INFINITY;
    return [
      {
        report: one,
        role: one.role,
        observed: along(drawing.y),
        errors: new Map(along(drawing.errors).filter(([, error]) => error > 0)),
        fitted: along(drawing.fitted),
        forecast: one.forecast.filter(
          (point) => point.x >= now && Number.isFinite(point.x) && Number.isFinite(point.y),
        ),
        limit: one.limit,
        limitWord: limitWord(one.direction),
      },
    ];
  });
  return { series, x: xSpan(series), y: ySpan(series), now: report.x.last };
}

function isFinitePoint([x, y]: readonly [number, number]): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

function xSpan(series: readonly ChartSeries[]): Span {
  const span = new Extent();
  for (const { observed, forecast } of series) {
    for (const [x] of observed) span.add(x);
    for (const { x } of forecast) span.add(x);
  }
  return span.widened(0);
}

/** Values that a drawing of these series covers; with `within`, those over a part of x. */
export function ySpan(series: readonly ChartSeries[], within: Span | null = null): Span {
  const isWithin = (x: number): boolean => within === null || (x >= within.min && x <= within.max);
  const observed = new Extent();
  for (const one of series) for (const [x, y] of one.observed) if (isWithin(x)) observed.add(y);
  // A part that lies ahead holds forecasts only.
  if (observed.isEmpty) for (const one of series) for (const { x, y } of one.forecast) if (isWithin(x)) observed.add(y);
  const inner = observed.widened(0);
  const room = reach * (inner.max - inner.min);
  const whole = new Extent();
  const addWithin = (y: number): void => {
    if (Number.isFinite(y)) whole.add(Math.min(inner.max + room, Math.max(inner.min - room, y)));
  };
  whole.add(inner.min);
  whole.add(inner.max);
  for (const { limit, observed: points, errors, fitted, forecast } of series) {
    for (const [x, y] of points) {
      const error = errors.get(x);
      if (error !== undefined && isWithin(x)) for (const end of [y - error, y + error]) addWithin(end);
    }
    if (within !== null) for (const [x, y] of fitted) if (isWithin(x)) addWithin(y);
    for (const { x, y, lower, upper } of forecast) {
      if (isWithin(x)) for (const end of [y, lower, upper]) addWithin(end);
    }
    if (limit !== null) for (const end of [limit.value, limit.lower, limit.upper]) addWithin(end);
  }
  return whole.widened(0.03);
}

class Extent {
  private min = Number.POSITIVE_INFINITY;
  private max = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
  }

  get isEmpty(): boolean {
    return this.min > this.max;
  }

  /** Never empty and never without height: a chart of one value still has a middle. */
  widened(share: number): Span {
    if (this.isEmpty) return { min: 0, max: 1 };
    if (this.min === this.max) {
      const half = Math.abs(this.min) > 0 ? 0.1 * Math.abs(this.min) : 0.5;
      return { min: this.min - half, max: this.max + half };
    }
    const margin = share * (this.max - this.min);
    const widened = { min: this.min - margin, max: this.max + margin };
    return Number.isFinite(widened.max - widened.min) ? widened : { min: this.min, max: this.max };
  }
}

/** Place of a value in a span, 0 to 1 inside of it; halves keep the largest spans from overflowing. */
export function placeIn(span: Span, value: number): number {
  return (value / 2 - span.min / 2) / (span.max / 2 - span.min / 2);
}
