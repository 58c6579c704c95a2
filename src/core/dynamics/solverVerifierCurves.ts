/** One run of the dynamics in the quantities that curves identify (D2). */
export interface SolverVerifierParameters {
  /** beta/alpha, in [0, 1): how much of the gap's drive reaches the verifier. */
  readonly betaOverAlpha: number;
  /** rho = k (alpha - beta), per unit of x. */
  readonly rate: number;
  /** G_inf = b/k. */
  readonly gapLimit: number;
  readonly solverStart: number;
  readonly verifierStart: number;
}

export interface SolverVerifierClosedForm {
  readonly gapLimit: number;
  readonly solverLimit: number;
  readonly verifierLimit: number;
  /** delta, alpha' and beta' of Sun et al.: what each curve has still to lose at x = 0. */
  readonly gapAmplitude: number;
  readonly solverAmplitude: number;
  readonly verifierAmplitude: number;
  solver(x: number): number;
  verifier(x: number): number;
  gap(x: number): number;
}

/** Closed form of the linearised dynamics (Sun et al., ICLR 2026, arXiv:2507.00075, theorem on the exponential law). */
export function solverVerifierCurves(parameters: SolverVerifierParameters): SolverVerifierClosedForm {
  const { betaOverAlpha, rate, gapLimit, solverStart, verifierStart } = parameters;
  const gapAmplitude = solverStart - verifierStart - gapLimit;
  const solverAmplitude = gapAmplitude / (1 - betaOverAlpha);
  const verifierAmplitude = betaOverAlpha * solverAmplitude;
  const solverLimit = solverStart - solverAmplitude;
  const verifierLimit = verifierStart - verifierAmplitude;
  return {
    gapLimit,
    solverLimit,
    verifierLimit,
    gapAmplitude,
    solverAmplitude,
    verifierAmplitude,
    solver: (x) => solverLimit + solverAmplitude * Math.exp(-rate * x),
    verifier: (x) => verifierLimit + verifierAmplitude * Math.exp(-rate * x),
    gap: (x) => gapLimit + gapAmplitude * Math.exp(-rate * x),
  };
}
