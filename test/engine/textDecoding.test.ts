import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Encoding, encodingOf, Utf8Stream } from '../../src/engine/textDecoding.ts';
import { splitAt } from '../support/splitAt.ts';

function utf16(text: string, encoding: Encoding): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), encoding === 'utf-16le');
  return bytes;
}

const texts = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !text.startsWith('\ufeff'));
const cuts = fc.array(fc.nat(30), { maxLength: 5 });
const read = (bytes: Uint8Array, encoding: Encoding, places: readonly number[]): string => {
  const stream = new Utf8Stream(encoding);
  const ends = places.map((place) => Math.min(place, bytes.length));
  return Buffer.concat(splitAt(bytes, ends).map((piece) => stream.encode(piece).slice())).toString('utf8');
};

test('UTF-8 passes as it is, without its byte order mark, in any split', () => {
  fc.assert(
    fc.property(texts, fc.boolean(), cuts, (text, isMarked, places) => {
      const bytes = new TextEncoder().encode(`${isMarked ? '\ufeff' : ''}${text}`);
      assert.equal(read(bytes, 'utf-8', places), text);
    }),
    { seed: 3 },
  );
});

test('a text that only begins like a byte order mark keeps its bytes', () => {
  for (const bytes of [Uint8Array.of(0xef, 0xbb, 0x41), Uint8Array.of(0xef, 0x41)]) {
    for (const places of [[], [1], [2], [1, 2]]) {
      const stream = new Utf8Stream('utf-8');
      const pieces = splitAt(
        bytes,
        places.filter((place) => place <= bytes.length),
      ).map((piece) => stream.encode(piece));
      assert.deepEqual([...Buffer.concat(pieces)], [...bytes]);
    }
  }
});

test('UTF-16 of either order becomes UTF-8 in any split', () => {
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    fc.assert(
      fc.property(texts, cuts, (text, places) => {
        const bytes = utf16(`\ufeff${text}`, encoding);
        assert.equal(encodingOf(bytes), encoding);
        assert.equal(read(bytes, encoding, places), text);
      }),
      { seed: 4 },
    );
  }
});
