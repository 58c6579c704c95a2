import type { Injection } from './externalData.ts';

/** Nonlinear parameters of a run with external data. */
export interface InjectedLaw {
  /** rho, per unit of x. */
  readonly rate: number;
  /** beta/alpha in [0, 1). */
  readonly betaOverAlpha: number;
  readonly gamma: number;
}

export interface State {
  readonly solver: number;
  readonly verifier: number;
}

export interface PathStart extends State {
  readonly x: number;
  readonly gapLimit: number;
}

/**
 * Solver and verifier at each x by the closed form, the verifier falling by the factor 1/(1 + gamma eta) just after the
 * checkpoint of each injection (D5). Linear in the start and the gap's limit. @param at rising, from start.x on.
 */
export function injectedPath(
  law: InjectedLaw,
  start: PathStart,
  injections: readonly Injection[],
  at: Float64Array,
): { readonly solver: Float64Array; readonly verifier: Float64Array; readonly last: State } {
  const { rate, betaOverAlpha, gamma } = law;
  const solver = new Float64Array(at.length);
  const verifier = new Float64Array(at.length);
  let { x, solver: s, verifier: v } = start;
  let next = 0;
  const goTo = (to: number): void => {
    const moved = ((s - v - start.gapLimit) * -Math.expm1(-rate * (to - x))) / (1 - betaOverAlpha);
    s -= moved;
    v -= betaOverAlpha * moved;
    x = to;
  };
  at.forEach((to, i) => {
    for (let one = injections[next]; one !== undefined && one.x < to; one = injections[next]) {
      goTo(Math.max(x, one.x));
      v /= 1 + gamma * one.share;
      next++;
    }
    goTo(to);
    solver[i] = s;
    verifier[i] = v;
  });
  return { solver, verifier, last: { solver: s, verifier: v } };
}
