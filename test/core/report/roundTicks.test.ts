import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { roundTicks } from '../../../src/core/report/roundTicks.ts';

const shown = (min: number, max: number, about: number): string =>
  roundTicks({ min, max }, about)
    .values.map((value) => Number(value.toPrecision(6)))
    .join(' ');

test('ticks are round, and about as many as asked', () => {
  assert.equal(shown(0, 100, 5), '0 20 40 60 80 100');
  assert.equal(shown(-0.3, 0.9, 4), '-0.2 0 0.2 0.4 0.6 0.8');
});

test('there are enough of them to read a value between', () => {
  assert.equal(shown(0.18, 0.93, 3.36), '0.2 0.4 0.6 0.8');
  assert.equal(shown(0.18, 0.93, 2), '0.5');
});

test('whatever the span, they lie in it, evenly, and not many more than asked', () => {
  const span = fc.record({
    min: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    width: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  });
  fc.assert(
    fc.property(span, fc.integer({ min: 3, max: 12 }), ({ min, width }, about) => {
      const max = min + width;
      const { values, step } = roundTicks({ min, max }, about);
      assert.ok(values.length >= 2 && values.length <= 2.5 * about + 2, `${values.length} of ${about}`);
      for (const [i, value] of values.entries()) {
        assert.ok(value >= min - 1e-6 * step && value <= max + 1e-6 * step);
        if (i > 0) assert.ok(Math.abs(value - (values[i - 1] ?? 0) - step) < 1e-6 * step + 1e-9);
      }
    }),
  );
});
