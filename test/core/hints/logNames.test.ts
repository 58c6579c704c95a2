import assert from 'node:assert/strict';
import test from 'node:test';
import { type FoundFile, isWorthOpening, rankLogs } from '../../../src/core/hints/logNames.ts';

function ranked(...files: readonly (string | FoundFile)[]): string[] {
  return rankLogs(files.map((file) => (typeof file === 'string' ? { path: file, size: 1, modifiedMs: 0 } : file))).map(
    ({ path }) => path,
  );
}

test('what a framework calls its log comes before what may be one', () => {
  assert.deepEqual(ranked('notes.jsonl', 'train.log', 'results.csv', 'trainer_log.jsonl', 'readme.md'), [
    'trainer_log.jsonl',
    'results.csv',
    'train.log',
    'notes.jsonl',
  ]);
});

test('the last checkpoint has the longest state, and a state at the top more than any', () => {
  assert.deepEqual(ranked('checkpoint-500/trainer_state.json', 'checkpoint-1000/trainer_state.json'), [
    'checkpoint-1000/trainer_state.json',
    'checkpoint-500/trainer_state.json',
  ]);
  assert.equal(ranked('checkpoint-900/trainer_state.json', 'trainer_state.json')[0], 'trainer_state.json');
});

test('the highest version comes first, by number', () => {
  assert.deepEqual(ranked('version_9/metrics.csv', 'version_10/metrics.csv'), [
    'version_10/metrics.csv',
    'version_9/metrics.csv',
  ]);
});

test('of two kinds that are equally sure the one last written comes first', () => {
  assert.deepEqual(
    ranked({ path: 'metrics.csv', size: 1, modifiedMs: 1 }, { path: 'results.csv', size: 1, modifiedMs: 2 }),
    ['results.csv', 'metrics.csv'],
  );
});

test('empty files, data sets and summaries are no logs', () => {
  assert.deepEqual(
    ranked(
      { path: 'train.log', size: 0, modifiedMs: 0 },
      'train.jsonl',
      'all_results.json',
      'data/rows.csv',
      'wandb/run-1/logs/debug.log',
      'wandb/run-1/files/wandb-summary.json',
      'config.json',
    ),
    [],
  );
});

test('folders of packages and of weights are not looked through', () => {
  for (const name of ['node_modules', '.git', 'global_step_40', 'Weights']) assert.equal(isWorthOpening(name), false);
  for (const name of ['runs', 'checkpoint-100', 'lightning_logs', '2024-01-01']) assert.ok(isWorthOpening(name));
});
