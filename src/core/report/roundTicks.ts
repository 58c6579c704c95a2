import type { Span } from './chartFrame.ts';

export interface Ticks {
  readonly values: readonly number[];
  /** Distance of two ticks: what their labels must tell apart. */
  readonly step: number;
}

/** With fewer a value between them cannot be read. */
const fewest = 3;

/** Of a step of 5 the next finer one is 2, of 2 it is 1, and of 1 it is half. */
const nextFiner = 0.4;

/** Round values inside the span, 1, 2 or 5 times a power of ten apart, about as many as asked; three at least where so many are. */
export function roundTicks(span: Span, about: number): Ticks {
  const ticks = ticksApart(span, (span.max - span.min) / Math.max(1, about));
  return ticks.values.length >= fewest || about < fewest ? ticks : ticksApart(span, nextFiner * ticks.step);
}

/** @param rough the step is the next round one */
function ticksApart(span: Span, rough: number): Ticks {
  const width = span.max - span.min;
  if (!Number.isFinite(width) || width <= 0) return { values: [span.min, span.max], step: Math.abs(span.max) };
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(span.min / step - 1e-9);
  const last = Math.floor(span.max / step + 1e-9);
  if (!(step > 0) || last - first > 1000) return { values: [span.min, span.max], step: width };
  return { values: Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step), step };
}
