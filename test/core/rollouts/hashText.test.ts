import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { TextHash } from '../../../src/core/rollouts/hashText.ts';

const sumOf = (bytes: Uint8Array, start = 0, end = bytes.length): number =>
  new TextHash().addBytes(bytes, start, end).value;

test('a text has the same sum wherever it stands, and another once a byte of it differs', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      fc.uint8Array({ maxLength: 9 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (text, before, at, change) => {
        const whole = Uint8Array.from([...before, ...text, 1, 2, 3]);
        assert.equal(sumOf(whole, before.length, before.length + text.length), sumOf(text));
        if (text.length === 0) return;
        const changed = text.map((byte, i) => (i === at % text.length ? byte ^ change : byte));
        assert.notEqual(sumOf(changed), sumOf(text));
        assert.notEqual(sumOf(text.subarray(1)), sumOf(text));
      },
    ),
  );
});

test('prompts that differ in a number or by two swapped words have sums of their own', () => {
  const encoder = new TextEncoder();
  const padding = 'What is the sum of all the digits of this? '.repeat(3);
  const texts = Array.from({ length: 200_000 }, (_, i) => `${padding.slice(i % 4)}${i}${padding.slice(0, i % 9)}`);
  assert.equal(new Set(texts.map((text) => sumOf(encoder.encode(text)))).size, texts.length);
  const words = ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee', 'ffff', 'gggg', 'hhhh', 'iiii', 'jjjj'];
  const swapped = words.flatMap((_, i) =>
    words.slice(i + 1).map((_, j) => {
      const own = [...words];
      [own[i], own[i + 1 + j]] = [own[i + 1 + j] ?? '', own[i] ?? ''];
      return own.join('');
    }),
  );
  assert.equal(new Set(swapped.map((text) => sumOf(encoder.encode(text)))).size, swapped.length);
});

test('parts are told apart', () => {
  const bytes = new TextEncoder().encode('a text of more than thirty-two bytes, and another of as many as that');
  const sums = Array.from(
    { length: bytes.length + 1 },
    (_, cut) => new TextHash().addBytes(bytes, 0, cut).addBytes(bytes, cut, bytes.length).value,
  );
  assert.equal(new Set(sums).size, sums.length);
});
