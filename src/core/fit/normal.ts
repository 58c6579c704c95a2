/**
 * Standard normal distribution function, to 7.5e-8: Zelen and Severo's polynomial (Abramowitz and Stegun 26.2.17), because
 * mixtures ask for it some 100,000 times a forecast.
 */
export function normalCdf(z: number): number {
  const a = Math.abs(z);
  if (a > 9) return z > 0 ? 1 : 0;
  return normalCdfAt(z, normalDensity(z));
}

/** The same where the density at z is known already. */
export function normalCdfAt(z: number, density: number): number {
  const k = 1 / (1 + 0.2316419 * Math.abs(z));
  const poly = k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
  const tail = density * poly;
  return z > 0 ? 1 - tail : tail;
}

export function normalDensity(z: number): number {
  return 0.3989422804014327 * Math.exp(-0.5 * z * z);
}
