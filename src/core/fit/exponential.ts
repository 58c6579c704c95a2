import type { CurveFamily } from './curveFamily.ts';
import { geometricGrid } from './curveFamily.ts';

/** e^(-r t): the law of the linearised solver–verifier dynamics (Sun et al., ICLR 2026). */
export const exponential: CurveFamily = {
  name: 'exponential',
  parameters: [{ name: 'rate', kind: 'rate' }],
  shapes: geometricGrid(0.3, 80, 32).map((rate) => [rate]),
  decay: (t, [rate = 1]) => Math.exp(-rate * t),
  decays: (t, [rate = 1], into, offset) => {
    for (let i = 0; i < t.length; i++) into[offset + i] = Math.exp(-rate * (t[i] ?? 0));
  },
  gradient: (t, [rate = 1]) => [-t * Math.exp(-rate * t)],
  settlesAt: (tolerance, [rate = 1]) => -Math.log(tolerance) / rate,
  steps: [Math.log(80 / 0.3) / 31],
  isSigmoid: () => false,
};
