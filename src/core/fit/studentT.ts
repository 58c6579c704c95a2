import { incompleteBeta } from './incompleteBeta.ts';

/** P(T <= t) of Student's t (Abramowitz and Stegun 26.7.1). @param dof degrees of freedom, > 0. */
export function studentTCdf(t: number, dof: number): number {
  const outside = incompleteBeta(dof / (dof + t * t), dof / 2, 0.5);
  return t > 0 ? 1 - outside / 2 : outside / 2;
}

/** t with P(T <= t) = probability; by bisection on log t, to 1e-12 relative. @param probability in (0, 1). */
export function studentTQuantile(probability: number, dof: number): number {
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -studentTQuantile(1 - probability, dof);
  let low = -30;
  let high = 60;
  while (high - low > 1e-12) {
    const middle = (low + high) / 2;
    if (studentTCdf(Math.exp(middle), dof) < probability) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
