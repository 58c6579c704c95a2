import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formats } from '../../../src/core/formats/formatTable.ts';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import { recognise } from '../../../src/engine/recognise.ts';
import { readText, sampleOf } from './readText.ts';

/** What a table is recognised as, and for each run its name and its series as `name: n last`. */
function read(text: string, fileName = 'table.csv') {
  const { format } = recognise(sampleOf(text, fileName), formats);
  if (format?.kind !== 'text') return { format: format?.id ?? 'unknown', runs: [] };
  const runs = buildRuns(readText(format, text, [], fileName), {});
  return {
    format: format.id,
    runs: runs.map(({ name, series }) => [
      name,
      ...series.map((one) => `${one.name}: ${one.y.length} ${one.y.at(-1)}`),
    ]),
  };
}

const rows = (count: number, row: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => row(i)).join('');

test('titles between tables name their runs, and a header without rows is no run', () => {
  const header = 'epoch,train_loss,val_loss\n';
  const text = `Trial 1,,\n${header}${rows(4, (i) => `${i},${4 - i},${5 - i}\n`)},,\nTrial 2,,\n${header},,\nTrial 3,,\n${header}${rows(3, (i) => `${i},${9 - i},${8 - i}\n`)}`;
  assert.deepEqual(read(text), {
    format: 'csv',
    runs: [
      ['Trial 1', 'train_loss: 4 1', 'val_loss: 4 2'],
      ['Trial 3', 'train_loss: 3 7', 'val_loss: 3 6'],
    ],
  });
});

test('comments may stand before the header', () => {
  assert.deepEqual(read(`# my run\n# lr = 0.1\nepoch,loss\n${rows(4, (i) => `${i},${4 - i}\n`)}`), {
    format: 'csv',
    runs: [['run', 'loss: 4 1']],
  });
});

test('between semicolons a comma is the point of a decimal number', () => {
  assert.deepEqual(read(`epoch;loss;acc\n${rows(4, (i) => `${i};0,${9 - i};1,${i}e-1\n`)}`), {
    format: 'csv',
    runs: [['run', 'loss: 4 0.6', 'acc: 4 0.13']],
  });
});

test('a header in another language is one of a log', () => {
  assert.deepEqual(read(`轮次,训练损失,验证准确率\n${rows(4, (i) => `${i},0.${9 - i},0.${i + 5}\n`)}`), {
    format: 'csv',
    runs: [['run', '训练损失: 4 0.6', '验证准确率: 4 0.8']],
  });
  assert.deepEqual(read(`Schritt;Verlust\n${rows(4, (i) => `${i};0,${9 - i}\n`)}`), {
    format: 'csv',
    runs: [['run', 'Verlust: 4 0.6']],
  });
});

test('one column is a curve when its name is that of a metric', () => {
  assert.deepEqual(read(`loss\n${rows(5, (i) => `${5 - i}\n`)}`).runs, [['run', 'loss: 5 1']]);
  assert.equal(read(`height\n${rows(5, (i) => `${5 - i}\n`)}`).format, 'unknown');
});

test('figures for each of several models, conditions and tasks are results and no log, whatever a column is called', () => {
  const text = `Generation,Condition,Task,Pass@1,Maj@8\n${['G2', 'G4', 'G8']
    .flatMap((generation) =>
      ['plain', 'full'].map((condition, i) => `${generation},${condition},code,0.${i + 3},0.5\n`),
    )
    .join('')}`;
  assert.equal(read(text).format, 'not-a-log');
  assert.equal(read(text.replaceAll('G', '')).format, 'csv');
});

test('a header behind a # is a header', () => {
  assert.deepEqual(read(`# epoch\tloss\n${rows(4, (i) => `${i}\t${4 - i}\n`)}`, 'log.tsv'), {
    format: 'csv',
    runs: [['run', 'loss: 4 1']],
  });
});

test('what Python wrote for a number is one, and what only begins like one is a text', () => {
  const cells = (i: number) => `"tensor(0.${i}, device='cuda:0')",np.float64(0.${i}),"1,09${i}",0.${i} ± 0.1,7B`;
  assert.deepEqual(
    read(`epoch,loss,acc,tokens,wer,model,a,b,c\n${rows(4, (i) => `${i}/9,${cells(i)},1,2,3\n`)}`).runs,
    [['run', 'loss: 4 0.3', 'acc: 4 0.3', 'tokens: 4 1093', 'wer: 4 0.3', 'a: 4 1', 'b: 4 2', 'c: 4 3']],
  );
});
