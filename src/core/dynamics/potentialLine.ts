import { straightLine } from './straightLine.ts';

/**
 * The linearised potential f(G) = kG - b as data: speed of the solver between neighbouring checkpoints against the gap
 * halfway. For the exponential law on equal spacing the points lie on a line exactly. Its zero is b/k, and alpha scales
 * the speed alone, so k and b stay out of reach. null with fewer than 3 intervals or without a slope.
 */
export function potentialLine(
  x: Float64Array,
  solver: Float64Array,
  gap: Float64Array,
): { readonly r2: number; readonly bOverK: number } | null {
  const intervals = Math.max(0, x.length - 1);
  const speed = new Float64Array(intervals);
  const middle = new Float64Array(intervals);
  for (let i = 0; i < intervals; i++) {
    speed[i] = ((solver[i] ?? 0) - (solver[i + 1] ?? 0)) / ((x[i + 1] ?? 0) - (x[i] ?? 0));
    middle[i] = ((gap[i] ?? 0) + (gap[i + 1] ?? 0)) / 2;
  }
  const line = intervals < 3 ? null : straightLine(middle, speed);
  return line === null || line.slope === 0 ? null : { r2: line.r2, bOverK: -line.intercept / line.slope };
}
