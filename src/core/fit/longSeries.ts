import type { LinearPart } from './linearPart.ts';
import { fillDecays, solveLinear } from './linearPart.ts';
import type { ScaledSeries } from './scaledProblem.ts';

/** Checkpoints whose decays are made and summed before the next: they stay in the processor's nearest cache. */
const stretch = 2048;
const scratch = new Float64Array(stretch);

interface RatePoint {
  readonly part: LinearPart;
  /** Of half the sum of squares, by the rate: what `rateDirection` says. */
  readonly against: number;
  readonly along: number;
}

/**
 * What `linearPart` and `rateDirection` say of a series, in one pass: on 100,000 checkpoints memory is most of what a fit takes.
 * @param near about the weighted mean of e^(-rate t) - 1: sums about a place near the mean do not cancel
 */
export function longRatePoint(series: ScaledSeries, rate: number, near: number): RatePoint {
  const { t, u, weights, weight: sw } = series;
  let se = 0;
  let see = 0;
  let seu = 0;
  let sd = 0;
  let sdd = 0;
  let sde = 0;
  let sdu = 0;
  for (let from = 0; from < t.length; from += stretch) {
    const length = fillStretch(series, rate, from);
    for (let i = 0; i < length; i++) {
      const decay = scratch[i] ?? 0;
      const w = weights[from + i] ?? 0;
      const value = u[from + i] ?? 0;
      const e = decay - near;
      const d = -(t[from + i] ?? 0) * (1 + decay);
      const we = w * e;
      const wd = w * d;
      se += we;
      see += we * e;
      seu += we * value;
      sd += wd;
      sdd += wd * d;
      sde += wd * e;
      sdu += wd * value;
    }
  }
  const aside = se / sw;
  const part = solveLinear(series, near + aside, see - se * aside, seu);
  const { limit, amplitude, isHeld } = part;
  // The derivative is projected on the decay about its mean, or about 0 where the limit is held.
  const shift = isHeld ? 1 + near : -aside;
  const ed = sde + shift * sd;
  const ee = see + shift * (2 * se + shift * sw);
  const ones = isHeld ? 0 : (sd * sd) / sw;
  const left = ee > 0 ? Math.max(0, sdd - ones - (ed * ed) / ee) : 0;
  const against = sdu - (limit + amplitude * (1 + near)) * sd - amplitude * sde;
  return { part, against: amplitude * against, along: amplitude * amplitude * left };
}

/** Under this share of the total the short form of the sum of squares has lost digits that count. */
const cancels = 1e-3;

/** `residualSum` of a series at a rate; of a noisy one the short form is as good to ten digits, and spares a pass. */
export function longResidualSum(series: ScaledSeries, rate: number, { limit, amplitude, ssr }: LinearPart): number {
  const { u, weights, total } = series;
  if (ssr > cancels * total) return ssr;
  const start = limit + amplitude;
  let sum = 0;
  for (let from = 0; from < u.length; from += stretch) {
    const length = fillStretch(series, rate, from);
    for (let i = 0; i < length; i++) {
      const residual = (u[from + i] ?? 0) - start - amplitude * (scratch[i] ?? 0);
      sum += (weights[from + i] ?? 0) * residual * residual;
    }
  }
  return sum;
}

/** @returns how many decays there are */
function fillStretch({ t, spacing }: ScaledSeries, rate: number, from: number): number {
  const part = t.subarray(from, from + stretch);
  fillDecays({ t: part, spacing }, rate, scratch);
  return part.length;
}
