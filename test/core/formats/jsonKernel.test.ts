import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { IsWanted } from '../../../src/core/formats/format.ts';
import { jsonl } from '../../../src/core/formats/jsonl.ts';
import { kernelOfThread } from '../../../src/core/formats/simd/kernel.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { Random } from '../../fuzz/random.ts';
import { assertSame } from '../../support/assertSame.ts';
import { jsonLog, names } from './jsonLogs.ts';
import { largeBlock, negativeZeros, readInBlocks, repeated, smallBlock } from './readInBlocks.ts';
import { cellsOf, sampleOf } from './readText.ts';

const read = (text: string, blockBytes: number, isWanted?: IsWanted, isLent = false): Table =>
  readInBlocks(jsonl, text, blockBytes, isWanted, isLent);

const allOf = (table: Table) => ({
  cells: cellsOf(table),
  signs: negativeZeros(table),
  lines: Array.from({ length: table.rowCount }, (_, row) => table.lineOf(row)),
  problems: table.problems,
});

/** Wherever the blocks lie. */
function agree(text: string, isWanted?: IsWanted): void {
  const plain = allOf(read(text, smallBlock, isWanted));
  for (const isLent of [false, true]) assertSame(allOf(read(text, 1e9, isWanted, isLent)), plain, text);
}

test('the kernel runs here: what follows is no comparison of the reader with itself', () => {
  assert.notEqual(kernelOfThread(), null);
  const kernel = kernelOfThread();
  read('{"step": 1, "loss": 0.5}\n'.repeat(4000), 1e9);
  assert.notEqual(kernel?.owner, null);
});

test('logs read by the kernel have every cell, line and problem that reading them without it gives', () => {
  fc.assert(
    fc.property(jsonLog, (lines) => agree(repeated(lines.join('')))),
    { numRuns: 150, seed: 31, endOnFailure: true },
  );
});

test('and so have those of which some columns are read', () => {
  fc.assert(
    fc.property(jsonLog, fc.subarray([...names, 'eval/loss', 'eval/a']), (lines, some) => {
      const wanted = new Set(some.map((name) => name.replaceAll('\\"', '"').replace('\\u0061', 'a')));
      agree(repeated(lines.join('')), (name) => wanted.has(name));
    }),
    { numRuns: 150, seed: 32, endOnFailure: true },
  );
});

/** Numbers as programs print them, and as nobody does. */
const digits = (most: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: most }).map((list) => list.join(''));
const numeral = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ min: -10, max: 10, noNaN: true }).map(String),
  fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value.toFixed(17)),
  fc.integer().map((value) => value.toExponential()),
  fc
    .tuple(
      fc.constantFrom('', '', '-', '+'),
      digits(22),
      fc.oneof(
        fc.constant(''),
        fc.constant('.'),
        digits(25).map((text) => `.${text}`),
      ),
      fc.oneof(
        fc.constant(''),
        fc.tuple(fc.constantFrom('e', 'E', 'e-', 'e+', 'E-'), digits(4)).map((parts) => parts.join('')),
      ),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('1.2.3', '1-2', '-', '.5', '5.', '1e', '1e+', '0x10', '--1', '1e5e5', '00012', '-0', '-0.0e-7'),
);

test('numbers are to the last bit those of Number, wanted or passed over, whatever stands behind them', () => {
  const behind = fc.constantFrom(', ', ', ', ',', ' , ', ',  ');
  const isNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
  fc.assert(
    fc.property(fc.array(fc.tuple(numeral, behind), { minLength: 20, maxLength: 60 }), (rows) => {
      const text = repeated(rows.map(([value, comma]) => `{"step": 1, "a": ${value}${comma}"b": 2}\n`).join(''));
      agree(text);
      agree(text, (name) => name !== 'a');
      const values = rows.map(([value]) => value).filter((value) => isNumber.test(value));
      const found = read(text, 1e9).find('a')?.values.view() ?? [];
      assert.deepEqual([...found].slice(-values.length), values.map(Number));
    }),
    { numRuns: 300, seed: 33, endOnFailure: true },
  );
});

test('half a million random numbers are to the last bit those of Number', () => {
  const random = new Random(34);
  const digitsOf = (count: number): string => Array.from({ length: count }, () => random.below(10)).join('');
  const numerals = Array.from({ length: 500_000 }, () => {
    const whole = random.below(2) === 0 ? '0' : digitsOf(1 + random.below(18));
    const exponent = random.below(4) === 0 ? `e${random.pick(['', '-', '+'])}${digitsOf(1 + random.below(2))}` : '';
    return `${random.pick(['', '-'])}${whole}.${digitsOf(random.below(22))}${exponent}`;
  });
  const table = read(numerals.map((numeral) => `{"a": ${numeral}}\n`).join(''), 1e6);
  const values = table.find('a')?.values.view() ?? new Float64Array(0);
  assert.equal(values.length, numerals.length);
  const wrong = numerals.filter((numeral, i) => !Object.is(values[i], Number(numeral)));
  assert.deepEqual(wrong.slice(0, 5), []);
});

const plain = '{"step": 1, "a": 0.5, "b": [1, 2], "t": "x", "c": {"d": 3}}';

for (const [what, lines] of Object.entries({
  'lists that change their length': [plain, plain.replace('[1, 2]', '[1]'), plain.replace('[1, 2]', '[1, 2, 3]')],
  'a text that its line ends': [plain, '{"step": 1, "a": 0.5, "b": [1, 2], "t": "x', '", "c": {"d": 3}}', plain],
  'lists of other things than numbers': [
    plain,
    ...['"x", 2', '1, {"e": 2}', '[1], 2', '1, null', '1,, 2', ''].map((items) => plain.replace('1, 2', items)),
  ],
  'a text that its line ends before another quote': [plain, plain.replace('"x"', '"x\n "'), plain],
  'a text that its line ends behind a backslash': [plain, '{"step": 1, "a": 0.5, "b": [1, 2], "t": "x\\', plain],
  'an escaped quote': [plain, plain.replace('"x"', '"x\\"y\\\\"'), plain.replace('"x"', '"x\\\\", "u": "z"')],
  'numbers in quotes': [
    plain,
    plain.replace('"x"', '"0.25"'),
    plain.replace('"x"', '"12/300"'),
    plain.replace('"x"', '" 7"'),
  ],
  'words in quotes that are numbers': ['nan', 'Infinity', '-inf', 'None'].map((word) =>
    plain.replace('"x"', `"${word}"`),
  ),
  'signs that are no numbers': [
    plain,
    ...['.', '-', '-.', '+', '1.2.3', '1-2', '--1'].map((sign) => plain.replace('0.5', sign)),
  ],
  'a key that is a number only now and then': [
    '{"a": 1, "b": null}',
    '{"a": 5, "b": 2}',
    '{"c": 1}',
    '{"a": 6, "b": 2}',
    '{"c": 2}',
  ],
  'a key that is a number late': [
    ...Array(900).fill('{"a": 1, "b": null}'),
    '{"a": 5, "b": 2}',
    ...Array(900).fill('{"c": 1}'),
  ],
  'a key that is a number late, behind a text': [
    '{"a": 1, "b": null}',
    '{"c": 1}',
    '{"c": 1, "t": "x"}',
    '{"a": 5, "b": 2}',
    '{"c": 1}',
  ],
  'the same key twice': [plain, '{"step": 1, "a": 0.5, "a": 0.75, "b": [1, 2]}'],
  'one name, flat and nested': [plain, '{"step": 2, "c/d": 9, "c": {"d": 3}}', '{"step": 2, "c": {"d": 3}, "c/d": 9}'],
  'empty and deep objects': [plain, '{}', '{"step": 1, "c": {}}', `${'{"c": '.repeat(30)}1${'}'.repeat(30)}`],
  'several records in a line': [plain, `${plain}${plain}`, `${plain} ${plain}`, `INFO ${plain}`],
  'other ends of lines': [`${plain}\r`, plain, `${plain} `, '', '\r', `\t${plain}`],
  'settings and summaries': [
    plain,
    '{"config": {"lr": 1}, "x": 1}',
    '{"train_runtime": 9, "loss": 1}',
    '{"type": "config", "a": 4}',
  ],
  'names that are secrets': [plain, '{"step": 1, "api_key": 5, "a": 2}'],
  'brackets of the other kind': ['{"step": 1, "b": [1, 2}', '{"step": 1, "c": {"d": 3]}', plain],
  'a comma before the bracket': [plain, '{"step": 1, "a": 0.5,}', '{"step": 1, "a": 0.5, }'],
  'values that are not finite': [
    plain,
    plain.replace('0.5', 'NaN'),
    plain.replace('0.5', 'Infinity'),
    plain.replace('3', '-Infinity'),
  ],
})) {
  test(`${what}: read by the kernel as without it`, () => {
    const text = repeated(lines.map((line) => `${line}\n`).join(''));
    agree(text);
    agree(text, (name) => name === 'a' || name === 'c/d');
    agree(text, (name) => name === 'b/0');
  });
}

test('two logs that are read in turns do not see each other', () => {
  const logs = ['a', 'b'].map((name) =>
    Array.from(
      { length: 9000 },
      (_, i) => `{"step": ${i}, "${name}": ${i / 7}, "text_${name}": "word ${i % 3}"}\n`,
    ).join(''),
  );
  const tables = logs.map(() => new Table());
  const parsers = logs.map((log, i) => jsonl.open(tables[i] ?? new Table(), sampleOf(log.slice(0, 1000))));
  for (let at = 0; at < Math.max(...logs.map(({ length }) => length)); at += largeBlock) {
    for (const [i, log] of logs.entries()) parsers[i]?.feed(new TextEncoder().encode(log.slice(at, at + largeBlock)));
  }
  for (const [i, log] of logs.entries()) {
    parsers[i]?.finish();
    assertSame(allOf(tables[i] ?? new Table()), allOf(read(log, smallBlock)), log);
  }
});

test('a record that a block breaks off is not taken with what the block before it left in memory', () => {
  const line = '{"step": 10, "loss": 0.25, "note": "w"}\n';
  const numbers = '{"step": 10, "loss": 0.25}\n';
  for (const text of [line.repeat(9000), numbers.repeat(14_000)]) {
    const bytes = new TextEncoder().encode(text);
    for (let cut = 70_000; cut < 70_000 + line.length; cut += 6) {
      const table = new Table();
      const parser = jsonl.open(table, sampleOf(text.slice(0, 1000)));
      for (const [from, to] of [
        [0, 140_000],
        [140_000, 140_000 + cut],
        [140_000 + cut, bytes.length],
      ])
        parser.feed(bytes.slice(from, to));
      parser.finish();
      assertSame(allOf(table), allOf(read(text, smallBlock)), `cut at ${cut}`);
    }
  }
});

test('more keys than the kernel has room for, and longer ones, are read all the same', () => {
  const many = JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`key_${i}`, i / 3])));
  const long = JSON.stringify(Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`${i}`.padEnd(300, 'k'), i])));
  const some = JSON.stringify(Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`key_${i}`, i / 3])));
  for (const line of [many, long, some]) agree(`${line}\n`.repeat(Math.max(4, Math.ceil(largeBlock / line.length))));
});
