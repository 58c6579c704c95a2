import { normalCdf, normalCdfAt, normalDensity } from './normal.ts';

/** A weighted sum of normal distributions; weights sum to 1. */
export interface NormalMixture {
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** Value with the given probability under it, between `lower` and `upper` (the mixture cut off there). */
export function mixtureQuantile(
  mixture: NormalMixture,
  probability: number,
  lower = Number.NEGATIVE_INFINITY,
  upper = Number.POSITIVE_INFINITY,
): number {
  const under = lower === Number.NEGATIVE_INFINITY ? 0 : mixtureCdf(mixture, lower);
  const within = (upper === Number.POSITIVE_INFINITY ? 1 : mixtureCdf(mixture, upper)) - under;
  if (!(within > 1e-9)) {
    const middle = mixtureQuantile(mixture, 0.5);
    return Math.min(upper, Math.max(lower, middle));
  }
  const target = under + probability * within;
  const { weights, means, deviations } = mixture;
  let mean = 0;
  let square = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < weights.length; i++) {
    const m = means[i] ?? 0;
    const s = deviations[i] ?? 0;
    mean += (weights[i] ?? 0) * m;
    square += (weights[i] ?? 0) * (m * m + s * s);
    low = Math.min(low, m - 9 * s);
    high = Math.max(high, m + 9 * s);
  }
  const spread = Math.sqrt(Math.max(0, square - mean * mean));
  if (!(spread > 0)) return Math.min(upper, Math.max(lower, mean));
  // Newton, kept inside a bracket that every step narrows.
  let value = Math.min(high, Math.max(low, mean + (target < 0.25 ? -1.5 : target > 0.75 ? 1.5 : 0) * spread));
  for (let iteration = 0; iteration < 60; iteration++) {
    let cdf = 0;
    let density = 0;
    for (let i = 0; i < weights.length; i++) {
      const s = deviations[i] ?? 0;
      const z = (value - (means[i] ?? 0)) / s;
      const w = weights[i] ?? 0;
      if (z > 7) cdf += w;
      else if (z > -7) {
        const height = normalDensity(z);
        cdf += w * normalCdfAt(z, height);
        density += (w / s) * height;
      }
    }
    const miss = cdf - target;
    if (miss > 0) high = value;
    else low = value;
    const newton = value - miss / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - value) < 1e-5 * spread) return Math.min(upper, Math.max(lower, next));
    value = next;
  }
  return Math.min(upper, Math.max(lower, value));
}

function mixtureCdf({ weights, means, deviations }: NormalMixture, value: number): number {
  let cdf = 0;
  for (let i = 0; i < weights.length; i++) {
    cdf += (weights[i] ?? 0) * normalCdf((value - (means[i] ?? 0)) / (deviations[i] ?? 1));
  }
  return cdf;
}
