/**
 * Standard normal distribution function, to 7.5e-8: Zelen and Severo's polynomial (Abramowitz and Stegun 26.2.17), because
 * mixtures ask for it some 100,000 times a forecast.
 */
export function normalCdf(z: number): number {
  const a = Math.abs(z);
  if (a > 9) return z > 0 ? 1 : 0;
  const k = 1 / (1 + 0.2316419 * a);
  const poly = k * (0.31938153 + k * (-0.356563782 + k * (1.781477937 + k * (-1.821255978 + k * 1.330274429))));
  const tail = normalDensity(a) * poly;
  return z > 0 ? 1 - tail : tail;
}

export function normalDensity(z: number): number {
  return 0.3989422804014327 * Math.exp(-0.5 * z * z);
}
