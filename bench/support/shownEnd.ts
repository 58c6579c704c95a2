import { mean, median } from './middles.ts';

/** Where a whole curve ends, told by its tail alone. */
export interface ShownEnd {
  /** Mean of the last fifth. */
  readonly level: number;
  /** Its standard error, for residuals that hang together from one checkpoint to the next. */
  readonly error: number;
  /** Range of the medians of twenty blocks: what the curve covered without its noise. */
  readonly way: number;
  /** How far the line through the last third moves over it. */
  readonly drift: number;
}

const blocks = 20;
const fewest = 3;
/** Beyond this few values cannot tell a correlation from a drift. */
const mostCorrelated = 0.95;

export function shownEnd(x: Float64Array, y: Float64Array): ShownEnd {
  const n = y.length;
  const fifth = y.slice(n - Math.max(fewest, Math.round(n / 5)));
  const third = Math.max(fewest, Math.floor(n / 3));
  const count = Math.min(blocks, Math.floor(n / fewest));
  const medians = Array.from({ length: count }, (_, i) =>
    median(y.slice(Math.floor((i * n) / count), Math.floor(((i + 1) * n) / count))),
  );
  return {
    level: mean(fifth),
    error: errorOfMean(fifth),
    way: Math.max(...medians) - Math.min(...medians),
    drift: driftOf(x.slice(n - third), y.slice(n - third)),
  };
}

/** By its tail: it hardly drifts any more, and its level is told as finely. Both as shares of the way. */
export function hasSettled({ drift, error, way }: ShownEnd, tolerance: number): boolean {
  return Math.abs(drift) <= tolerance * way && error <= tolerance * way;
}

function errorOfMean(values: Float64Array): number {
  const middle = mean(values);
  const off = values.map((value) => value - middle);
  const square = off.reduce((sum, value) => sum + value * value, 0);
  if (square === 0) return 0;
  const product = off.reduce((sum, value, i) => sum + value * (off[i + 1] ?? 0), 0);
  const correlation = Math.min(mostCorrelated, Math.max(0, product / square));
  const variance = square / (values.length - 1) / values.length;
  return Math.sqrt((variance * (1 + correlation)) / (1 - correlation));
}

function driftOf(x: Float64Array, y: Float64Array): number {
  const [middleX, middleY] = [mean(x), mean(y)];
  const product = x.reduce((sum, at, i) => sum + (at - middleX) * ((y[i] ?? 0) - middleY), 0);
  const square = x.reduce((sum, at) => sum + (at - middleX) ** 2, 0);
  return (product / square) * ((x.at(-1) ?? 0) - (x[0] ?? 0));
}
