import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partitionWords } from '../../../src/core/report/partitionWords.ts';
import type { PredictReport } from '../../../src/core/report/predictReport.ts';

type Parts = Pick<PredictReport, 'run' | 'x' | 'resumes' | 'warnings'>;
const whole: Parts = {
  run: 'run',
  x: { name: 'global_step', count: 9, first: 0, last: 900 },
  resumes: [],
  warnings: [],
};

test('of one run that was written once there is nothing to say', () => {
  assert.deepEqual(partitionWords(whole, ['run']), []);
});

test('which of several runs it is', () => {
  const names = ['seed=1', 'seed=2', 'seed=3'];
  assert.deepEqual(partitionWords({ ...whole, run: 'seed=3' }, names), ['The newest of 3 runs in this log.']);
  assert.deepEqual(partitionWords({ ...whole, run: 'seed=2' }, names), ['Run 2 of 3 in this log.']);
});

test('where it was resumed, and how often where that is often', () => {
  const resumed = (...xs: readonly number[]) =>
    partitionWords({ ...whole, resumes: xs.map((x) => ({ x, left: x + 50 })) }, ['run'])[0];
  assert.match(resumed(400) ?? '', /^Resumed at step 400: what was logged twice counts as it was logged last\.$/);
  assert.match(resumed(400, 900) ?? '', /^Resumed at step 400 and 900:/);
  assert.match(resumed(1, 2, 3, 4) ?? '', /^Resumed 4 times, the last time at step 4:/);
});

test('two writers, and a log that was cut while it was followed', () => {
  const noticed = ['two-writers', 'torn-record', 'started-over'].map((code) => ({ code, message: '' }));
  assert.deepEqual(partitionWords({ ...whole, warnings: noticed }, ['run']), [
    'Several processes wrote it: their values are merged by step.',
    'It was cut or replaced while it was followed, and read anew.',
  ]);
});

test('a log whose newest record stands first', () => {
  const warnings = [{ code: 'newest-first', message: '' }];
  assert.deepEqual(partitionWords({ ...whole, warnings }, ['run']), [
    'Its newest record stands first: it was read from its end.',
  ]);
});
