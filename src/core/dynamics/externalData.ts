import type { Interval, SeriesInput } from '../forecast/forecaster.ts';
import { Refusal } from '../problem.ts';

/** External data spent just after the checkpoint at x, before the next one. */
export interface Injection {
  readonly x: number;
  /** eta: share of the whole budget, > 0. */
  readonly share: number;
}

/** An injection as the user marks it; null where no share is said. */
export interface InjectionMark {
  readonly x: number;
  readonly share: number | null;
}

/** Where the solver ends, in its own units, by when the same amount of external data is spent. */
export interface TimingLimits {
  readonly none: number;
  readonly asSpent: number;
  readonly early: number;
  readonly uniform: number;
  readonly late: number;
}

/** What external data did to a run, and would have done at another time (Sun et al., cross-improvement). */
export interface ExternalData {
  readonly injections: readonly Injection[];
  /** How strongly the whole budget improves the verifier, U_v / (1 + gamma eta); null where the run does not tell it. */
  readonly gamma: Interval | null;
  readonly solverLimit: TimingLimits | null;
  /** The same in plain words, or why there is nothing to say. */
  readonly sentence: string;
}

/** Where injections can be told: from the first checkpoint on, with one of the verifier after them. */
export interface TellingSpan {
  readonly from: number;
  /** Outside of it itself. */
  readonly to: number;
}

export function tellingSpan(solver: Pick<SeriesInput, 'x'>, verifier: Pick<SeriesInput, 'x'>): TellingSpan {
  const from = Math.min(solver.x[0] ?? 0, verifier.x[0] ?? 0);
  return { from, to: verifier.x.at(-1) ?? from };
}

export const isIn = ({ from, to }: TellingSpan, x: number): boolean => x >= from && x < to;

/**
 * Marks without a share get equal parts of what the others leave of 1.
 * @throws Refusal where the others leave nothing.
 */
export function shareOut(marks: readonly InjectionMark[]): readonly Injection[] {
  const given = marks.reduce((sum, { share }) => sum + (share ?? 0), 0);
  const open = marks.filter(({ share }) => share === null).length;
  if (open > 0 && !(given < 1)) {
    throw new Refusal(
      'injection-shares',
      `The shares given to injections sum to ${given}, which leaves nothing for those without one; give every injection a share.`,
    );
  }
  return marks.map(({ x, share }) => ({ x, share: share ?? (1 - given) / open })).sort((a, b) => a.x - b.x);
}
