import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { IsWanted } from '../../../src/core/formats/format.ts';
import { jsonl } from '../../../src/core/formats/jsonl.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { splitAt } from '../../support/splitAt.ts';
import { cellsOf, sampleOf } from './readText.ts';

/** Beginnings of one another, escapes, what is longer in bytes than in signs, and what objects have anyway. */
const names = [
  'step',
  'loss',
  'los',
  'loss_2',
  'a',
  '',
  'é\u{1f600}',
  'x\\"y',
  '\\u0061b',
  '__proto__',
  'eval',
  'config',
  'type',
];
const numbers = [
  '0',
  '-1',
  '0.25',
  '-0.30000000000000004',
  '1e-5',
  '1760000000.5324848',
  '12345678901234567890.5',
  '.5',
];
const words = [
  'null',
  'true',
  'False',
  'None',
  'NaN',
  '-Infinity',
  '"0.5"',
  '""',
  '"config"',
  '[]',
  '{}',
  'nulL',
  '1 2',
];
const texts = ['"loss": 3', '\\"loss\\": 9, ', '{\\"step\\": 1}', '\\\\', '{[}]', 'é', '\\u00e9\\n', 'a, b'];
const blanks = fc.constantFrom('', '', '', ' ', '\t', '  ');

/** One object as writers write it, and as nobody does: other blanks, a name twice, the same name below. */
const record: fc.Arbitrary<string> = fc.letrec<{ object: string; value: string }>((tie) => ({
  value: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...numbers) },
    { weight: 2, arbitrary: fc.double().map(String) },
    { weight: 2, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.constantFrom(...texts).map((text) => `"${text}"`) },
    { weight: 1, arbitrary: fc.constant('[0.5, -1, NaN]') },
    { weight: 1, arbitrary: tie('object') },
  ),
  object: fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom(...names), blanks, blanks, tie('value'), blanks), { maxLength: 7 }),
      fc.constantFrom(', ', ', ', ',', ' ,\t'),
    )
    .map(
      ([members, between]) =>
        `{${members.map(([name, a, b, value, c]) => `"${name}"${a}:${b || ' '}${value}${c}`).join(between)}}`,
    ),
})).object;

/** Lines of a few kinds that come again and again, so that they are predicted, with other values and now and then torn. */
const log = fc
  .tuple(
    fc.array(record, { minLength: 1, maxLength: 4 }),
    fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...numbers), fc.nat(9), fc.nat(200)), { minLength: 1, maxLength: 30 }),
    fc.constantFrom('\n', '\n', '\r\n'),
  )
  .map(([kinds, lines, lineEnd]) =>
    lines
      .map(([kind, number, luck, cut]) => {
        const line = (kinds[kind % kinds.length] ?? '').replace(/-?\d+\.\d+/, number);
        if (luck === 0) return line.slice(0, cut);
        if (luck === 1) return `${line.slice(0, cut)}${line}`;
        return luck === 2 ? `INFO ${line} ${line}` : line;
      })
      .map((line) => `${line}${lineEnd}`),
  );

function read(texts: readonly string[], isWanted?: IsWanted, cuts?: readonly number[]): Table {
  const table = new Table();
  for (const text of texts) {
    const parser = jsonl.open(table, sampleOf(text), isWanted);
    const bytes = new TextEncoder().encode(text);
    for (const piece of cuts === undefined ? [bytes] : splitAt(bytes, cuts)) parser.feed(piece);
    parser.finish();
  }
  return table;
}

const problemsOf = (table: Table): readonly (readonly [string, number])[] =>
  table.problems.map(({ code, count }) => [code, count]);

test('lines that are predicted from those before are read as each would be alone, wherever the log is cut', () => {
  fc.assert(
    fc.property(log, fc.array(fc.nat(4000), { maxLength: 6 }), (lines, cuts) => {
      // A parser that has seen no line before has nothing to predict by.
      const alone = read(lines);
      const together = read([lines.join('')], undefined, cuts);
      assert.deepEqual(cellsOf(together), cellsOf(alone));
      assert.deepEqual(problemsOf(together), problemsOf(alone));
      assert.equal(together.rowCount, alone.rowCount);
    }),
    { numRuns: 1500, seed: 21 },
  );
});

test('columns that are wanted have the cells that reading all columns gives them, and no name stays unseen', () => {
  fc.assert(
    fc.property(
      log,
      fc.array(fc.nat(4000), { maxLength: 6 }),
      fc.subarray([...names, 'eval/loss']),
      (lines, cuts, some) => {
        const wanted = new Set(some.map((name) => name.replaceAll('\\"', '"').replace('\\u0061', 'a')));
        const all = read([lines.join('')]);
        const seen = new Set<string>();
        const isWanted: IsWanted = (name) => {
          seen.add(name);
          return wanted.has(name);
        };
        const table = read([lines.join('')], isWanted, cuts);
        const isKept = ({ name }: { name: string }): boolean => wanted.has(name);
        assert.deepEqual(cellsOf(table), cellsOf(all).filter(isKept));
        assert.deepEqual(problemsOf(table), problemsOf(all));
        assert.equal(table.rowCount, all.rowCount);
        for (const { name } of all.columns) assert.ok(seen.has(name), name);
      },
    ),
    { numRuns: 1500, seed: 22 },
  );
});

test('a record that breaks off before its first key is torn once, wherever the log is cut', () => {
  const text = '{"step": 7}{9\n{"step": 8}\n';
  const whole = read([text]);
  assert.deepEqual(problemsOf(whole), [['torn-record', 1]]);
  for (let cut = 0; cut <= text.length; cut++) {
    const table = read([text], undefined, [cut]);
    assert.deepEqual(problemsOf(table), problemsOf(whole));
    assert.deepEqual(cellsOf(table), cellsOf(whole));
  }
});
