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
export function upTo(rising: Float64Array, limit: number): Float64Array {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((rising[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return rising.subarray(0, low);
}
