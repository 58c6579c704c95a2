import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import { findJumps, largestJump } from '../../../src/core/forecast/findJumps.ts';

const curve = (n: number, noise: number, jumpAt = n): Float64Array => {
  const random = createRandom(7);
  return Float64Array.from(
    { length: n },
    (_, i) => Math.exp((-3 * i) / n) + noise * random.normal() - (i >= jumpAt ? 1 : 0),
  );
};

test('a step that no smooth curve makes is a jump, told by its checkpoint', () => {
  const jump = largestJump(findJumps(curve(20, 0.001, 14)));
  assert.equal(jump?.index, 14);
  assert.ok((jump?.share ?? 0) > 0.5);
});

test('a smooth curve has none', () => {
  assert.deepEqual(findJumps(curve(20, 0)), []);
});

test('in thousands of noisy checkpoints no step by luck is one, but a real jump is', () => {
  assert.deepEqual(findJumps(curve(2000, 0.08)), []);
  const jump = largestJump(findJumps(curve(2000, 0.02, 1200)));
  assert.ok(jump !== null && Math.abs(jump.index - 1200) <= 2, String(jump?.index));
});

test('ups and downs around one level are no jumps, however long the run and slow the ups and downs', () => {
  for (const n of [20, 64, 200]) {
    for (const memory of [0, 0.8]) {
      const withJumps = Array.from({ length: 200 }, (_, seed) => {
        const random = createRandom(seed + n);
        let level = 0;
        return findJumps(
          Float64Array.from({ length: n }, () => {
            level = memory * level + random.normal();
            return level;
          }),
        );
      }).filter((jumps) => jumps.length > 0).length;
      assert.ok(withJumps <= (memory === 0 ? 10 : 30), `${withJumps} of 200 at ${n} checkpoints`);
    }
  }
});
