import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isWithin, unionOf, upTo } from '../../../src/core/runs/risingValues.ts';

const rising = fc
  .uniqueArray(fc.integer({ min: -20, max: 20 }), { maxLength: 20 })
  .map((values) => Float64Array.from(values).sort());

test('the union of rising values rises, and has each of both once', () => {
  fc.assert(
    fc.property(rising, rising, (a, b) => {
      const union = unionOf(a, b);
      assert.deepEqual(union, Float64Array.from(new Set([...a, ...b])).sort());
      assert.ok(isWithin(a, union) && isWithin(b, union));
      assert.equal(isWithin(a, b), union.length === b.length);
    }),
    { seed: 4 },
  );
});

test('the values up to a limit are those that a look at each finds', () => {
  const limits = fc.oneof(fc.integer({ min: -22, max: 22 }), fc.constantFrom(0.5, Infinity, -Infinity, Number.NaN));
  fc.assert(
    fc.property(rising, limits, (values, limit) => {
      assert.deepEqual(
        upTo(values, limit),
        values.filter((value) => value <= limit),
      );
    }),
    { seed: 4 },
  );
});
