import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { exponential } from '../../../src/core/fit/exponential.ts';
import { stretched } from '../../../src/core/fit/stretched.ts';
import { BlockDecays } from '../../../src/core/forecast/blockDecays.ts';

/** Times of blocks of so many checkpoints, evenly from 0 to 1. */
function evenly(sizes: readonly number[]): Float64Array[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let at = 0;
  return sizes.map((size) => Float64Array.from({ length: size }, () => at++ / (total - 1)));
}

/** All alike, as where the shape of the whole counts, or each a little smaller than the one before. */
const sizes = fc
  .tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom(1, 0.9))
  .map(([oldest, growth]) => Array.from({ length: 64 }, (_, i) => Math.max(1, Math.round(oldest * growth ** i))));

for (const [family, shape] of [
  [exponential, fc.tuple(fc.double({ min: 0.3, max: 20, noNaN: true }))],
  [stretched, fc.tuple(fc.double({ min: 0.3, max: 20, noNaN: true }), fc.constantFrom(0.35, 0.5, 0.75, 1.2, 3))],
] as const) {
  test(`${family.name}: of each block the mean over its checkpoints, also where the curve is steepest`, () => {
    fc.assert(
      fc.property(sizes, shape, (counts, parameters) => {
        const blocks = evenly(counts);
        const means = new Float64Array(blocks.length + 1);
        new BlockDecays(blocks).write(family, parameters, means, 1);
        for (const [block, times] of blocks.entries()) {
          const exact = times.reduce((sum, t) => sum + family.decay(t, parameters), 0) / times.length;
          const off = Math.abs((means[block + 1] ?? 0) - exact);
          assert.ok(off < 2e-3, `block ${block} of ${times.length}: ${off}`);
        }
      }),
      { numRuns: 300, seed: 61 },
    );
  });
}

test('blocks of one checkpoint each are the curve itself', () => {
  const means = new Float64Array(30);
  new BlockDecays(evenly(new Array<number>(30).fill(1))).write(exponential, [2], means, 0);
  for (const [i, mean] of means.entries()) assert.equal(mean, Math.exp((-2 * i) / 29));
});
