import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import { findOutliers, type Outlier } from '../../../src/core/forecast/outliers.ts';

/** The definition, word by word: far from the median of seven, in robust deviations and in the middle 80 % of all values. */
function defined(y: readonly number[]): Outlier[] {
  const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
  const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;
  const judged = Array.from({ length: y.length - 6 }, (_, k) => {
    const expected = at(sorted(y.slice(k, k + 7)), 3);
    return { index: k + 3, expected, distance: Math.abs(at(y, k + 3) - expected) };
  });
  const all = sorted(y);
  const middle = at(all, Math.round(0.9 * (y.length - 1))) - at(all, Math.round(0.1 * (y.length - 1)));
  const typical = at(sorted(judged.map(({ distance }) => distance)), judged.length >> 1);
  const size = Math.max(1.4826 * typical, (0.1 * middle) / 6);
  const outliers = judged
    .filter(({ distance }) => distance > 6 * size)
    .map(({ index, expected, distance }) => ({ index, doubt: (distance / (3 * size)) ** 2, expected }));
  return outliers.length > y.length / 10 ? [] : outliers;
}

test('outliers are those of the definition', () => {
  const value = fc.oneof(
    { weight: 20, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(-20, 5, 9, 1000) },
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 9, maxLength: 80 }), (y) => {
      assert.deepEqual(findOutliers(Float64Array.from(y)), defined(y));
    }),
    { numRuns: 1000, seed: 6 },
  );
});

test('of a long series what is usual is told by a part of it, and the spikes found are all', () => {
  const random = createRandom(1);
  const spikes = [77, 9_000, 20_001, 49_990];
  const y = Float64Array.from({ length: 50_000 }, (_, i) => Math.exp(-i / 9000) + 0.01 * random.normal());
  for (const at of spikes) y[at] = 3;
  assert.deepEqual(
    findOutliers(y).map(({ index }) => index),
    spikes,
  );
});
