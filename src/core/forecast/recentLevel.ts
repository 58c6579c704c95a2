/** The median of the last tenth: where a run is, its noise averaged out. */
export function recentLevel(y: Float64Array): number {
  const recent = y.slice(y.length - Math.max(1, Math.floor(y.length / 10))).sort();
  const low = recent[Math.ceil(recent.length / 2) - 1] ?? 0;
  const high = recent[Math.floor(recent.length / 2)] ?? low;
  return low + (high - low) / 2;
}
