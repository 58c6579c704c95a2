import { binLong } from '../fit/binLong.ts';
import { profileRate } from '../fit/rateProfile.ts';
import { rSquared } from '../fit/rSquared.ts';
import { fitSharedRate } from '../fit/sharedRateFit.ts';
import type { ForecastRequest, Interval, SeriesInput } from '../forecast/forecaster.ts';
import { pick } from '../pick.ts';
import { commonCheckpoints } from './commonCheckpoints.ts';
import type { Dynamics } from './dynamics.ts';
import { testHypotheses } from './hypotheses.ts';
import { potentialLine } from './potentialLine.ts';
import { testSharedRate } from './sharedRateTest.ts';
import type { Trio } from './thirdSeries.ts';
import { completeTrio } from './thirdSeries.ts';
import { toFitSeries } from './toFitSeries.ts';

const fewestCheckpoints = 5;

/**
 * Fits solver and verifier with one rate by least squares (THEORY of Sun et al., section 2; D2, D3); a missing third series
 * follows from the other two. null where two of the three are missing, under 5 common checkpoints, where nothing changes,
 * where the solver does not move, or where the data does not bound rate and limits: then there is nothing to print.
 */
export function fitDynamics(
  solver: SeriesInput | null,
  verifier: SeriesInput | null,
  gap: SeriesInput | null,
  request: Pick<ForecastRequest, 'level'>,
): Dynamics | null {
  const trio = completeTrio(solver, verifier, gap);
  if (trio === null || trio.solver.x.length < fewestCheckpoints || trio.verifier.x.length < fewestCheckpoints)
    return null;
  const series = [binLong(toFitSeries(trio.solver)), binLong(toFitSeries(trio.verifier))] as const;
  const fit = fitSharedRate(series);
  if (fit.kind === 'none' || fit.stoppedAt !== 'optimum') return null;
  const [s, v] = fit.series;
  if (s === undefined || v === undefined || s.amplitude === 0) return null;
  const sign = trio.solver.direction === 'higher' ? -1 : 1;
  const profile = profileRate(fit);
  const { level } = request;
  const interval = (value: number, bounds: { lower: number; upper: number }): Interval => ({
    value,
    // On noiseless data the ends differ from the value by rounding alone, to either side.
    lower: Math.min(value, bounds.lower),
    upper: Math.max(value, bounds.upper),
    level,
  });
  const rate = interval(fit.rate, profile.rate(level));
  const solverLimit = interval(s.limit, profile.limit([{ series: 0, factor: 1 }], level));
  const verifierLimit = interval(v.limit, profile.limit([{ series: 1, factor: 1 }], level));
  const gapTerms = [
    { series: 0, factor: sign },
    { series: 1, factor: -sign },
  ];
  const gapLimit = interval(sign * (s.limit - v.limit), profile.limit(gapTerms, level));
  const isBounded = [rate, solverLimit, verifierLimit, gapLimit].every(
    (one) => Number.isFinite(one.lower) && Number.isFinite(one.upper),
  );
  const sharedRate = testSharedRate(series);
  const betaOverAlpha = v.amplitude / s.amplitude;
  const kAlpha = fit.rate / (1 - betaOverAlpha);
  if (!isBounded || sharedRate === null || !Number.isFinite(kAlpha)) return null;
  const relaxation = (limit: number, amplitude: number) => (x: number) =>
    limit + amplitude * Math.exp(-fit.rate * (x - fit.origin));
  // Of the checkpoints themselves: averages hide the noise that they have.
  const r2 = {
    solver: rSquared(trio.solver, relaxation(s.limit, s.amplitude)) ?? s.r2,
    verifier: rSquared(trio.verifier, relaxation(v.limit, v.amplitude)) ?? v.r2,
    gap: rSquared(madeGap(trio), relaxation(gapLimit.value, sign * (s.amplitude - v.amplitude))),
  };
  const common = potentialOf(trio);
  return {
    rate,
    betaOverAlpha,
    kAlpha,
    kBeta: betaOverAlpha * kAlpha,
    gapLimit: gapLimit.value,
    solverLimit: s.limit,
    verifierLimit: v.limit,
    gapLimitInterval: gapLimit,
    solverLimitInterval: solverLimit,
    verifierLimitInterval: verifierLimit,
    r2,
    potential: common ?? { r2: 0, bOverK: gapLimit.value },
    sharedRate: { pValue: sharedRate.pValue, holds: sharedRate.holds },
    hypotheses: testHypotheses({ series, sharedRate, rate: fit.rate, gapLimit: gapLimit.value }),
  };
}

/**
 * The gap that solver and verifier make. The logged one is not asked where both are logged: published ones carry an offset
 * of their own, and what the two-variable model says is about the difference.
 */
function madeGap({ solver, verifier, gap }: Trio): SeriesInput {
  return completeTrio(solver, verifier, null)?.gap ?? gap;
}

function potentialOf(trio: Trio): { readonly r2: number; readonly bOverK: number } | null {
  const sign = trio.solver.direction === 'higher' ? -1 : 1;
  const gap = madeGap(trio);
  const { inA, inB } = commonCheckpoints(trio.solver.x, gap.x);
  return potentialLine(
    pick(trio.solver.x, inA),
    pick(trio.solver.y, inA).map((value) => sign * value),
    pick(gap.y, inB),
  );
}
