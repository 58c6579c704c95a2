import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { endOfString } from '../../../../src/core/formats/json/skipValue.ts';
import { StringEnds } from '../../../../src/core/formats/rollouts/stringEnds.ts';

/** Runs of plain bytes of any length between the ones that matter, and bytes that differ from a quote by little. */
const piece = fc.oneof(
  fc.constantFrom('"', '\\', '\\"', '\\\\"', '\n', '#', '!', '\u00a2', '\u0022\u0023'),
  fc.nat(300).map((length) => 'x'.repeat(length)),
);
const bytesOf = fc
  .tuple(fc.array(piece, { maxLength: 30 }), fc.uint8Array({ maxLength: 40 }))
  .map(([pieces, rest]) => new Uint8Array(Buffer.concat([Buffer.from(`"${pieces.join('')}`, 'latin1'), rest])));

test('a string ends where a walk over its bytes says, whatever quotes and backslashes it holds', () => {
  const ends = new StringEnds();
  fc.assert(
    fc.property(bytesOf, fc.nat(9), fc.nat(500), (text, before, cut) => {
      // Away from the beginning of its memory, as a line in a block is.
      const memory = new Uint8Array(before + text.length);
      memory.set(text, before);
      const bytes = memory.subarray(before);
      const end = Math.max(1, bytes.length - (cut % bytes.length));
      ends.in(bytes);
      let at = 0;
      while (at >= 0 && at < end) {
        const expected = endOfString(bytes, at, end);
        assert.equal(ends.behind(at, end), expected);
        at = expected;
      }
      const lineEnd = bytes.indexOf(10);
      assert.equal(ends.find(10, 0, end), lineEnd < end ? lineEnd : -1);
    }),
    { numRuns: 2000, seed: 12 },
  );
});
