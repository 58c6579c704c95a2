export interface LimitSensitivity {
  /** dU_s,inf / dG_0 with the solver's start held: the verifier starts better. */
  readonly solverStartHeld: number;
  /** dU_s,inf / dG_0 with the verifier's start held: the solver starts worse (the form printed by Sun et al.). */
  readonly verifierStartHeld: number;
}

/**
 * How a larger initial gap moves the solver's limit (D4). Both are negative for beta > 0, and differ by the 1 that the
 * solver's own start contributes. Wherever one is shown, say what is held.
 */
export function limitSensitivity(betaOverAlpha: number): LimitSensitivity {
  return {
    solverStartHeld: -1 / (1 - betaOverAlpha),
    verifierStartHeld: -betaOverAlpha / (1 - betaOverAlpha),
  };
}
