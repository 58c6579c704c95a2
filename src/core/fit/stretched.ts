import type { CurveFamily } from './curveFamily.ts';
import { geometricGrid } from './curveFamily.ts';

const stretches = [0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 1.2, 1.5, 2, 3];

const decayAt = (t: number, rate: number, stretch: number): number => (t > 0 ? Math.exp(-((rate * t) ** stretch)) : 1);

/** e^(-(r t)^c): stretched for c < 1 (Kohlrausch), Weibull or Janoschek for c > 1. */
export const stretched: CurveFamily = {
  name: 'stretched exponential',
  parameters: [
    { name: 'rate', kind: 'rate' },
    { name: 'stretch', kind: 'number' },
  ],
  shapes: geometricGrid(0.3, 60, 14).flatMap((rate) => stretches.map((stretch) => [rate, stretch])),
  decay: (t, [rate = 1, stretch = 1]) => decayAt(t, rate, stretch),
  decays: (t, [rate = 1, stretch = 1], into, offset) => {
    for (let i = 0; i < t.length; i++) into[offset + i] = decayAt(t[i] ?? 0, rate, stretch);
  },
  gradient: (t, [rate = 1, stretch = 1]) => {
    if (!(t > 0)) return [0, 0];
    const power = (rate * t) ** stretch;
    const decay = Math.exp(-power);
    return [(-decay * power * stretch) / rate, -decay * power * Math.log(rate * t)];
  },
  settlesAt: (tolerance, [rate = 1, stretch = 1]) => (-Math.log(tolerance)) ** (1 / stretch) / rate,
  steps: [Math.log(60 / 0.3) / 13, Math.log(3 / 0.35) / 9],
  isSigmoid: ([, stretch = 1]) => stretch > 1,
};
