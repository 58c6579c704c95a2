import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FeedCounter } from '../../../../src/core/formats/bytes/feedCounter.ts';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.array(fc.constantFrom(10, 9, 11, 138, 0), { maxLength: 3000 }),
);

test('line feeds are counted between any two places, wherever the bytes lie in their memory', () => {
  fc.assert(
    fc.property(bytes, fc.nat(7), fc.nat(3000), fc.nat(3000), (content, offset, one, other) => {
      const memory = new Uint8Array(offset + content.length).fill(10);
      memory.set(content, offset);
      const part = memory.subarray(offset);
      const [from = 0, to = 0] = [one, other].map((at) => Math.min(at, part.length)).sort((a, b) => a - b);
      const expected = part.subarray(from, to).filter((byte) => byte === 10).length;
      assert.equal(new FeedCounter(part).count(from, to), expected);
    }),
    { numRuns: 2000, seed: 3 },
  );
});
