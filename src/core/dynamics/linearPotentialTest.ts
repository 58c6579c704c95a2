import { fTail } from '../fit/fTail.ts';
import type { FitSeries } from '../fit/sharedRateFit.ts';
import { fitSharedRate } from '../fit/sharedRateFit.ts';
import { weighSeries } from './weighSeries.ts';

export interface LinearPotentialTest {
  readonly pValue: number;
  /** True unless rejected at 5 %. */
  readonly holds: boolean;
  /** Bend of the pull: positive where it weakens faster than the gap closes. In units of the pull at the start. */
  readonly bend: number;
}

/**
 * F test of a linear potential f(G) = kG - b against one with a square in it. To first order a square q (G - b/k)^2 adds
 * e^(-2 rho x) to solver and verifier in the ratio of their amplitudes (perturbation of dG/dx = -(alpha - beta) f(G) about
 * its exponential), so the test asks whether that column explains more of the residuals of the one-rate fit than chance
 * would. null where there is no such fit, or too few checkpoints for the column.
 */
export function testLinearPotential(series: readonly FitSeries[]): LinearPotentialTest | null {
  const weighed = weighSeries(series);
  if (weighed === null) return null;
  const fit = fitSharedRate(weighed.series);
  if (fit.kind === 'none' || fit.stoppedAt !== 'optimum') return null;
  const dof = fit.n - 2 * series.length - 2;
  if (dof < 1) return null;
  let left = 0;
  let total = 0;
  let dd = 0;
  let dq = 0;
  let qq = 0;
  let qr = 0;
  fit.problem.series.forEach(({ t, u, weights, centre, total: own }, j) => {
    const { limit, amplitude } = fit.series[j] ?? { limit: 0, amplitude: 0 };
    const { unit, span } = fit.problem;
    const decay = t.map((at) => Math.exp(-fit.rate * span * at));
    const project = projector(weights, decay);
    const slope = project(decay.map((e, i) => (-amplitude / unit) * (t[i] ?? 0) * e));
    const square = project(decay.map((e) => (amplitude / unit) * e * e));
    total += own;
    u.forEach((value, i) => {
      const w = weights[i] ?? 0;
      const residual = value + centre - limit / unit - (amplitude / unit) * (decay[i] ?? 0);
      left += w * residual * residual;
      dd += w * (slope[i] ?? 0) ** 2;
      dq += w * (slope[i] ?? 0) * (square[i] ?? 0);
      qq += w * (square[i] ?? 0) ** 2;
      qr += w * (square[i] ?? 0) * residual;
    });
  });
  const size = dd > 0 ? qq - (dq * dq) / dd : 0;
  if (!(size > 1e-12 * qq)) return null;
  const bend = qr / size;
  // What rounding alone leaves of a perfect fit says nothing of its law.
  if (left <= 1e-20 * total) return { pValue: 1, holds: true, bend: 0 };
  const explained = (qr * qr) / size;
  const pValue = fTail(explained / (Math.max(0, left - explained) / dof), 1, dof);
  return { pValue, holds: pValue >= 0.05, bend };
}

/** Takes out of a column what a limit and an amplitude can make up for. */
function projector(weights: Float64Array, decay: Float64Array): (column: Float64Array) => Float64Array {
  const mean = (values: Float64Array): number => {
    let sum = 0;
    let sw = 0;
    values.forEach((value, i) => {
      sw += weights[i] ?? 0;
      sum += (weights[i] ?? 0) * value;
    });
    return sum / sw;
  };
  const meanDecay = mean(decay);
  const centred = decay.map((value) => value - meanDecay);
  const size = centred.reduce((sum, value, i) => sum + (weights[i] ?? 0) * value * value, 0);
  return (column) => {
    const meanColumn = mean(column);
    const along = column.reduce((sum, value, i) => sum + (weights[i] ?? 0) * (centred[i] ?? 0) * value, 0) / size;
    return column.map((value, i) => value - meanColumn - along * (centred[i] ?? 0));
  };
}
