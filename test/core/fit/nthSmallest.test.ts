import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nthSmallest } from '../../../src/core/fit/nthSmallest.ts';

test('what is selected is what stands there in sorted order', () => {
  const values = fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1, 2)), {
    minLength: 1,
    maxLength: 200,
  });
  fc.assert(
    fc.property(values, fc.nat(), (all, at) => {
      const index = at % all.length;
      const sorted = Float64Array.from(all).sort();
      assert.equal(nthSmallest(Float64Array.from(all), index) - (sorted[index] ?? Number.NaN), 0);
    }),
    { numRuns: 2000, seed: 4 },
  );
});
