/** The values at some indices; NaN outside. */
export function pick(values: Float64Array, indices: Int32Array): Float64Array {
  const picked = new Float64Array(indices.length);
  for (let i = 0; i < indices.length; i++) picked[i] = values[indices[i] ?? 0] ?? Number.NaN;
  return picked;
}
