import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quickDecimal, quickDecimalReach } from '../../../../src/core/formats/bytes/quickDecimal.ts';
import { scanNumber } from '../../../../src/core/formats/bytes/scanNumber.ts';

const runs = { numRuns: 20_000, seed: 13 };

/** What stands behind `x`; [-1, 123] where it is left to the other reader. */
function read(text: string, behind = ','): readonly [number, number] {
  const into = new Float64Array([123]);
  const bytes = new TextEncoder().encode(`x${text}${behind.padEnd(quickDecimalReach, '7')}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return [quickDecimal(bytes, view, 1, into, 0), into[0] ?? 0];
}

function asNumber(text: string): void {
  const [behind, value] = read(text);
  if (behind < 0) return;
  assert.equal(behind, text.length + 1, text);
  assert.ok(Object.is(value, Number(text)), `${text} was read as ${value}`);
}

test('numbers as Python and JavaScript print them are read to the last bit or left', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: 0, max: 20 }),
      (value, digits) => {
        asNumber(String(value));
        asNumber(value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2'));
        asNumber((value % 1e9).toFixed(digits));
      },
    ),
    runs,
  );
});

test('as many digits as there can be on both sides of the point are read to the last bit or left', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 24 });
  const exponent = fc.oneof(
    fc.constant(''),
    fc.integer({ min: -60, max: 60 }).map((power) => `e${power}`),
  );
  fc.assert(
    fc.property(digits, digits, exponent, (whole, decimals, power) => {
      for (const text of [whole, `0.${decimals}`, `${whole}.${decimals}`, `-${whole}.`]) asNumber(`${text}${power}`);
    }),
    runs,
  );
});

test('most of what logs hold is not left', () => {
  for (const text of [
    '0',
    '-0.0',
    '714970',
    '0.7458007540946509',
    '0.35414636385660814',
    '4.3865327048115434e-06',
    '1760000001.7512996',
  ]) {
    assert.deepEqual(read(text), [text.length + 1, Number(text)], text);
  }
});

test('where any signs end as a number is where the other reader ends', () => {
  const sign = fc.constantFrom(...'0123456789012345.-+eE x,');
  fc.assert(
    fc.property(fc.string({ unit: sign, maxLength: 24 }), (text) => {
      const [behind, value] = read(text, '\n');
      if (behind < 0) return;
      const into = new Float64Array(1);
      const bytes = new TextEncoder().encode(`x${text}\n`);
      assert.equal(behind, scanNumber(bytes, 1, bytes.length, into, 0));
      assert.ok(Object.is(value, into[0]), text);
    }),
    runs,
  );
});
