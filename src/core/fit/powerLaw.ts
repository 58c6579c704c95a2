import type { CurveFamily } from './curveFamily.ts';
import { geometricGrid } from './curveFamily.ts';

const decayAt = (t: number, tau: number, power: number): number => Math.exp(-power * Math.log1p(t / tau));

/** (1 + t/tau)^-p: the offset power law of learning curves (pow3 of Domhan et al., IJCAI 2015, started at t = 0). */
export const powerLaw: CurveFamily = {
  name: 'power law',
  parameters: [
    { name: 'tau', kind: 'time' },
    { name: 'power', kind: 'number' },
  ],
  shapes: geometricGrid(0.01, 4, 10).flatMap((tau) => geometricGrid(0.15, 6, 11).map((power) => [tau, power])),
  decay: (t, [tau = 1, power = 1]) => decayAt(t, tau, power),
  decays: (t, [tau = 1, power = 1], into, offset) => {
    for (let i = 0; i < t.length; i++) into[offset + i] = decayAt(t[i] ?? 0, tau, power);
  },
  gradient: (t, [tau = 1, power = 1]) => {
    const log = Math.log1p(t / tau);
    const decay = Math.exp(-power * log);
    return [((power * t) / (tau * (tau + t))) * decay, -log * decay];
  },
  settlesAt: (tolerance, [tau = 1, power = 1]) => tau * (tolerance ** (-1 / power) - 1),
  steps: [Math.log(4 / 0.01) / 9, Math.log(6 / 0.15) / 10],
  isSigmoid: () => false,
};
