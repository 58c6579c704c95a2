import type { CurveFamily } from './curveFamily.ts';
import { exponential } from './exponential.ts';
import { hill } from './hill.ts';
import { powerLaw } from './powerLaw.ts';
import { stretched } from './stretched.ts';
import { twoExponentials } from './twoExponentials.ts';

/** Every way to relax that forecasts weigh, with its weight before any data: power laws were best on published curves. */
export const curveFamilies: readonly { readonly family: CurveFamily; readonly prior: number }[] = [
  { family: exponential, prior: 1 / 7 },
  { family: powerLaw, prior: 3 / 7 },
  { family: stretched, prior: 1 / 7 },
  { family: twoExponentials, prior: 1 / 7 },
  { family: hill, prior: 1 / 7 },
];
