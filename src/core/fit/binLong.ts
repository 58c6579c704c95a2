import type { FitSeries } from './sharedRateFit.ts';

/** Longer series are averaged; a relaxation that a fit can resolve hardly bends within a thousandth of its span. */
const most = 2048;

/**
 * A series of at most 2,048 points: of longer ones each point is the weighted mean of neighbours, and its weight is their sum,
 * so that for a curve that is straight within a bin the sums of a least-squares fit are those of all rows.
 */
export function binLong(series: FitSeries): FitSeries {
  const { x: allX, y: allY, weights: allWeights } = series;
  const n = allX.length;
  if (n <= most) return series;
  const size = Math.ceil(n / most);
  const bins = Math.ceil(n / size);
  const x = new Float64Array(bins);
  const y = new Float64Array(bins);
  const weights = new Float64Array(bins);
  for (let bin = 0; bin < bins; bin++) {
    const end = Math.min(n, (bin + 1) * size);
    let sum = 0;
    let sumX = 0;
    let sumY = 0;
    for (let i = bin * size; i < end; i++) {
      const weight = allWeights?.[i] ?? 1;
      const at = allX[i] ?? 0;
      const value = allY[i] ?? 0;
      if (!(weight > 0 && Number.isFinite(at) && Number.isFinite(value))) continue;
      sum += weight;
      // A running mean cannot overflow.
      const share = weight / sum;
      sumX += share * (at - sumX);
      sumY += share * (value - sumY);
    }
    x[bin] = sumX;
    y[bin] = sum > 0 ? sumY : Number.NaN;
    weights[bin] = sum;
  }
  return { ...series, x, y, weights };
}
