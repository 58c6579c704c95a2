import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readNumber } from '../../../../src/core/formats/bytes/readNumber.ts';
import { scanNumber } from '../../../../src/core/formats/bytes/scanNumber.ts';

function read(text: string): number | undefined {
  const into = new Float64Array([123]);
  const bytes = new TextEncoder().encode(`x${text}9`);
  return readNumber(bytes, 1, bytes.length - 1, into, 0) ? into[0] : undefined;
}

const asNumber = (text: string): void =>
  assert.ok(Object.is(read(text), Number(text)), `${text} was read as ${read(text)}`);
const runs = { numRuns: 20_000, seed: 11 };

test('every double that JavaScript or Python prints is read to the last bit', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      asNumber(String(value));
      // Python pads an exponent to two digits.
      asNumber(value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2'));
    }),
    runs,
  );
});

test('seventeen digits anywhere in the range of metrics are read to the last bit', () => {
  const value = fc.tuple(fc.bigInt(10n ** 14n, 10n ** 17n - 1n), fc.integer({ min: -30, max: 6 }));
  fc.assert(
    fc.property(value, ([mantissa, exponent]) => {
      const digits = String(mantissa);
      asNumber(`${digits[0]}.${digits.slice(1)}e${exponent}`);
      asNumber(`0.${'0'.repeat(Math.max(0, -exponent))}${digits}`);
      asNumber(`-${digits.slice(0, 5)}.${digits.slice(5)}`);
    }),
    runs,
  );
});

test('numbers at and beside the middle between two doubles are rounded as Number rounds them', () => {
  const exact = (numerator: bigint, twos: number): string => {
    // numerator / 2^twos in full: numerator * 5^twos / 10^twos.
    const digits = String(numerator * 5n ** BigInt(twos)).padStart(twos + 1, '0');
    return `${digits.slice(0, -twos)}.${digits.slice(-twos)}`;
  };
  fc.assert(
    fc.property(fc.bigInt(2n ** 53n, 2n ** 54n - 1n), fc.integer({ min: 1, max: 60 }), (odd, twos) => {
      const middle = exact(odd | 1n, twos);
      asNumber(middle);
      for (const digits of [16, 17, 18]) {
        const cut = middle.slice(0, digits + 1).replace(/\.$/, '.0');
        asNumber(cut);
        asNumber(`${cut.slice(0, -1)}${(Number(cut.at(-1)) + 1) % 10}`);
      }
    }),
    runs,
  );
});

test('whatever a regular expression takes for a decimal is a number, and nothing else is', () => {
  const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
  const sign = fc.constantFrom(...'0123456789012345678901234567890123456789.-+eE xn,"');
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 24 }), (text) => {
      if (decimal.test(text)) asNumber(text);
      else assert.equal(read(text), undefined, text);
    }),
    runs,
  );
});

test('zeros, long texts of digits and exponents out of range are those of Number', () => {
  for (const text of [
    '0',
    '-0',
    '-0.0',
    '000000000000000000000000001.5',
    '0.00000000000000000000000000000000000000000000000000012345678901234567',
    '123456789012345678901234567890',
    '1.7976931348623157e308',
    '1.7976931348623159e308',
    '5e-324',
    '2e-324',
    '4.9406564584124654e-324',
    '2.2250738585072011e-308',
    '9007199254740993',
    '9007199254740993e1',
    '1e400',
    '1e-400',
    '1e99999999999999999999',
    `1e-${'9'.repeat(400)}`,
    `0.${'1'.repeat(800)}`,
  ]) {
    asNumber(text);
    asNumber(`-${text}`.replace('--', '-'));
  }
});

test('NaN and the infinities are read in the spellings of Python and C', () => {
  for (const text of ['nan', 'NaN', '-nan', '+NAN']) assert.ok(Number.isNaN(read(text)), text);
  for (const text of ['inf', 'Infinity', '+inf', 'INF']) assert.equal(read(text), Number.POSITIVE_INFINITY, text);
  for (const text of ['-inf', '-Infinity']) assert.equal(read(text), Number.NEGATIVE_INFINITY, text);
  for (const text of [
    '',
    'in',
    'none',
    'nano',
    'infinit',
    '--inf',
    '- 1',
    '1 ',
    ' 1',
    '0x10',
    '1e',
    '1e+',
    '.',
    '-.',
  ]) {
    assert.equal(read(text), undefined, text);
  }
});

test('a scan says where the number ends, and keeps from what is behind its bounds', () => {
  const into = new Float64Array(1);
  const bytes = new TextEncoder().encode('12.5,7e');
  assert.deepEqual([scanNumber(bytes, 0, 7, into, 0), into[0]], [4, 12.5]);
  assert.deepEqual([scanNumber(bytes, 0, 3, into, 0), into[0]], [3, 12]);
  assert.deepEqual([scanNumber(bytes, 5, 7, into, 0), into[0]], [6, 7]);
  assert.equal(scanNumber(bytes, 4, 7, into, 0), -1);
});
