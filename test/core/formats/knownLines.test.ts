import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RowSink, TextFormat } from '../../../src/core/formats/format.ts';
import { pythonDictConsole } from '../../../src/core/formats/pythonDictConsole.ts';
import { learnTemplate } from '../../../src/core/formats/text/learnTemplate.ts';
import { verlConsole } from '../../../src/core/formats/verlConsole.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { contentOf } from '../../support/readTable.ts';
import { splitAt } from '../../support/splitAt.ts';
import { consoleKinds, dictLines, lineEnd, lineOf } from './consoleLogs.ts';
import { sampleOf } from './readText.ts';

/** Each line by a parser of its own, which has no time to learn. */
function readLineByLine(format: TextFormat, text: string): Table {
  const table = new Table();
  const pieces = text.split('\n');
  pieces.forEach((piece, i) => {
    if (i === pieces.length - 1) return;
    const sink: RowSink = {
      column: (name) => table.column(name),
      describe: (column, facts) => table.describe(column, facts),
      startRun: (name) => table.startRun(name),
      budget: (budget) => table.budget(budget),
      beginRow: (at) => table.beginRow(at + i),
      number: (column, value) => table.number(column, value),
      text: (column, value) => table.text(column, value),
      endRow: () => table.endRow(),
      numberRows: (rows) => table.numberRows({ ...rows, starts: rows.starts.map((at) => at + i) }),
      problem: (problem) => table.problem(problem),
    };
    format.open(sink, sampleOf(text)).feed(new TextEncoder().encode(`${piece}\n`));
  });
  return table;
}

function readWhole(format: TextFormat, text: string, cuts: readonly number[]): Table {
  const table = new Table();
  const parser = format.open(table, sampleOf(text));
  for (const piece of splitAt(new TextEncoder().encode(text), cuts)) parser.feed(piece);
  return table;
}

for (const { format, lines } of consoleKinds) {
  test(`${format.id}: lines that are known by their bytes are read as each is on its own`, () => {
    const log = fc.array(fc.tuple(lineOf(lines), lineEnd), { minLength: 150, maxLength: 300, size: 'max' });
    fc.assert(
      fc.property(log, fc.array(fc.nat(20_000), { maxLength: 5 }), (parts, cuts) => {
        const text = `${parts.flat().join('')}\n`;
        assert.deepEqual(contentOf(readWhole(format, text, cuts)), contentOf(readLineByLine(format, text)));
      }),
      { numRuns: 60, seed: 5 },
    );
  });
}

test('dicts that are known by their bytes are read and counted as those behind a colour, which never are', () => {
  const log = fc.array(fc.tuple(lineOf(dictLines), lineEnd), { minLength: 150, maxLength: 250, size: 'max' });
  fc.assert(
    fc.property(log, fc.array(fc.nat(20_000), { maxLength: 5 }), (parts, cuts) => {
      const [plain, coloured] = ['', '\u001b[0m'].map((colour) =>
        parts.map(([line, end]) => `${colour}${line.replaceAll('\u001b[31m', '')}${end}`).join(''),
      );
      const [one, other] = [plain, coloured].map((text) => readWhole(pythonDictConsole, `${text}\n`, cuts));
      assert.deepEqual(one && contentOf(one), other && contentOf(other));
    }),
    { numRuns: 60, seed: 6 },
  );
});

test('a line of verl that W&B may have cut loses its last number, however its like was read', () => {
  const lineOfLength = (length: number, i: number): string => {
    const line = `step:${100 + i} - a:0.5 - b:0.${'7'.repeat(i % 9)}1 - ${'x'.repeat(4000)}:2.5 - c:1.`;
    return line + '5'.repeat(length - line.length);
  };
  const text = Array.from({ length: 180 }, (_, i) => `${lineOfLength(i % 5 === 0 ? 4096 : 4090 + (i % 6), i)}\n`).join(
    '',
  );
  const table = readWhole(verlConsole, text, []);
  assert.deepEqual(contentOf(table), contentOf(readLineByLine(verlConsole, text)));
  assert.ok((table.find('c')?.rows.length ?? 0) < table.rowCount);
});

test('a number is known by its place only where nothing else of the record hangs on it', () => {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const read = (line: Uint8Array) => {
    const text = new TextDecoder().decode(line);
    const [, a = '', b = '', name = ''] = /^a=(\S+) b=(\S+) (\w+)/.exec(text) ?? [];
    const found = {
      cells: [
        ['a', Number(a)],
        ['twice b', 2 * Number(b)],
        [`of ${name}`, 1],
      ],
    } as const;
    return { found: a === '' ? null : found, textLength: text.length };
  };
  const template = learnTemplate(encode('a=5 b=7 x12 99 tail'), read);
  assert.equal(template?.read(encode('a=-6.5e3 b=7 x12 1234 tail'), 0, 26), true);
  assert.deepEqual([...(template?.values.subarray(0, 3) ?? [])], [-6500, 14, 1]);
  for (const other of [
    'a=5 b=8 x12 99 tail',
    'a=5 b=7 x13 99 tail',
    'a=5 b=7 x12 99 tails',
    'a=5 b=7 x12 99 tai',
    'a=x b=7 x12 99 tail',
  ])
    assert.equal(template?.read(encode(other), 0, other.length), false, other);
  assert.equal(learnTemplate(encode('nothing'), read), null);
});
