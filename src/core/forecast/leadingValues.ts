/** In ranges of all values behind it: further than one step of any relaxation that the others still show. */
const farFrom = 20;
const mostLeading = 2;
/** So many are to be left of which the curve is told. */
const fewestBehind = 8;

/**
 * How many values at the beginning stand so far from all behind them that what the others do is lost beside them, as a
 * perplexity before training does: a curve through both sees in the others nothing but noise.
 */
export function countLeading(y: Float64Array): number {
  for (let count = Math.min(mostLeading, y.length - fewestBehind); count > 0; count -= 1) {
    const others = y.subarray(count);
    if (y.subarray(0, count).every((value) => standsApart(value, others))) return count;
  }
  return 0;
}

function standsApart(value: number, others: Float64Array): boolean {
  const lowest = others.reduce((a, b) => Math.min(a, b));
  const highest = others.reduce((a, b) => Math.max(a, b));
  return highest > lowest && Math.max(lowest - value, value - highest) > farFrom * (highest - lowest);
}
