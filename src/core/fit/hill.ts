import type { CurveFamily } from './curveFamily.ts';
import { geometricGrid } from './curveFamily.ts';

const decayAt = (t: number, tau: number, power: number): number => (t > 0 ? 1 / (1 + (t / tau) ** power) : 1);

/** 1/(1 + (t/tau)^c): Hill or Morgan-Mercer-Flodin (MMF of Domhan et al., IJCAI 2015). */
export const hill: CurveFamily = {
  name: 'hill',
  parameters: [
    { name: 'tau', kind: 'time' },
    { name: 'power', kind: 'number' },
  ],
  shapes: geometricGrid(0.02, 3, 12).flatMap((tau) => [0.7, 1, 1.4, 2, 3, 5].map((power) => [tau, power])),
  decay: (t, [tau = 1, power = 1]) => decayAt(t, tau, power),
  decays: (t, [tau = 1, power = 1], into, offset) => {
    for (let i = 0; i < t.length; i++) into[offset + i] = decayAt(t[i] ?? 0, tau, power);
  },
  gradient: (t, [tau = 1, power = 1]) => {
    if (!(t > 0)) return [0, 0];
    const ratio = (t / tau) ** power;
    // ratio / (1 + ratio)^2, in the form that neither end of t overflows.
    const bell = 1 / (1 + ratio) / (1 + 1 / ratio);
    return [(bell * power) / tau, -bell * Math.log(t / tau)];
  },
  settlesAt: (tolerance, [tau = 1, power = 1]) => tau * (1 / tolerance - 1) ** (1 / power),
  steps: [Math.log(3 / 0.02) / 11, Math.log(5 / 0.7) / 5],
  isSigmoid: ([, power = 1]) => power > 1,
};
