import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notALog } from '../../../src/core/formats/notALog.ts';
import { sampleOf } from './readText.ts';

const judged = (text: string, fileName: string, folders: readonly string[] = []): string | null =>
  notALog.sniff(sampleOf(text, fileName, folders))?.because ?? null;

test('a pointer of Git LFS is said to be one, whatever its name', () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n';
  assert.match(judged(pointer, 'events.out.tfevents.1') ?? '', /Git LFS/);
});

test('last values in one object are a summary, a list of values is a history', () => {
  assert.match(judged('{\n  "train_loss": 0.5,\n  "epoch": 3\n}', 'all_results.json') ?? '', /summary/);
  assert.doesNotMatch(judged('{\n  "train": {"loss": [3, 2, 1]}\n}', 'metrics.json') ?? '', /summary/);
  assert.doesNotMatch(judged('{\n  "loss": {"0": 3, "1": 2}\n}', 'results.json') ?? '', /summary/);
});

test('a row for each model is a table of results, a row for each epoch is not', () => {
  const models = 'model,accuracy,loss\nsmall,0.5,1.2\nlarge,0.6,1.1\nhuge,0.7,1.0\n';
  assert.match(judged(models, 'results.csv') ?? '', /table of results/);
  assert.equal(judged('epoch,accuracy\n1,0.5\n2,0.6\n3,0.7\n', 'results.csv'), null);
});

test('sources, settings and data sets are told from logs', () => {
  assert.match(judged('import torch\nlr = 0.1\n', 'train.py') ?? '', /source code/);
  assert.match(judged('lr: 0.1\nepochs: 3\n', 'config.yaml') ?? '', /settings/);
  const answer = 'The answer is found by adding both numbers, which gives a sum that is even.';
  assert.match(judged(`{"id": 1, "text": "${answer}"}\n`.repeat(5), 'train.jsonl') ?? '', /data set/);
});

test('settings in one line of JSON, in TOML with long lists, and build files are told from logs', () => {
  assert.match(judged('{"learning_rate": 0.1, "max_steps": 9}', 'training_args.json') ?? '', /settings/);
  assert.match(judged('[project]\ndependencies = [\n"a",\n"b",\n"c",\n]\n', 'pyproject.toml') ?? '', /settings/);
  assert.match(judged('train:\n\tpython train.py --epochs 3\n', 'Makefile') ?? '', /source code/);
});

test('a parameter in the file store of MLflow is told from a metric', () => {
  const run = ['mlruns', '0', '0123456789abcdef0123456789abcdef'];
  assert.match(judged('0.001', 'lr', [...run, 'params']) ?? '', /parameter of an MLflow run/);
  assert.match(judged('brave-sun', 'mlflow.runName', [...run, 'tags']) ?? '', /tag of an MLflow run/);
});

test('data in a table or a document, and texts for people, are said to be that where nothing else fits', () => {
  assert.match(judged('x,y,label\n1,2,0\n2,4,1\n3,9,0\n', 'points.csv') ?? '', /table of data/);
  assert.match(judged('[{"id": 1, "box": [1, 2]}]', 'boxes.json') ?? '', /without a history/);
  assert.match(judged('# Title\n\nIt was trained for 3 epochs.\n', 'README.md') ?? '', /text for people/);
});

test('a log of JSON lines is none of these', () => {
  assert.equal(judged('{"step": 1, "loss": 2}\n{"step": 2, "loss": 1}\n', 'metrics.json'), null);
});
