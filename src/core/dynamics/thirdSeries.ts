import type { SeriesInput } from '../forecast/forecaster.ts';
import { pick } from '../pick.ts';
import { commonCheckpoints } from './commonCheckpoints.ts';

export interface Trio {
  readonly solver: SeriesInput;
  readonly verifier: SeriesInput;
  readonly gap: SeriesInput;
}

/**
 * Completes two of the three by G = U_s - U_v on the x both have (D3); null with fewer than two. For metrics where higher
 * is better the gap is verifier less solver, so that a positive gap drives improvement in either case.
 */
export function completeTrio(
  solver: SeriesInput | null,
  verifier: SeriesInput | null,
  gap: SeriesInput | null,
): Trio | null {
  const sign = (solver ?? verifier)?.direction === 'higher' ? -1 : 1;
  if (solver !== null && verifier !== null) {
    return { solver, verifier, gap: gap ?? combine(solver, verifier, 'gap', (s, v) => sign * (s - v)) };
  }
  if (gap === null) return null;
  if (solver !== null) return { solver, verifier: combine(solver, gap, 'verifier', (s, g) => s - sign * g), gap };
  if (verifier !== null) return { solver: combine(verifier, gap, 'solver', (v, g) => v + sign * g), verifier, gap };
  return null;
}

function combine(
  a: SeriesInput,
  b: SeriesInput,
  role: 'solver' | 'verifier' | 'gap',
  of: (a: number, b: number) => number,
): SeriesInput {
  const { inA, inB } = commonCheckpoints(a.x, b.x);
  const x = pick(a.x, inA);
  const y = pick(a.y, inA);
  for (let k = 0; k < y.length; k++) y[k] = of(y[k] ?? Number.NaN, b.y[inB[k] ?? 0] ?? Number.NaN);
  return {
    name: role,
    role,
    direction: role === 'gap' ? 'none' : a.direction,
    range: role === 'gap' ? {} : a.range,
    x,
    y,
  };
}
