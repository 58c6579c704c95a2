/**
 * Indices to draw of a long series: the least and greatest value of each of `buckets` parts, ends included, in order.
 * Spikes stay, and a picture of it is the same.
 */
export function decimate(y: Float64Array, buckets: number): Int32Array {
  if (y.length <= 2 * buckets) return Int32Array.from(y.keys());
  const kept = new Set<number>([0, y.length - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * y.length) / buckets);
    const to = Math.floor(((bucket + 1) * y.length) / buckets);
    let low = from;
    let high = from;
    for (let i = from; i < to; i++) {
      if ((y[i] ?? 0) < (y[low] ?? 0)) low = i;
      if ((y[i] ?? 0) > (y[high] ?? 0)) high = i;
    }
    kept.add(low).add(high);
  }
  return Int32Array.from(kept).sort();
}
