import type { FitSeries } from '../fit/sharedRateFit.ts';
import { pick } from '../pick.ts';
import { formatNumber } from '../report/formatNumber.ts';
import { commonCheckpoints } from './commonCheckpoints.ts';
import { invariantLine } from './invariantLine.ts';
import { testLinearPotential } from './linearPotentialTest.ts';
import { pWords } from './pWords.ts';
import type { SharedRateTest } from './sharedRateTest.ts';

/** A statement of the theory that the run was asked about. */
export interface Hypothesis {
  readonly name: 'shared-rate' | 'straight-line' | 'linear-potential';
  readonly pValue: number;
  /** True unless rejected at 5 %: few or noisy checkpoints reject nothing. */
  readonly holds: boolean;
  /** What the run says about it, with figures. */
  readonly sentence: string;
}

export interface HypothesisParts {
  /** Solver and verifier. */
  readonly series: readonly [FitSeries, FitSeries];
  readonly sharedRate: SharedRateTest;
  /** Rate of the fit with one for both. */
  readonly rate: number;
  readonly gapLimit: number;
}

/**
 * What of the theory holds on this run: one rate (section 2 of Sun et al.), the straight line that solver and verifier keep
 * whatever drives them, and the linear potential that makes it an exponential. A test without degrees of freedom is left out.
 */
export function testHypotheses({ series, sharedRate, rate, gapLimit }: HypothesisParts): readonly Hypothesis[] {
  const all: Hypothesis[] = [];
  const add = (name: Hypothesis['name'], pValue: number, says: { readonly yes: string; readonly no: string }): void => {
    if (!Number.isFinite(pValue)) return;
    const holds = pValue >= 0.05;
    all.push({ name, pValue, holds, sentence: holds ? says.yes : says.no });
  };
  const [solverRate = rate, verifierRate = rate] = sharedRate.rates;
  const alone = `alone the solver relaxes at ${rounded(solverRate)} and the verifier at ${rounded(verifierRate)}`;
  add('shared-rate', sharedRate.pValue, {
    yes: `One rate fits solver and verifier (${pWords(sharedRate.pValue)}): ${rounded(rate)}; ${alone}.`,
    no: `Solver and verifier do not share one rate (${pWords(sharedRate.pValue)}): ${alone}.`,
  });
  const line = invariantLine(...inCommon(series));
  if (line !== null) {
    const p = line.curvaturePValue;
    add('straight-line', p, {
      yes: `Solver and verifier keep to a straight line (${pWords(p)}): for each 1 of the solver the verifier moves ${rounded(line.betaOverAlpha)}.`,
      no: `Solver and verifier do not keep to a straight line (${pWords(p)}), so the gap alone does not drive both.`,
    });
  }
  const potential = testLinearPotential(series);
  if (potential !== null) {
    const p = potential.pValue;
    add('linear-potential', p, {
      yes: `The pull of the gap is a straight line as far as can be told (${pWords(p)}); it ends at a gap of ${rounded(gapLimit)}.`,
      no: `The pull of the gap is no straight line (${pWords(p)}): it weakens ${potential.bend > 0 ? 'faster' : 'more slowly'} than the gap closes, so an exponential is not the law of this run.`,
    });
  }
  return all;
}

const rounded = (value: number): string => formatNumber(value, value / 10);

/** Values of both at the x that they have in common. */
function inCommon([solver, verifier]: readonly [FitSeries, FitSeries]): [Float64Array, Float64Array] {
  const { inA, inB } = commonCheckpoints(solver.x, verifier.x);
  return [pick(solver.y, inA), pick(verifier.y, inB)];
}
