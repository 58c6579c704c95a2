import { commonCheckpoints } from '../dynamics/commonCheckpoints.ts';
import { testSharedRate } from '../dynamics/sharedRateTest.ts';
import { toFitSeries } from '../dynamics/toFitSeries.ts';
import { binLong } from '../fit/binLong.ts';
import type { RateProfile, Term } from '../fit/rateProfile.ts';
import { profileRate } from '../fit/rateProfile.ts';
import type { SharedRateFit } from '../fit/sharedRateFit.ts';
import { fitSharedRate } from '../fit/sharedRateFit.ts';
import { pick } from '../pick.ts';
import type { SeriesInput } from './forecaster.ts';

/** Solver and verifier under one rate, where the F test does not reject it. */
export interface SharedRateLaw {
  readonly fit: SharedRateFit;
  readonly profile: RateProfile;
  readonly pValue: number;
  /** How a series is made of the fitted ones; null where it is none of them. */
  termsOf(input: SeriesInput): readonly Term[] | null;
  /** Standard deviation of the noise of one checkpoint of a combination. */
  noise(terms: readonly Term[]): number;
}

const fewestCheckpoints = 6;

export function findSharedRateLaw(inputs: readonly SeriesInput[]): SharedRateLaw | null {
  const solver = inputs.find((one) => one.role === 'solver');
  const verifier = inputs.find((one) => one.role === 'verifier');
  if (solver === undefined || verifier === undefined) return null;
  if (solver.x.length < fewestCheckpoints || verifier.x.length < fewestCheckpoints) return null;
  const series = [binLong(toFitSeries(solver)), binLong(toFitSeries(verifier))];
  const test = testSharedRate(series);
  if (test === null || !test.holds) return null;
  const fit = fitSharedRate(series);
  if (fit.kind === 'none' || fit.stoppedAt !== 'optimum') return null;
  // Half of the rate's degree of freedom each.
  const deviations = fit.series.map((one) => one.residual / Math.sqrt(Math.max(1, one.n - 2.5)));
  const sign = solver.direction === 'higher' ? -1 : 1;
  const differences = new Map<SeriesInput, boolean>();
  const isMade = (gap: SeriesInput): boolean => {
    const known = differences.get(gap) ?? isDifference(gap, solver, verifier, sign);
    differences.set(gap, known);
    return known;
  };
  return {
    fit,
    profile: profileRate(fit),
    pValue: test.pValue,
    termsOf: (input) => {
      if (input === solver) return [{ series: 0, factor: 1 }];
      if (input === verifier) return [{ series: 1, factor: 1 }];
      if (input.role !== 'gap' || !isMade(input)) return null;
      return [
        { series: 0, factor: sign },
        { series: 1, factor: -sign },
      ];
    },
    noise: (terms) => Math.hypot(...terms.map((term) => term.factor * (deviations[term.series] ?? 0))),
  };
}

/** Published gaps carry an offset of their own; only a gap that is the difference may be forecast as one. */
function isDifference(gap: SeriesInput, solver: SeriesInput, verifier: SeriesInput, sign: number): boolean {
  const { inA, inB } = commonCheckpoints(solver.x, verifier.x);
  const made = commonCheckpoints(gap.x, pick(solver.x, inA));
  if (made.inA.length < gap.x.length) return false;
  const [ofSolver, ofVerifier, ofGap] = [solver.y, verifier.y, gap.y];
  for (let i = 0; i < made.inB.length; i++) {
    const at = made.inB[i] ?? 0;
    const s = ofSolver[inA[at] ?? 0] ?? 0;
    const v = ofVerifier[inB[at] ?? 0] ?? 0;
    const isSame = Math.abs(sign * (s - v) - (ofGap[i] ?? 0)) <= 1e-6 * (Math.abs(s) + Math.abs(v));
    if (!isSame) return false;
  }
  return true;
}
