import type { Interval } from '../forecast/forecaster.ts';
import type { Hypothesis } from './hypotheses.ts';

export interface RoleR2 {
  readonly solver: number | null;
  readonly verifier: number | null;
  readonly gap: number | null;
}

/**
 * Solver–verifier dynamics of one run (Sun et al., ICLR 2026): what curves identify. alpha, beta, k and b one by one
 * are not identifiable from curves (scale f up, alpha and beta down) and are therefore absent.
 */
export interface Dynamics {
  /** The one rate that all three curves share, per unit of x. */
  readonly rate: Interval;
  readonly betaOverAlpha: number;
  readonly kAlpha: number;
  readonly kBeta: number;
  /** G_inf = b/k. */
  readonly gapLimit: number;
  readonly solverLimit: number;
  readonly verifierLimit: number;
  /** Intervals of the three limits under the shared rate. */
  readonly gapLimitInterval: Interval;
  readonly solverLimitInterval: Interval;
  readonly verifierLimitInterval: Interval;
  /** In-sample R² of the shared-rate fit. */
  readonly r2: RoleR2;
  /** Linearised potential f(G) = kG - b: R² of its straight line, and b/k, the part that is identifiable. */
  readonly potential: { readonly r2: number; readonly bOverK: number };
  /** F test of one rate against separate rates. */
  readonly sharedRate: { readonly pValue: number; readonly holds: boolean };
  /** What of the theory the run was asked about, and what it says. */
  readonly hypotheses: readonly Hypothesis[];
}
