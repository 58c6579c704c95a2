import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { endOfNumber } from '../../../../src/core/formats/bytes/endOfNumber.ts';
import { scanNumber } from '../../../../src/core/formats/bytes/scanNumber.ts';
import { viewOf } from '../../../../src/core/formats/bytes/viewOf.ts';
import { standsAt, wordsOf } from '../../../../src/core/formats/bytes/words.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
/** Bytes that do not begin where their memory does. */
const shifted = (text: string): Uint8Array => encode(`##${text}`).subarray(2);

test('bytes stand at a place where each of them does, and nowhere else', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '"', ':'), maxLength: 24 });
  fc.assert(
    fc.property(text, text, text, fc.nat(40), (before, what, behind, cut) => {
      const words = wordsOf(encode(what));
      const bytes = shifted(`${before}${what}${behind}`);
      if (words === null) {
        assert.ok(what.length < 4);
        return;
      }
      const end = Math.min(cut, bytes.length);
      for (let at = 0; at <= end; at++) {
        const plainly = Buffer.from(bytes.subarray(at, Math.min(end, at + what.length))).equals(encode(what));
        assert.equal(standsAt(words, viewOf(bytes), at, end), plainly);
      }
    }),
    { numRuns: 2000, seed: 5 },
  );
});

test('a number that is passed over ends where it would if it were read', () => {
  const into = new Float64Array(1);
  const sign = fc.constantFrom(...'0123456789.+-eE,}/:é"\u0000\u00b1\n ');
  const digits = fc.string({ unit: fc.constantFrom(...'0189'), maxLength: 30 });
  const parts = fc.array(fc.oneof(digits, sign, fc.constant('0.')), { maxLength: 6 });
  fc.assert(
    fc.property(parts, fc.nat(60), fc.nat(3), (texts, cut, start) => {
      const bytes = shifted(`${' '.repeat(start)}${texts.join('')}`);
      const end = Math.min(cut, bytes.length);
      if (start > end) return;
      assert.equal(endOfNumber(bytes, viewOf(bytes), start, end), scanNumber(bytes, start, end, into, 0));
    }),
    { numRuns: 5000, seed: 6 },
  );
});
