import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { formatInterval } from '../../../src/core/report/formatInterval.ts';
import { formatNumber } from '../../../src/core/report/formatNumber.ts';
import { formatPercent } from '../../../src/core/report/formatPercent.ts';

test('a number keeps the digits that its interval justifies', () => {
  assert.equal(formatNumber(0.1443, 0.05), '0.14');
  assert.equal(formatNumber(0.043, 0.16), '0.04');
  assert.equal(formatNumber(0.14432, 0.0016), '0.1443');
  assert.equal(formatNumber(1234.5, 210), '1230');
  assert.equal(formatNumber(1234.5, 700), '1200');
  assert.equal(formatNumber(0, 0.16), '0.00');
  assert.equal(formatNumber(0.0004, 0.16), '0.00');
});

test('without an interval a number has three significant digits, a whole one all of its own', () => {
  assert.equal(formatNumber(13.8421), '13.8');
  assert.equal(formatNumber(0.5), '0.5');
  assert.equal(formatNumber(12345), '12345');
  assert.equal(formatNumber(12345.6), '12300');
  assert.equal(formatNumber(0), '0');
  assert.equal(formatNumber(-0), '0');
});

test('negative numbers have a minus sign and extreme ones an exponent', () => {
  assert.equal(formatNumber(-0.25), '−0.25');
  assert.equal(formatNumber(3.2e-7), '3.20e−7');
  assert.equal(formatNumber(1.5e9, 1e8), '1.50e9');
  assert.equal(formatNumber(-4.2e-9, 1e-9), '−4.2e−9');
});

test('what is not finite is said in words or signs', () => {
  assert.equal(formatNumber(Number.NaN), 'unknown');
  assert.equal(formatNumber(Number.NEGATIVE_INFINITY), '−∞');
});

test('an interval has an en dash, or "to" where a sign would run into it', () => {
  assert.equal(formatInterval(0.1182, 0.1701), '0.12–0.17');
  assert.equal(formatInterval(0, 0.16), '0.00–0.16');
  assert.equal(formatInterval(-0.1, 0.2), '−0.10 to 0.20');
  assert.equal(formatInterval(1e-9, 5e-9), '1e−9 to 5e−9');
});

test('per cents are whole, have a narrow space, and are 100 only when all is done', () => {
  assert.equal(formatPercent(0.96), '96\u202f%');
  assert.equal(formatPercent(0.999), 'over 99\u202f%');
  assert.equal(formatPercent(1), '100\u202f%');
  assert.equal(formatPercent(0.001), '0.1\u202f%');
});

test('a printed number is the number itself, as far as its digits go', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
      (value, width) => {
        const printed = Number(formatNumber(value, width).replaceAll('−', '-'));
        assert.ok(
          Math.abs(printed - value) <= 0.5 * width + 1e-6 * Math.abs(value),
          `${printed} for ${value} ± ${width}`,
        );
      },
    ),
    { numRuns: 2000, seed: 7 },
  );
});
