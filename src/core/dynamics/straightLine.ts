export interface StraightLine {
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
}

/** Ordinary least squares of y on x; null where x or y does not vary. */
export function straightLine(x: Float64Array, y: Float64Array): StraightLine | null {
  const n = x.length;
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i] ?? 0) - meanX;
    const dy = (y[i] ?? 0) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  if (!(xx > 0 && yy > 0)) return null;
  return { slope: xy / xx, intercept: meanY - (xy / xx) * meanX, r2: (xy * xy) / (xx * yy) };
}
