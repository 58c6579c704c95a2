export interface Jump {
  /** Index of the first checkpoint after the jump. */
  readonly index: number;
  /** Its size as a share of the range of all checkpoints. */
  readonly share: number;
}

const mostBlocks = 64;

/**
 * The steps that no smooth curve makes, in their order: over a quarter of the range, over six times the median of their
 * neighbours' steps and over three times the step before. The first two steps are left out, because relaxation is fastest
 * there. Four times the median of all steps too: among ups and downs six small ones are neighbours by luck. Without it a
 * quarter of the runs of white noise had a jump, with it under 3 %.
 */
export function findJumps(values: Float64Array): readonly Jump[] {
  // Among thousands of noisy checkpoints some step is large by luck; the means of blocks keep a jump and lose the noise.
  const size = Math.ceil(values.length / mostBlocks);
  const y = size > 1 ? blockMeans(values, size) : values;
  const steps = Array.from(y.subarray(1), (value, i) => Math.abs(value - (y[i] ?? 0)));
  const range =
    y.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) -
    y.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (!(range > 0 && Number.isFinite(range))) return [];
  const usual = medianOf(steps);
  return steps.flatMap((step, i) => {
    if (i < 2) return [];
    const around = medianOf([...steps.slice(Math.max(0, i - 3), i), ...steps.slice(i + 1, i + 4)]);
    const isJump = step > 0.25 * range && step > 6 * around && step > 4 * usual && step > 3 * (steps[i - 1] ?? 0);
    return isJump
      ? [
          {
            index: size > 1 ? changeWithin(values, values.length - (y.length - i) * size, size) : i + 1,
            share: step / range,
          },
        ]
      : [];
  });
}

/** The checkpoint at which two neighbouring blocks part best: where the sum of distances from their mean is largest. */
function changeWithin(values: Float64Array, from: number, size: number): number {
  const both = values.subarray(from, from + 2 * size);
  const mean = both.reduce((sum, value) => sum + value, 0) / both.length;
  let [sum, furthest, at] = [0, 0, size];
  for (let i = 0; i + 1 < both.length; i++) {
    sum += (both[i] ?? mean) - mean;
    if (Math.abs(sum) > furthest) [furthest, at] = [Math.abs(sum), i + 1];
  }
  return from + at;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** null where there is none. */
export function largestJump(jumps: readonly Jump[]): Jump | null {
  return jumps.reduce<Jump | null>((largest, one) => (one.share > (largest?.share ?? 0) ? one : largest), null);
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
