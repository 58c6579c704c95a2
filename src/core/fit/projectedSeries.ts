import type { ScaledSeries } from './scaledProblem.ts';

/** Best limit and amplitude of one series for one shape, in scaled units, and what they leave of it. */
export interface ProjectedSeries {
  readonly limit: number;
  readonly amplitude: number;
  readonly residuals: Float64Array;
  readonly ssr: number;
  /** (X'WX)^-1 for limit and amplitude; the limit's entries are 0 where a bound holds it. */
  readonly limitVariance: number;
  readonly amplitudeVariance: number;
  readonly covariance: number;
  readonly isHeld: boolean;
}

/** The linear half of variable projection: y = limit + amplitude * decay by weighted least squares. */
export function projectSeries(series: ScaledSeries, decay: Float64Array): ProjectedSeries {
  const { u, weights } = series;
  const n = u.length;
  let sw = 0;
  let sd = 0;
  let su = 0;
  for (let i = 0; i < n; i++) {
    const w = weights[i] ?? 0;
    sw += w;
    sd += w * (decay[i] ?? 0);
    su += w * (u[i] ?? 0);
  }
  const meanD = sd / sw;
  const meanU = su / sw;
  let dd = 0;
  let du = 0;
  for (let i = 0; i < n; i++) {
    const d = (decay[i] ?? 0) - meanD;
    dd += (weights[i] ?? 0) * d * d;
    du += (weights[i] ?? 0) * d * ((u[i] ?? 0) - meanU);
  }
  const isFlat = !(dd > 1e-28 * sw);
  let amplitude = isFlat ? 0 : du / dd;
  let limit = meanU - amplitude * meanD;
  const held = Math.min(series.upper, Math.max(series.lower, limit));
  const isHeld = held !== limit;
  const raw = dd + sw * meanD * meanD;
  if (isHeld) {
    limit = held;
    amplitude = raw > 0 ? (du + sw * meanD * (meanU - held)) / raw : 0;
  }
  const residuals = new Float64Array(n);
  let ssr = 0;
  for (let i = 0; i < n; i++) {
    const left = (u[i] ?? 0) - limit - amplitude * (decay[i] ?? 0);
    residuals[i] = left;
    ssr += (weights[i] ?? 0) * left * left;
  }
  return {
    limit,
    amplitude,
    residuals,
    ssr,
    isHeld,
    limitVariance: isHeld ? 0 : isFlat ? 1 / sw : 1 / sw + (meanD * meanD) / dd,
    amplitudeVariance: isHeld ? 1 / raw : isFlat ? 0 : 1 / dd,
    covariance: isHeld || isFlat ? 0 : -meanD / dd,
  };
}
