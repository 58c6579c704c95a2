import assert from 'node:assert/strict';
import test from 'node:test';
import { formats } from '../../src/core/formats/formatTable.ts';
import { event, firstRecord, simpleValue } from '../support/encodeEvents.ts';
import { joinBytes, utf8 } from '../support/encodeProtobuf.ts';
import { growsAlike, recognised, splitsAlike, survivesCut, survivesWounds } from './laws.ts';
import { Random } from './random.ts';
import { readLog } from './readLog.ts';
import { seeds } from './seeds.ts';

/** Wounded logs of each seed; `npm run fuzz` goes on as long as it is let. */
const wounds = 20;

test('every format has a seed to fuzz from, which it takes', async () => {
  const taken = new Set<string>();
  for (const seed of seeds) {
    const { format } = await recognised(seed);
    assert.equal(format.title, seed.title, seed.path);
    taken.add(`${format.title} (${format.kind})`);
  }
  assert.deepEqual(
    formats.map(({ title, kind }) => `${title} (${kind})`).filter((format) => !taken.has(format)),
    [],
  );
});

for (const [i, seed] of seeds.entries()) {
  const { title, path, bytes } = seed;
  test(`${title} (${path}): cut at every byte it is read as far as it goes, and read on it is whole`, async () => {
    for (let end = 0; end <= bytes.length; end++) {
      await survivesCut(seed, end);
      await growsAlike(seed, end);
    }
  });

  test(`${title} (${path}): split anyhow it is the same, and wounded anyhow it is read or refused in a sentence`, async () => {
    const random = new Random(i);
    for (let round = 0; round < wounds; round++) {
      await splitsAlike(seed, random);
      await survivesWounds(seed, random);
    }
  });
}

/** Where looking at a line again at each of its signs was minutes of work, or more calls in calls than there is room for. */
const longRuns = [' ', '\t', '1', '(', '()', 'tensor(', "{'a': ", '\\"', 'a ', '[[', '"', '第'];
const longRun = 300_000;

for (const seed of seeds) {
  test(`${seed.title} (${seed.path}): a line that goes on and on is read, or left out, as soon as others`, {
    timeout: 120_000,
  }, async () => {
    for (const run of longRuns) {
      const at = Math.floor(0.3 * seed.bytes.length);
      const long = utf8(run.repeat(longRun / run.length));
      await readLog(seed.path, joinBytes(seed.bytes.slice(0, at), long, seed.bytes.slice(at)));
    }
  });
}

test('a cell that comes in many pieces is not read again with each of them', { timeout: 60_000 }, async () => {
  const digits = '1'.repeat(24 * 1024 * 1024);
  const { table, format } = await readLog('long.csv', utf8(`step,loss\n1,2.5\n2,${digits}\n3,2\n`));
  assert.equal(format, 'csv');
  assert.deepEqual([...(table?.find('loss')?.rows.view() ?? [])].at(-1), (table?.rowCount ?? 0) - 1);
});

const columns = (count: number): string[] => ['loss', ...Array.from({ length: count }, (_, i) => `l${i}`)];
const wide = (names: readonly string[]): readonly (readonly [what: string, path: string, bytes: Uint8Array])[] => [
  ['a table', 'wide.csv', utf8(`step,${names.join()}\n${'1,'.repeat(names.length)}1\n`)],
  ['a record', 'wide.jsonl', utf8(`{"step":1,${names.map((name) => `"${name}":1`).join()}}\n`)],
  ['a document', 'wide.json', utf8(`{"epoch":[1,2,3],${names.map((name) => `"${name}":[1,2,3]`).join()}}`)],
];
const events = (names: readonly string[]) =>
  names.map((name) => event({ step: 1, values: [simpleValue(name.padEnd(8, '_'), 1)] }));

test('more columns than a log has are refused in a sentence that names the file', async () => {
  const names = columns(20_001);
  const logs = [
    ...wide(names),
    ['an event file', 'events.out.tfevents.1', joinBytes(firstRecord, ...events(names))] as const,
  ];
  for (const [what, path, bytes] of logs) {
    const { refusal } = await readLog(path, bytes);
    assert.match(refusal ?? '', /^wide|^events/, what);
    assert.match(refusal ?? '', /more than 20000 columns/, what);
  }
});

test('a million columns are refused, or are said to be no log', async () => {
  for (const [what, path, bytes] of wide(columns(1_000_000)).slice(0, 2)) {
    const { format, refusal } = await readLog(path, bytes);
    assert.ok(refusal !== null || format === 'unknown' || format === 'not-a-log', what);
  }
});

test('a number of any size is a number or not finite, and never an error', async () => {
  const digits = '9'.repeat(100_000);
  for (const value of ['1e999', '-1e999', '1e-999', digits, `0.${digits}`, `-${digits}e-99999`, '5e-324']) {
    const { table } = await readLog(
      'numbers.jsonl',
      utf8(Array.from({ length: 5 }, (_, i) => `{"step": ${i}, "loss": ${i === 2 ? value : 1}}\n`).join('')),
    );
    assert.equal(table?.find('loss')?.rows.length, 5, value.slice(0, 20));
  }
});

// A pattern that looks again from every place takes minutes for it: it is the limit of the test that tells.
test('a quarter of a megabyte of one sign or word over and over is looked at once', { timeout: 60_000 }, async () => {
  const length = 250_000;
  const open = ['{"a":', '{"a": {"b": 1},', '{"a":[', '{"step": 1, "loss": [[', "{'loss': 1, 'b': {"];
  const words = [
    ...open,
    '9',
    ' ',
    'a',
    '*',
    '-',
    '=',
    '.',
    '_',
    '{',
    '(',
    '"',
    '\\',
    '\n',
    '─',
    '\u001b[',
    '1/',
    '1 ',
    'a=1 ',
    'a: 1, ',
  ];
  for (const word of [...words, '| ', "{'", 'loss ', 'loss: ', 'Epoch 1/9 ', 'step ', '12:00:00 ', '1e', '[1']) {
    await readLog('long.log', utf8(word.repeat(length / word.length)));
    await readLog('long.log', utf8(`Epoch 1/9\n${word.repeat(length / word.length)}`));
  }
});
