import type { CurveFamily } from './curveFamily.ts';
import { exponential } from './exponential.ts';
import { hill } from './hill.ts';
import { powerLaw } from './powerLaw.ts';
import { stretched } from './stretched.ts';
import { twoExponentials } from './twoExponentials.ts';

export interface WeighedFamily {
  readonly family: CurveFamily;
  /** Weight before any data, beside the 1 that all of {@link curveFamilies} have together. */
  readonly prior: number;
}

/** Every way to relax that forecasts weigh, with its weight before any data: power laws were best on published curves. */
export const curveFamilies: readonly WeighedFamily[] = [
  { family: exponential, prior: 1 / 7 },
  { family: powerLaw, prior: 3 / 7 },
  { family: stretched, prior: 1 / 7 },
  { family: twoExponentials, prior: 1 / 7 },
  { family: hill, prior: 1 / 7 },
];

/** The families of every forecast and those of this one, with priors that sum to 1. */
export function familiesWith(more: readonly WeighedFamily[]): readonly WeighedFamily[] {
  const all = [...curveFamilies, ...more];
  const total = all.reduce((sum, { prior }) => sum + prior, 0);
  return more.length === 0 ? curveFamilies : all.map(({ family, prior }) => ({ family, prior: prior / total }));
}
