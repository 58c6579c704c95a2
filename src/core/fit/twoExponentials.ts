import type { CurveFamily, Shape } from './curveFamily.ts';
import { geometricGrid } from './curveFamily.ts';

const decayAt = (t: number, rate: number, quicker: number, share: number): number =>
  share * Math.exp(-rate * t) + (1 - share) * Math.exp(-rate * quicker * t);
const decay = (t: number, [rate = 1, quicker = 1, share = 1]: Shape): number => decayAt(t, rate, quicker, share);

/** w e^(-r t) + (1-w) e^(-q r t): two modes that relax to one limit. */
export const twoExponentials: CurveFamily = {
  name: 'two exponentials',
  parameters: [
    { name: 'rate', kind: 'rate' },
    { name: 'quicker', kind: 'number' },
    { name: 'share', kind: 'share' },
  ],
  shapes: geometricGrid(0.3, 12, 10).flatMap((rate) =>
    [2.5, 5, 12].flatMap((quicker) => [0.15, 0.3, 0.5, 0.7, 0.85].map((share) => [rate, quicker, share])),
  ),
  decay,
  decays: (t, [rate = 1, quicker = 1, share = 1], into, offset) => {
    for (let i = 0; i < t.length; i++) into[offset + i] = decayAt(t[i] ?? 0, rate, quicker, share);
  },
  gradient: (t, [rate = 1, quicker = 1, share = 1]) => {
    const slow = Math.exp(-rate * t);
    const quick = Math.exp(-rate * quicker * t);
    return [-t * (share * slow + (1 - share) * quicker * quick), -(1 - share) * rate * t * quick, slow - quick];
  },
  settlesAt: (tolerance, shape) => {
    let low = 0;
    let high = -Math.log(tolerance) / (shape[0] ?? 1);
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      if (decay(middle, shape) > tolerance) low = middle;
      else high = middle;
    }
    return high;
  },
  // In the log odds of the share its grid is about even.
  steps: [Math.log(12 / 0.3) / 9, Math.log(12 / 2.5) / 2, 0.87],
  isSigmoid: () => false,
};
