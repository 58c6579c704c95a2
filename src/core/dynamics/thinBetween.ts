import type { Injection } from './externalData.ts';

const mostCheckpoints = 200;

/** Averages neighbouring checkpoints of a long series, never across an injection, where the curve breaks. */
export function thinBetween(
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  injections: readonly Injection[],
): { readonly x: Float64Array; readonly y: Float64Array } {
  const size = Math.ceil(x.length / mostCheckpoints);
  if (size <= 1) return { x, y };
  const means: { x: number; y: number }[] = [];
  let sum = { x: 0, y: 0, count: 0 };
  const close = (): void => {
    if (sum.count > 0) means.push({ x: sum.x / sum.count, y: sum.y / sum.count });
    sum = { x: 0, y: 0, count: 0 };
  };
  let next = 0;
  x.forEach((at, i) => {
    while ((injections[next]?.x ?? Number.POSITIVE_INFINITY) < at) {
      close();
      next++;
    }
    sum = { x: sum.x + at, y: sum.y + (y[i] ?? 0), count: sum.count + 1 };
    if (sum.count === size) close();
  });
  close();
  return { x: Float64Array.from(means, (one) => one.x), y: Float64Array.from(means, (one) => one.y) };
}
