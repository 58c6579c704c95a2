/** Whether each of some rising values is among others, which rise too. */
export function isWithin(some: Float64Array, all: Float64Array): boolean {
  let j = 0;
  for (let i = 0; i < some.length; i++) {
    const at = some[i] ?? 0;
    while (j < all.length && (all[j] ?? 0) < at) j += 1;
    if (all[j] !== at) return false;
  }
  return true;
}

/** The values of both, rising, each once. */
export function unionOf(a: Float64Array, b: Float64Array): Float64Array {
  const union = new Float64Array(a.length + b.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = i < a.length ? (a[i] ?? 0) : Number.POSITIVE_INFINITY;
    const right = j < b.length ? (b[j] ?? 0) : Number.POSITIVE_INFINITY;
    union[length] = Math.min(left, right);
    length += 1;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return union.slice(0, length);
}

/** A view of the values up to a limit. */
export const upTo = (rising: Float64Array, limit: number): Float64Array =>
  rising.subarray(
    0,
    countWhile(rising.length, (i) => (rising[i] ?? 0) <= limit),
  );

/** Index of the first value that is not less; how many there are where all are. */
export const indexFrom = (rising: Int32Array, least: number): number =>
  countWhile(rising.length, (i) => (rising[i] ?? 0) < least);

/** How many of the first hold, where none after one that does not hold does. */
export function countWhile(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
