import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { factorChain, type ResidualChain } from '../../../src/core/forecast/residualChain.ts';

/** The covariance that a chain stands for, written out. */
function covarianceOf({ diagonal, row, column }: ResidualChain): number[][] {
  const n = diagonal.length;
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => {
      if (i === j) return diagonal[i] ?? 0;
      const [late, early] = i > j ? [i, j] : [j, i];
      return (row[late] ?? 0) * (column[early] ?? 0);
    }),
  );
}

function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower = matrix.map((row) => row.map(() => 0));
  lower.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]?.[j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (row[k] ?? 0) * (lower[j]?.[k] ?? 0);
      row[j] = i === j ? Math.sqrt(sum) : sum / (lower[j]?.[j] ?? 1);
    }
  });
  return lower;
}

function walk(clocks: readonly number[], white: number): ResidualChain {
  const ones = new Float64Array(clocks.length).fill(1);
  const column = Float64Array.from(clocks);
  return { diagonal: column.map((clock) => clock + white), row: ones, column };
}

function agrees(chain: ResidualChain, values: Float64Array): void {
  const factor = factorChain(chain);
  const lower = cholesky(covarianceOf(chain));
  const whitened = new Float64Array(values.length);
  factor.whiten(values, 0, whitened);
  const back = lower.map((row) => row.reduce((sum, value, k) => sum + value * (whitened[k] ?? 0), 0));
  back.forEach((value, i) => {
    assert.ok(Math.abs(value - (values[i] ?? 0)) < 1e-8 * (1 + Math.abs(value)), `${value} for ${values[i]}`);
  });
  const logDeterminant = 2 * lower.reduce((sum, row, i) => sum + Math.log(row[i] ?? 1), 0);
  assert.ok(Math.abs(factor.logDeterminant - logDeterminant) < 1e-8 * (1 + Math.abs(logDeterminant)));
}

const values = (n: number): fc.Arbitrary<Float64Array> =>
  fc
    .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: n, maxLength: n })
    .map((all) => Float64Array.from(all));

test('a random walk is whitened as by Cholesky of its covariance', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 2, maxLength: 12 }),
      fc.double({ min: 0.01, max: 2, noNaN: true }),
      (steps, white) => {
        let clock = 0;
        const clocks = steps.map((step) => {
          clock += step;
          return clock;
        });
        const [sample = new Float64Array()] = fc.sample(values(clocks.length), { numRuns: 1, seed: clocks.length });
        agrees(walk(clocks, white), sample);
      },
    ),
  );
});

test('what is carried on past the last block is the mean of what follows, given the blocks', () => {
  const chain = walk([1, 2, 3.5, 4], 0.4);
  const factor = factorChain(chain);
  const sample = Float64Array.of(0.3, -0.2, 0.9, 1.4);
  const carried = factor.whiten(sample, 0, new Float64Array(4));
  // Of a walk with noise: the covariance of what follows with each block is that block's clock.
  const lower = cholesky(covarianceOf(chain));
  const solve = (b: readonly number[]): number[] => {
    const x = [...b];
    for (let i = 0; i < 4; i++) {
      for (let k = 0; k < i; k++) x[i] = (x[i] ?? 0) - (lower[i]?.[k] ?? 0) * (x[k] ?? 0);
      x[i] = (x[i] ?? 0) / (lower[i]?.[i] ?? 1);
    }
    return x;
  };
  const [a, b] = [solve([1, 2, 3.5, 4]), solve([...sample])];
  const mean = a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  assert.ok(Math.abs(mean - carried) < 1e-10);
  assert.ok(Math.abs(a.reduce((sum, value) => sum + value * value, 0) - factor.carriedVariance) < 1e-10);
});
