export interface Jump {
  /** Index of the first checkpoint after the jump. */
  readonly index: number;
  /** Its size as a share of the range of all checkpoints. */
  readonly share: number;
}

const mostBlocks = 64;

/**
 * The largest step that no smooth curve makes: over a quarter of the range, over six times the median of its neighbours'
 * steps and over three times the step before. The first two steps are left out, because relaxation is fastest there.
 */
export function findJump(values: Float64Array): Jump | null {
  // Among thousands of noisy checkpoints some step is large by luck; the means of blocks keep a jump and lose the noise.
  const size = Math.ceil(values.length / mostBlocks);
  const y = size > 1 ? blockMeans(values, size) : values;
  const steps = Array.from(y.subarray(1), (value, i) => Math.abs(value - (y[i] ?? 0)));
  const range = y.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - y.reduce((a, b) => Math.min(a, b));
  if (!(range > 0 && Number.isFinite(range))) return null;
  let largest: Jump | null = null;
  for (let i = 2; i < steps.length; i++) {
    const step = steps[i] ?? 0;
    const around = [...steps.slice(Math.max(0, i - 3), i), ...steps.slice(i + 1, i + 4)].sort((a, b) => a - b);
    const middle = around.length / 2;
    const median =
      ((around[Math.floor(middle)] ?? 0) + (around[Math.ceil(middle) - 1] ?? around[Math.floor(middle)] ?? 0)) / 2;
    const isJump = step > 0.25 * range && step > 6 * median && step > 3 * (steps[i - 1] ?? 0);
    if (isJump && step / range > (largest?.share ?? 0)) largest = { index: (i + 1) * size, share: step / range };
  }
  return largest;
}

function blockMeans(values: Float64Array, size: number): Float64Array {
  const means = new Float64Array(Math.floor(values.length / size));
  // The oldest values that fill no block are left out.
  const from = values.length - means.length * size;
  for (let i = 0; i < means.length * size; i++) {
    const block = Math.floor(i / size);
    means[block] = (means[block] ?? 0) + (values[from + i] ?? 0) / size;
  }
  return means;
}
