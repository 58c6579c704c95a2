import type { SolverVerifierParameters } from './solverVerifierCurves.ts';
import { solverVerifierCurves } from './solverVerifierCurves.ts';

export interface ExternalData {
  /** gamma > 0: how strongly the whole budget of external data would improve the verifier in one go. */
  readonly gamma: number;
  /** eta_t by round: shares of the budget. */
  readonly shares: Float64Array;
}

/**
 * Rounds of length `spacing` with external data before each (Sun et al., cross-improvement; D5): the verifier drops by the
 * factor 1/(1 + gamma eta), then solver and verifier follow the closed form exactly for one round from where they stand.
 * Returns shares.length + 1 states, the first being the start.
 */
export function crossImprovement(
  start: SolverVerifierParameters,
  spacing: number,
  data: ExternalData,
): { solver: Float64Array; verifier: Float64Array } {
  const rounds = data.shares.length;
  const solver = new Float64Array(rounds + 1);
  const verifier = new Float64Array(rounds + 1);
  solver[0] = start.solverStart;
  verifier[0] = start.verifierStart;
  let solverNow = start.solverStart;
  let verifierNow = start.verifierStart;
  data.shares.forEach((share, round) => {
    const curves = solverVerifierCurves({
      ...start,
      solverStart: solverNow,
      verifierStart: verifierNow / (1 + data.gamma * share),
    });
    solverNow = curves.solver(spacing);
    verifierNow = curves.verifier(spacing);
    solver[round + 1] = solverNow;
    verifier[round + 1] = verifierNow;
  });
  return { solver, verifier };
}
