import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TextFormat } from '../../../src/core/formats/format.ts';
import { jsonHistory } from '../../../src/core/formats/jsonHistory.ts';
import { sacred } from '../../../src/core/formats/sacred.ts';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import { readText, sampleOf } from './readText.ts';

/** `name: first..last over x (n)` of each series, and the codes of the problems. */
function read(format: TextFormat, text: string) {
  const runs = buildRuns(readText(format, text), {});
  return {
    series: runs.flatMap(({ series }) =>
      series.map(({ name, xName, x, y }) => `${name}: ${xName} ${x.length} ${x[0]}..${x.at(-1)} ${y[0]}..${y.at(-1)}`),
    ),
    problems: runs.flatMap(({ problems }) => problems.map(({ code, count }) => `${code} ${count}`)),
  };
}

const recognised = (text: string): boolean => jsonHistory.sniff(sampleOf(text)) !== null;
const four = [3, 2, 1, 0.5];

test('NaN and Infinity in a document are values that are not finite, not values that are missing', () => {
  assert.deepEqual(read(jsonHistory, '{"loss": [3, NaN, 1, -Infinity], "note": "NaN", "val_loss": [3, 2, 1, null]}'), {
    series: ['loss: row 2 1..3 3..1', 'val_loss: row 3 1..3 3..1'],
    problems: ['not-finite 2'],
  });
  const metric = { steps: [1, 2, 3], values: [1, 2, 3] };
  const text = JSON.stringify({ 'training.loss': metric }).replace('[1,2,3]}', '[NaN,NaN,NaN]}');
  assert.deepEqual(read(sacred, text).problems, ['not-finite 3']);
});

test('metrics of Sacred, each with steps of its own, are one run', () => {
  const metric = { steps: [1, 2, 3], values: [3, 2, 1] };
  assert.deepEqual(
    read(sacred, JSON.stringify({ loss: metric, 'val.loss': metric, acc: { ...metric, steps: [2, 4, 6] } })),
    {
      series: ['loss: step 3 1..3 3..1', 'val.loss: step 3 1..3 3..1', 'acc: step 3 2..6 3..1'],
      problems: [],
    },
  );
});

test('lists below other names stand beside those of their length', () => {
  const text = JSON.stringify({ train: { loss: four }, val: { loss: four } });
  assert.deepEqual(read(jsonHistory, text).series, ['loss: row 4 1..4 3..0.5', 'val/loss: row 4 1..4 3..0.5']);
});

test('objects inside of records are read like those in JSON lines', () => {
  const text = JSON.stringify({
    history: four.map((loss, epoch) => ({ epoch, train: { loss }, val: { loss: 2 * loss } })),
  });
  assert.deepEqual(read(jsonHistory, text).series, ['train/loss: epoch 4 0..3 3..0.5', 'val/loss: epoch 4 0..3 6..1']);
});

test('records under keys that count are a history', () => {
  const under = (key: (i: number) => string) =>
    JSON.stringify(Object.fromEntries(four.map((loss, i) => [key(i), { loss }])));
  assert.deepEqual(
    read(
      jsonHistory,
      under((i) => `epoch_${i + 1}`),
    ).series,
    ['loss: epoch 4 1..4 3..0.5'],
  );
  assert.deepEqual(
    read(
      jsonHistory,
      under((i) => String(100 * (i + 1))),
    ).series,
    ['loss: step 4 100..400 3..0.5'],
  );
  assert.deepEqual(read(jsonHistory, under(String)).series, ['loss: row 4 1..4 3..0.5']);
});

test('pairs of step and value under the name of a metric are a curve, and so is what the TensorBoard page gives', () => {
  const pairs = four.map((value, i) => [10 * i, value]);
  assert.deepEqual(read(jsonHistory, JSON.stringify({ loss: pairs, acc: pairs })).series, [
    'loss: step 4 0..30 3..0.5',
    'acc: step 4 0..30 3..0.5',
  ]);
  const tensorBoards = JSON.stringify(pairs.map(([step, value], i) => [1.7e9 + i, step, value]));
  assert.deepEqual(read(jsonHistory, tensorBoards).series, ['value: step 4 0..30 3..0.5']);
});

test('numbers in quotes are numbers', () => {
  assert.deepEqual(read(jsonHistory, '{"loss": ["3", "2.5", "nan", "1"]}'), {
    series: ['loss: row 3 1..4 3..1'],
    problems: ['not-finite 1'],
  });
});

test('records that name samples are no history', () => {
  const samples = four.map((score, image_id) => ({ image_id, score }));
  assert.equal(recognised(JSON.stringify(samples)), false);
  assert.equal(recognised(JSON.stringify(samples.map((sample, step) => ({ ...sample, step })))), true);
});

test('lists of several lengths count each for itself', () => {
  const text = JSON.stringify({ a: { train_loss: four }, b: { train_loss: [...four, 0.4] } });
  assert.deepEqual(read(jsonHistory, text).series, [
    'train_loss: row 4 1..4 3..0.5',
    'b/train_loss: row 5 1..5 3..0.4',
  ]);
});
