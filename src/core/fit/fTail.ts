import { incompleteBeta } from './incompleteBeta.ts';

/** P(F > f) of Fisher's F (Abramowitz and Stegun 26.6.2): the p value of an F test. */
export function fTail(f: number, numerator: number, denominator: number): number {
  if (!(f > 0)) return 1;
  if (f === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta(denominator / (denominator + numerator * f), denominator / 2, numerator / 2);
}
