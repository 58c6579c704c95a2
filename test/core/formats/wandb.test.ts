import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { wandb } from '../../../src/core/formats/wandb.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { encodeBlockLog } from '../../support/encodeBlockLog.ts';
import { bytesField, joinBytes, textField, utf8, varintField } from '../../support/encodeProtobuf.ts';
import { checkExpectedFigures } from '../../support/expectedFigures.ts';
import { columnsOver, contentOf, readTable, sampleOf } from '../../support/readTable.ts';
import { splitAt } from '../../support/splitAt.ts';

const header = Uint8Array.of(0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0);

const item = (name: string, json: string) => bytesField(1, textField(1, name), textField(16, json));
const nestedItem = (path: readonly string[], json: string) =>
  bytesField(1, ...path.map((part) => textField(2, part)), textField(16, json));
const history = (...items: readonly Uint8Array[]) => bytesField(2, ...items);
const run = (id: string, name: string) => bytesField(17, textField(1, id), textField(8, name));
const metric = (glob: string, step: string) => bytesField(12, textField(2, glob), textField(4, step));
const config = (name: string, json: string) => bytesField(5, bytesField(1, textField(1, name), textField(16, json)));

const row = (step: number, padding = '') =>
  history(item('loss', String(1 / (1 + step))), item('note', `"${padding}"`), item('_step', String(step)));

const fileOf = (...records: readonly Uint8Array[]) => encodeBlockLog(header, records).bytes;
const steps = (table: Table): readonly number[] =>
  columnsOver(table, '_step')
    .find(({ name }) => name === 'loss')
    ?.points.map(([x]) => x) ?? [];
const valuesOf = (table: Table, name: string) => [...(table.find(name)?.values.view() ?? [])];

test('history rows of old and new clients become rows, whatever stands before or behind them', () => {
  const table = readTable(wandb, [
    fileOf(
      run('abc', 'brave-sun-7'),
      history(item('loss', '0.5'), item('_step', '0')),
      history(nestedItem(['loss'], '0.25'), nestedItem(['eval', 'acc'], '1e-1'), nestedItem(['_step'], '10')),
      joinBytes(varintField(1, 4), history(item('loss', '0.125')), bytesField(200, textField(1, 'abc'))),
    ),
  ]);
  assert.deepEqual(valuesOf(table, 'loss'), [0.5, 0.25, 0.125]);
  assert.deepEqual(valuesOf(table, 'eval.acc'), [0.1]);
  assert.equal(table.segments[0]?.name, 'brave-sun-7');
});

test('a row without its step as an item takes the step of the history record', () => {
  const table = readTable(wandb, [fileOf(history(item('loss', '1'), bytesField(2, varintField(1, 42))))]);
  assert.deepEqual(valuesOf(table, '_step'), [42]);
});

test('values are numbers, truth values, spelled infinities and what plain objects hold; media and texts are none', () => {
  const table = readTable(wandb, [
    fileOf(
      history(
        item('a', '-1.5e3'),
        item('b', 'true'),
        item('c', '"NaN"'),
        item('d', 'Infinity'),
        item('e', '{"f": {"g": 2}, "h": "text"}'),
        item('picture', '{"_type": "image-file", "width": 3}'),
        item('text', '"3"'),
        item('list', '[1, 2]'),
        item('torn', '{"x": 1'),
        item('empty', ''),
      ),
    ),
  ]);
  assert.deepEqual(
    table.columns.map(({ name, values }) => [name, values.at(0)]),
    [
      ['a', -1500],
      ['b', 1],
      ['c', Number.NaN],
      ['d', Number.POSITIVE_INFINITY],
      ['e.f.g', 2],
    ],
  );
});

test('names that JavaScript objects know by themselves are names like any other', () => {
  const table = readTable(wandb, [fileOf(history(item('__proto__', '1'), item('constructor', '2')))]);
  assert.deepEqual(
    table.columns.map(({ name }) => name),
    ['__proto__', 'constructor'],
  );
});

test('a declared step metric is the main axis, and the count of log calls comes after it', () => {
  const table = readTable(wandb, [
    fileOf(
      metric('story/*', 'story/step'),
      metric('*', 'train/global_step'),
      history(item('loss', '1'), item('train/global_step', '5'), item('story/step', '1'), item('_step', '0')),
    ),
  ]);
  const axis = (name: string) => table.find(name)?.facts?.axis ?? Number.NaN;
  assert.ok(axis('train/global_step') < axis('_step'));
  assert.ok(axis('_step') < axis('story/step'));
});

test('nothing of a config, a summary or the console is in what was read', () => {
  const secret = 'hf_abcdefghijklmnopqrstuvwxyz';
  const table = readTable(wandb, [
    fileOf(
      config('api_key', `"${secret}"`),
      bytesField(17, textField(1, 'abc'), bytesField(4, bytesField(1, textField(1, 'token'), textField(16, secret)))),
      bytesField(3, bytesField(1, textField(1, 'loss'), textField(16, '9'))),
      bytesField(13, varintField(1, 1), textField(3, `login ${secret}`)),
      row(1),
    ),
  ]);
  assert.ok(!JSON.stringify(contentOf(table)).includes(secret));
  assert.deepEqual(valuesOf(table, 'loss'), [0.5]);
});

test('a file with console text only says where that text can be opened', () => {
  const table = readTable(wandb, [fileOf(bytesField(13, textField(3, 'epoch 1 loss 2')))]);
  assert.deepEqual(
    table.problems.map(({ code }) => code),
    ['console-only'],
  );
});

const small = encodeBlockLog(header, [run('abc', ''), row(1), row(2), row(3), row(4)]);

test('a flipped bit anywhere loses at most the record it stands in, and the loss is told with its offset', () => {
  for (let bit = header.length * 8; bit < small.bytes.length * 8; bit += 1) {
    const broken = small.bytes.slice();
    const byte = bit >> 3;
    broken[byte] = (broken[byte] ?? 0) ^ (1 << (bit & 7));
    const hit = small.starts.findIndex((start, i) => byte >= start && byte < (small.starts[i + 1] ?? 0));
    const table = readTable(wandb, [broken]);
    assert.deepEqual(
      steps(table),
      [1, 2, 3, 4].filter((step) => step !== hit),
      `bit ${bit}`,
    );
    const [problem] = table.problems;
    // A wrong length of the last record, or of any when it reaches the next, cannot be told from one still being written.
    if (problem !== undefined) assert.deepEqual([problem.code, problem.byte], ['torn-record', small.starts[hit]]);
  }
});

test('records over several blocks are joined, also where a block ends in a few bytes of padding', () => {
  for (let padding = 0; padding < 24; padding += 1) {
    const rows = [row(1, 'x'.repeat(32_600 + padding)), row(2, 'y'.repeat(100_000)), row(3)];
    const table = readTable(wandb, [encodeBlockLog(header, rows).bytes]);
    assert.deepEqual(steps(table), [1, 2, 3], `padding ${padding}`);
    assert.deepEqual(table.problems, []);
  }
});

test('damage in one part of a long record loses that record only', () => {
  const log = encodeBlockLog(header, [row(1), row(2, 'y'.repeat(100_000)), row(3)]);
  for (const at of [100, 33_000, 66_000, 100_000]) {
    const broken = log.bytes.slice();
    broken[at] = (broken[at] ?? 0) ^ 16;
    const table = readTable(wandb, [broken]);
    assert.deepEqual(steps(table), [1, 3], `damage at ${at}`);
    assert.deepEqual(
      table.problems.map(({ code, byte }) => [code, byte]),
      [['torn-record', log.starts[1]]],
    );
  }
});

test('a file cut at any byte gives the whole records before the cut and no problem', () => {
  for (let cut = header.length; cut <= small.bytes.length; cut += 1) {
    const table = readTable(wandb, [small.bytes.slice(0, cut)]);
    const whole = small.starts.slice(1).filter((end) => end <= cut).length;
    assert.deepEqual(steps(table), [1, 2, 3, 4].slice(0, Math.max(0, whole - 1)), `cut at ${cut}`);
    assert.deepEqual(table.problems, []);
  }
});

test('any split of damaged or sound bytes gives what one read gives', () => {
  const log = encodeBlockLog(header, [run('abc', ''), row(1), row(2, 'y'.repeat(40_000)), row(3), row(4)]);
  fc.assert(
    fc.property(
      fc.array(fc.nat(log.bytes.length), { maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(log.bytes.length - 1), fc.nat(255)), { maxLength: 4 }),
      (cuts, damage) => {
        const bytes = log.bytes.slice();
        for (const [at, value] of damage) bytes[at] = value;
        assert.deepEqual(contentOf(readTable(wandb, splitAt(bytes, cuts))), contentOf(readTable(wandb, [bytes])));
      },
    ),
    { numRuns: 200, seed: 7 },
  );
});

test('what a growing damaged file offers at its end is not counted twice', () => {
  const bytes = small.bytes.slice();
  const second = small.starts[1] ?? 0;
  bytes[second + 4] = 255;
  const table = new Table();
  const parser = wandb.open(table, sampleOf(bytes));
  for (let at = 0; at < bytes.length; at += 5) {
    parser.feed(bytes.slice(at, at + 5));
    const mark = table.mark();
    parser.finish();
    table.cutTo(mark);
  }
  parser.finish();
  assert.deepEqual(steps(table), [2, 3, 4]);
});

test('random bytes are never taken for a W&B file and never throw behind its mark', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
      assert.equal(wandb.sniff(sampleOf(bytes)), null);
      readTable(wandb, [joinBytes(header, bytes)]);
      readTable(wandb, [encodeBlockLog(header, [bytes]).bytes]);
    }),
    { numRuns: 200, seed: 8 },
  );
});

test('blocks full of fragments that only look possible end in bounded time', () => {
  const block = new Uint8Array(400_000).map((_, i) => (i % 2 === 0 ? 1 : 0x3f));
  assert.equal(readTable(wandb, [joinBytes(header, block)]).rowCount, 0);
});

test('the mark at the beginning decides', () => {
  assert.ok((wandb.sniff(sampleOf(small.bytes))?.confidence ?? 0) > 0.9);
  assert.equal(wandb.sniff(sampleOf(utf8(':SWL'))), null);
});

checkExpectedFigures('wandb/', (bytes) => columnsOver(readTable(wandb, [bytes]), '_step'));
