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

test('where a digit has to follow on a mark, a line matters that has one which colours may part, and most others do not', () => {
  const marks = ['step:', 'p:'];
  const holds = (line: string): boolean => marks.some((mark) => new RegExp(`${mark}\\d`).test(stripAnsi(line)));
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 60 }), (parts) => {
      const text = `${parts.join('')}\n`;
      const bytes = new TextEncoder().encode(text);
      const mattering: string[] = [];
      const visited: string[] = [];
      new LineMarks(marks, true).each(bytes, 0, bytes.length, (from, to, _, mayMatter) => {
        const line = new TextDecoder().decode(bytes.subarray(from, to));
        visited.push(line);
        if (mayMatter) mattering.push(line);
      });
      const all: string[] = [];
      new LineMarks(marks).each(bytes, 0, bytes.length, (from, to) => {
        all.push(new TextDecoder().decode(bytes.subarray(from, to)));
      });
      assert.deepEqual(visited, all);
      assert.deepEqual(mattering.filter(holds), text.split(/[\r\n]/).filter(holds));
      assert.ok(mattering.every((line) => holds(line) || line.includes('\u001b')));
    }),
    { numRuns: 3000, seed: 9 },
  );
});

test('a mark is found whichever of its bytes is the rarest', () => {
  for (const filler of ['sssss', 'ttttt', 'eeeee', 'ppppp', ':::::', 'step ', 'tep:p']) {
    const bytes = new TextEncoder().encode(`${filler.repeat(9)}\n${filler}step:1${filler}\nstep:2\n${filler}\n`);
    const found: number[] = [];
    const marks = new LineMarks(['step:']);
    for (let again = 0; again < 2; again++)
      marks.each(bytes, 0, bytes.length, (_from, _to, feeds) => found.push(feeds));
    assert.deepEqual(found, [1, 2, 1, 2]);
  }
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
