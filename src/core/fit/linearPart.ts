import type { ScaledSeries } from './scaledProblem.ts';

export interface LinearPart {
  readonly limit: number;
  readonly amplitude: number;
  readonly ssr: number;
  /** Entries of (X'WX)^-1 for limit and amplitude; the limit's are 0 where a bound holds it. */
  readonly limitVariance: number;
  readonly amplitudeVariance: number;
  readonly covariance: number;
  readonly isHeld: boolean;
  /** Weighted mean of the decay, 0 to 1. */
  readonly meanDecay: number;
}

/** Under this rate e^(-rt) - 1 loses digits that the fit of a nearly straight line needs. */
const slow = 0.25;
/** On equal spacing each exponential is the one before times a constant, begun anew before roundings add up. */
const run = 32;

/** e^(-rate t) - 1 into `into`, which is as long as t. */
export function fillDecays(
  { t, spacing }: Pick<ScaledSeries, 't' | 'spacing'>,
  rate: number,
  into: Float64Array,
): void {
  const n = t.length;
  if (rate < slow) {
    for (let i = 0; i < n; i++) into[i] = Math.expm1(-rate * (t[i] ?? 0));
  } else if (spacing === null) {
    for (let i = 0; i < n; i++) into[i] = Math.exp(-rate * (t[i] ?? 0)) - 1;
  } else {
    const factor = Math.exp(-rate * spacing);
    let decay = 1;
    for (let i = 0; i < n; i++) {
      decay = i % run === 0 ? Math.exp(-rate * (t[i] ?? 0)) : decay * factor;
      into[i] = decay - 1;
    }
  }
}

/** Best limit and amplitude of one series for a rate, all in scaled units. @param decays by {@link fillDecays}. */
export function linearPart(series: ScaledSeries, decays: Float64Array): LinearPart {
  const { u, weights, weight: sw } = series;
  const n = u.length;
  let se = 0;
  for (let i = 0; i < n; i++) se += (weights[i] ?? 0) * (decays[i] ?? 0);
  const meanE = se / sw;
  let cee = 0;
  let ceu = 0;
  for (let i = 0; i < n; i++) {
    const e = (decays[i] ?? 0) - meanE;
    const we = (weights[i] ?? 0) * e;
    cee += we * e;
    ceu += we * (u[i] ?? 0);
  }
  return solveLinear(series, meanE, cee, ceu);
}

/** @param meanE weighted mean of e^(-rate t) - 1; @param cee its squares about it, and @param ceu its product with u */
export function solveLinear(
  { weight: sw, total, lower, upper }: ScaledSeries,
  meanE: number,
  cee: number,
  ceu: number,
): LinearPart {
  if (!(cee > 0)) {
    return {
      limit: 0,
      amplitude: 0,
      ssr: total,
      limitVariance: 1 / sw,
      amplitudeVariance: 0,
      covariance: 0,
      isHeld: false,
      meanDecay: 1 + meanE,
    };
  }
  const amplitude = ceu / cee;
  const limit = -amplitude * (1 + meanE);
  if (limit >= lower && limit <= upper) {
    return {
      limit,
      amplitude,
      ssr: Math.max(0, total - (ceu * ceu) / cee),
      limitVariance: 1 / sw + (1 + meanE) ** 2 / cee,
      amplitudeVariance: 1 / cee,
      covariance: -(1 + meanE) / cee,
      isHeld: false,
      meanDecay: 1 + meanE,
    };
  }
  const held = Math.min(upper, Math.max(lower, limit));
  const eeRaw = cee + sw * (1 + meanE) ** 2;
  const euRaw = ceu - sw * (1 + meanE) * held;
  const heldAmplitude = euRaw / eeRaw;
  return {
    limit: held,
    amplitude: heldAmplitude,
    ssr: Math.max(0, total + sw * held ** 2 - (euRaw * euRaw) / eeRaw),
    limitVariance: 0,
    amplitudeVariance: 1 / eeRaw,
    covariance: 0,
    isHeld: true,
    meanDecay: 1 + meanE,
  };
}

/** Exact residual sum: the short form in {@link linearPart} cancels where the fit is nearly perfect. */
export function residualSum({ u, weights }: ScaledSeries, decays: Float64Array, part: LinearPart): number {
  const start = part.limit + part.amplitude;
  let sum = 0;
  for (let i = 0; i < u.length; i++) {
    const residual = (u[i] ?? 0) - start - part.amplitude * (decays[i] ?? 0);
    sum += (weights[i] ?? 0) * residual * residual;
  }
  return sum;
}

/** Derivative of the fitted curve by the rate with the part that limit and amplitude can make up for taken out. */
export function rateDirection(
  { t, u, weights, weight: sw }: ScaledSeries,
  decays: Float64Array,
  part: LinearPart,
): { against: number; along: number } {
  const n = t.length;
  const { limit, amplitude, isHeld } = part;
  const meanE = isHeld ? 0 : part.meanDecay;
  let sd = 0;
  let dd = 0;
  let ed = 0;
  let ee = 0;
  let dr = 0;
  for (let i = 0; i < n; i++) {
    const w = weights[i] ?? 0;
    const raw = 1 + (decays[i] ?? 0);
    const e = raw - meanE;
    const d = -(t[i] ?? 0) * raw;
    const wd = w * d;
    sd += wd;
    dd += wd * d;
    ed += wd * e;
    ee += w * e * e;
    // Residuals are orthogonal to the linear part, so the derivative need not be projected to be summed with them.
    dr += wd * ((u[i] ?? 0) - limit - amplitude * raw);
  }
  const ones = isHeld ? 0 : (sd * sd) / sw;
  const left = ee > 0 ? Math.max(0, dd - ones - (ed * ed) / ee) : 0;
  return { against: amplitude * dr, along: amplitude * amplitude * left };
}
