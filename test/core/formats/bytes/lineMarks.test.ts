import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineMarks } from '../../../../src/core/formats/bytes/lineMarks.ts';
import { stripAnsi } from '../../../../src/core/formats/text/stripAnsi.ts';

const signs = fc.constantFrom(
  's',
  't',
  'e',
  'p',
  ':',
  'step:',
  'Iter',
  ' ',
  '1',
  '\n',
  '\n',
  '\r',
  '\u001b[36m',
  '\u001b[0m',
  'é',
  '█',
);

test('every line that holds a mark once its colours are off is visited, with its number, and hardly any other is', () => {
  const marks = ['step:', 'Iter'];
  const holds = (line: string): boolean => marks.some((mark) => stripAnsi(line).includes(mark));
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 60 }), (parts) => {
      const text = `${parts.join('')}\n`;
      const bytes = new TextEncoder().encode(text);
      const found = new Map<string, string>();
      const feeds = new LineMarks(marks).each(bytes, 0, bytes.length, (from, to, before) => {
        found.set(`${before}@${from}`, new TextDecoder().decode(bytes.subarray(from, to)));
      });
      assert.equal(feeds, text.split('\n').length - 1);
      const visited = [...found.values()];
      const lines = text.split(/[\r\n]/);
      assert.deepEqual(visited.filter(holds), lines.filter(holds));
      assert.ok(visited.every((line) => holds(line) || line.includes('\u001b')));
      for (const [place, line] of found) {
        const before = Number(place.slice(0, place.indexOf('@')));
        assert.ok(text.split('\n')[before]?.split('\r').includes(line));
      }
    }),
    { numRuns: 3000, seed: 8 },
  );
});

test('only the given range is looked at', () => {
  const bytes = new TextEncoder().encode('step:1\nstep:2\nstep:3\n');
  const found: number[] = [];
  assert.equal(
    new LineMarks(['step:']).each(bytes, 7, 14, (from) => found.push(from)),
    1,
  );
  assert.deepEqual(found, [7]);
});
