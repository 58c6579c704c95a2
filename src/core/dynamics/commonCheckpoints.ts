/** Indices of the values that two rising arrays share, into the one and the other. */
export function commonCheckpoints(
  a: Float64Array,
  b: Float64Array,
): { readonly inA: Int32Array; readonly inB: Int32Array } {
  const most = Math.min(a.length, b.length);
  const inA = new Int32Array(most);
  const inB = new Int32Array(most);
  let n = 0;
  for (let i = 0, j = 0; i < a.length; i++) {
    const at = a[i] ?? 0;
    while (j < b.length && (b[j] ?? 0) < at) j++;
    if (j >= b.length) break;
    if (b[j] !== at) continue;
    inA[n] = i;
    inB[n] = j;
    n++;
  }
  return { inA: inA.subarray(0, n), inB: inB.subarray(0, n) };
}
