import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineBlocks } from '../../../../src/core/formats/bytes/lineBlocks.ts';
import { splitAt } from '../../../support/splitAt.ts';

function read(text: string, cuts: readonly number[], longest: number, endsAtReturn: boolean) {
  const decoder = new TextDecoder();
  const told: string[] = [];
  const blocks = new LineBlocks(
    longest,
    {
      lines: (bytes, start, end) => {
        // A line as it stands, with its end.
        for (const line of decoder
          .decode(bytes.slice(start, end))
          .match(endsAtReturn ? /[^\r\n]*[\r\n]/g : /[^\n]*\n/g) ?? [])
          told.push(line);
      },
      tooLong: () => told.push('too long'),
      endOfTooLong: (end) => told.push(String.fromCharCode(end)),
    },
    endsAtReturn,
  );
  for (const piece of splitAt(new TextEncoder().encode(text), cuts)) blocks.feed(piece);
  return { told, pending: decoder.decode(blocks.pending()) };
}

const texts = fc.string({ unit: fc.constantFrom('a', 'é', '\r', '\n'), maxLength: 40 });
const cuts = fc.array(fc.nat(40), { maxLength: 6 });

test('lines are whole in any split, and what has no end waits', () => {
  fc.assert(
    fc.property(texts, cuts, fc.boolean(), (text, places, endsAtReturn) => {
      const bytes = new TextEncoder().encode(text).length;
      const { told, pending } = read(
        text,
        places.map((place) => Math.min(place, bytes)),
        100,
        endsAtReturn,
      );
      assert.equal(told.join('') + pending, text);
      assert.ok(!pending.includes('\n') && !(endsAtReturn && pending.includes('\r')));
    }),
    { numRuns: 2000, seed: 3 },
  );
});

test('a line that grows too long is told once and left out, and those around it are read', () => {
  const text = `one\n${'x'.repeat(50)}\ntwo\nthr`;
  assert.deepEqual(read(text, [10, 20, 30, 40], 12, false), {
    told: ['one\n', 'too long', '\n', 'two\n'],
    pending: 'thr',
  });
});
