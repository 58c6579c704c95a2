import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { settlingWords } from '../../../src/core/report/settlingWords.ts';

test('a settling point has the digits that its interval justifies', () => {
  assert.equal(settlingWords({ x: 547, lower: 472.3, upper: 651.8 }, 'step').whole, '550 (470–650)');
  assert.equal(settlingWords({ x: 13.8, lower: 11.9, upper: 17.2 }, 'epoch').whole, '14 (12–17)');
  assert.equal(settlingWords({ x: 0.374, lower: 0.331, upper: 0.422 }, 'train/epoch').whole, '0.37 (0.33–0.42)');
});

test('a far end takes no digits from what is near', () => {
  assert.equal(settlingWords({ x: 19.8, lower: 12.4, upper: 2589 }, 'epoch').whole, '20 (12–2600)');
});

test('however narrow the interval, no digit is finer than anyone trains', () => {
  assert.equal(settlingWords({ x: 15.350566, lower: 15.350548, upper: 15.350583 }, 'epoch').whole, '15.4 (15.4–15.4)');
  assert.equal(settlingWords({ x: 0.350566, lower: 0.350548, upper: 0.350583 }, 'epoch').whole, '0.35 (0.35–0.35)');
  assert.equal(settlingWords({ x: 402.31, lower: 402.1, upper: 402.6 }, 'global_step').whole, '402 (402–403)');
  assert.equal(settlingWords({ x: 402.31, lower: 402.1, upper: 402.6 }, 'wall time').whole, '402.3 (402.1–402.6)');
});

test('an interval that begins above nothing is not said to begin there', () => {
  assert.equal(settlingWords({ x: 341, lower: 41, upper: 641 }, 'step').range, '40–600');
  assert.equal(settlingWords({ x: 341, lower: 0.2, upper: 641 }, 'step').range, '0–600');
  assert.equal(settlingWords({ x: 30, lower: 0.4, upper: 60 }, 'epoch').range, '0.4–60');
});

test('an interval without an end says so', () => {
  for (const upper of [null, Number.POSITIVE_INFINITY]) {
    assert.equal(settlingWords({ x: 400, lower: 380, upper }, 'step').whole, '400 (380 or later)');
    assert.equal(settlingWords({ x: 10, lower: 9.5, upper }, 'epoch').whole, '10.0 (9.5 or later)');
  }
});

test('whatever the interval, something readable stands there', () => {
  const any = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  const wide = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e9, noNaN: true }));
  fc.assert(
    fc.property(any, wide, wide, fc.constantFrom('step', 'epoch', 'seconds'), (x, below, above, unit) => {
      const { at, range, whole } = settlingWords({ x, lower: x - below, upper: x + above }, unit);
      assert.equal(whole, `${at} (${range})`);
      assert.doesNotMatch(whole, /NaN|undefined|unknown|Infinity|∞/);
    }),
  );
});
