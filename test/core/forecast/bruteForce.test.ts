import assert from 'node:assert/strict';
import test from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { noisePriors, noiseSize, noiseStrength, wholeRun } from '../../../src/core/forecast/constants.ts';
import { type Candidate, createDesigns } from '../../../src/core/forecast/gridDesign.ts';
import { gridPosterior } from '../../../src/core/forecast/gridPosterior.ts';
import { scaleCurve } from '../../../src/core/forecast/scaledCurve.ts';

/**
 * The same posterior by sums over limit, amplitude and noise size on a dense lattice, with the covariance of the noise inverted
 * by elimination: no conjugate formula, no recursion and no pruning of the product's is used.
 */
function bruteForce(
  t: Float64Array,
  u: Float64Array,
  candidates: readonly Candidate[],
): { weights: Map<string, number>; limit: number } {
  const n = t.length;
  const spacing =
    [...t]
      .slice(1)
      .map((value, i) => value - (t[i] ?? 0))
      .sort((a, b) => a - b)[(n - 1) >> 1] ?? 1;
  const clock = t.map((at) => at / spacing + 1);
  const sums = new Map<string, number>();
  let limitSum = 0;
  const steps = 80;
  for (const { walk, prior } of noisePriors) {
    const covariance = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => walk * Math.min(clock[i] ?? 0, clock[j] ?? 0) + (i === j ? 1 - walk : 0)),
    );
    const { inverse, logDeterminant } = invert(covariance);
    const form = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
      let sum = 0;
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += (a[i] ?? 0) * (inverse[i]?.[j] ?? 0) * (b[j] ?? 0);
      return sum;
    };
    const one = new Float64Array(n).fill(1);
    const [a11, b1, zz] = [form(one, one), form(one, u), form(u, u)];
    for (const shape of candidates) {
      const isConstant = shape.family === null;
      const name = shape.family?.name ?? 'constant';
      const [a12, a22, b2] = isConstant
        ? [0, 0, 0]
        : [form(one, shape.values), form(shape.values, shape.values), form(shape.values, u)];
      // By log sigma; with limit and amplitude on lattices about their least-squares place.
      for (let k = 0; k < 24; k++) {
        const logSigma = Math.log(0.004) + (k / 23) * Math.log(400);
        const s2 = Math.exp(2 * logSigma);
        const base =
          Math.log(shape.prior * prior) -
          0.5 * (2 * n * logSigma + logDeterminant) -
          0.5 * noiseStrength * (2 * logSigma + (noiseSize * noiseSize) / s2);
        for (const spread of wholeRun.limitSpreads) {
          const h11 = a11 / s2 + 1 / (spread * spread);
          const h22 = isConstant ? 1 : a22 / s2 + 1 / wholeRun.amplitudeSpread ** 2;
          const h12 = a12 / s2;
          const determinant = h11 * h22 - h12 * h12;
          const [m1, m2] = [(h22 * b1 - h12 * b2) / s2 / determinant, (h11 * b2 - h12 * b1) / s2 / determinant];
          // The lattice follows the correlation of the two, else a narrow ridge would fall between its points.
          const [sd1, slope] = [Math.sqrt(h22 / determinant), -h12 / h22];
          const sd2 = 1 / Math.sqrt(h22);
          const [d1, d2] = [(12 * sd1) / steps, isConstant ? 1 : (12 * sd2) / steps];
          const amplitudes = isConstant ? 1 : steps + 1;
          for (let i = 0; i <= steps; i += 4) {
            const limit = m1 + (i - steps / 2) * d1;
            for (let j = 0; j < amplitudes; j += 4) {
              const amplitude = isConstant ? 0 : m2 + slope * (limit - m1) + (j - steps / 2) * d2;
              const misfit =
                zz -
                2 * limit * b1 -
                2 * amplitude * b2 +
                limit * limit * a11 +
                2 * limit * amplitude * a12 +
                amplitude * amplitude * a22;
              const normal = (value: number, sd: number): number =>
                -0.5 * (value / sd) ** 2 - Math.log(sd) - 0.5 * Math.log(2 * Math.PI);
              const log =
                base -
                0.5 * (misfit / s2) +
                normal(limit, spread) +
                (isConstant ? 0 : normal(amplitude, wholeRun.amplitudeSpread));
              const weight = Math.exp(log) * 4 * d1 * (isConstant ? 1 : 4 * d2);
              sums.set(name, (sums.get(name) ?? 0) + weight);
              limitSum += weight * limit;
            }
          }
        }
      }
    }
  }
  const total = [...sums.values()].reduce((a, b) => a + b, 0);
  return { weights: new Map([...sums].map(([name, sum]) => [name, sum / total])), limit: limitSum / total };
}

function invert(matrix: readonly (readonly number[])[]): { inverse: number[][]; logDeterminant: number } {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) {
    const pivot = rows[i]?.[i] ?? 1;
    logDeterminant += Math.log(pivot);
    rows[i] = (rows[i] ?? []).map((value) => value / pivot);
    for (let k = 0; k < n; k++) {
      const factor = rows[k]?.[i] ?? 0;
      if (k !== i) rows[k] = (rows[k] ?? []).map((value, j) => value - factor * (rows[i]?.[j] ?? 0));
    }
  }
  return { inverse: rows.map((row) => row.slice(n)), logDeterminant };
}

const problems: Readonly<Record<string, readonly number[]>> = {
  'a fall that is nearly done': [1, 0.62, 0.41, 0.3, 0.23, 0.2, 0.19],
  'a noisy fall': [1, 0.7, 0.82, 0.4, 0.55, 0.3],
  'ups and downs': [0.4, 0.7, 0.5, 0.45, 0.8, 0.6],
};
for (const [name, values] of Object.entries(problems)) {
  test(`the grid posterior of ${name} is that of sums over a dense lattice`, () => {
    const y = Float64Array.from(values);
    const curve = scaleCurve(
      y.map((_, i) => i),
      y,
      undefined,
      'even',
    );
    assert.ok(curve !== null);
    // The sparse grid, because peaks of the full one are looked at closely.
    const plan = { ...wholeRun, grid: 'sparse' } as const;
    const designs = createDesigns();
    const posterior = gridPosterior(curve, plan, designs, unwatched);
    const brute = bruteForce(curve.t, curve.u, designs.for(curve, 'sparse').candidates);
    const own = new Map<string, number>();
    let limit = 0;
    for (const one of posterior.shapes) {
      const family = one.family?.name ?? 'constant';
      own.set(family, (own.get(family) ?? 0) + one.weight);
      limit += one.weight * one.limit;
    }
    for (const [family, weight] of brute.weights) {
      assert.ok(Math.abs((own.get(family) ?? 0) - weight) < 1e-3, `${family}: ${own.get(family)} and ${weight}`);
    }
    assert.ok(Math.abs(limit - brute.limit) < 1e-3, `limit: ${limit} and ${brute.limit}`);
  });
}
