import type { Span } from './chartFrame.ts';

export interface Ticks {
  readonly values: readonly number[];
  /** Distance of two ticks: what their labels must tell apart. */
  readonly step: number;
}

/** Round values inside the span, 1, 2 or 5 times a power of ten apart, about as many as asked. */
export function roundTicks(span: Span, about: number): Ticks {
  const width = span.max - span.min;
  if (!Number.isFinite(width) || width <= 0) return { values: [span.min, span.max], step: Math.abs(span.max) };
  const rough = width / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(span.min / step - 1e-9);
  const last = Math.floor(span.max / step + 1e-9);
  if (!(step > 0) || last - first > 1000) return { values: [span.min, span.max], step: width };
  return { values: Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step), step };
}
