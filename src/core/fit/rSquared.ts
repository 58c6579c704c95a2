/** Share of the variance of y about its mean that a curve explains; null where y does not vary. */
export function rSquared(
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  fitted: (x: number) => number,
): number | null {
  // Squares of huge values would overflow.
  let largest = 0;
  for (let i = 0; i < y.length; i++) largest = Math.max(largest, Math.abs(y[i] ?? 0));
  const unit = largest || 1;
  let mean = 0;
  for (let i = 0; i < y.length; i++) mean += ((y[i] ?? 0) / unit - mean) / (i + 1);
  let total = 0;
  let left = 0;
  for (let i = 0; i < y.length; i++) {
    const value = (y[i] ?? 0) / unit;
    total += (value - mean) ** 2;
    left += (value - fitted(x[i] ?? 0) / unit) ** 2;
  }
  return total > 0 ? 1 - left / total : null;
}
