import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import { weighableErrors } from '../../../src/core/runs/standardErrors.ts';
import { tableOf } from './tableOf.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Standard errors that a column's series carries in the only run of a table. */
function errorsOf(name: string, columns: readonly string[], rows: readonly (readonly number[])[]): number[] | null {
  const [run] = buildRuns(tableOf(columns, rows), {});
  const series = run?.series.find((one) => one.name === name);
  assert.ok(series !== undefined, `no series ${name}`);
  return series.standardErrors === undefined ? null : Array.from(series.standardErrors);
}

test('a column of standard errors is told by its name and goes with the series that it is of', () => {
  for (const [value, error] of [
    ['acc', 'acc_se'],
    ['acc', 'acc_stderr'],
    ['acc,none', 'acc_stderr,none'],
    ['val/acc', 'val/acc/se'],
    ['eval_score_mean', 'eval_score_sem'],
    ['math accuracy', 'math accuracy standard error'],
    ['accuracy', 'accuracy_std_err'],
    ['value', 'stderr'],
  ] as const) {
    const rows = upTo(5).map((i) => [i, 1 - 1 / i, 7, 0.1 / i]);
    assert.deepEqual(errorsOf(value, ['step', value, 'other', error], rows), [0.1, 0.05, 0.1 / 3, 0.025, 0.02], value);
    assert.equal(errorsOf('other', ['step', value, 'other', error], rows), null);
    assert.equal(errorsOf(error, ['step', value, 'other', error], rows), null);
  }
});

test('a spread with the number of samples gives one; a spread alone, or beside a counter, does not', () => {
  const rows = upTo(4).map((i) => [i, 1 / i, 0.4, 16, 100 * i]);
  const columns = ['step', 'score_mean', 'score_std', 'n', 'seen'];
  assert.deepEqual(errorsOf('score_mean', columns, rows), [0.1, 0.1, 0.1, 0.1]);
  assert.equal(errorsOf('score_mean', ['step', 'score_mean', 'score_std', 'size', 'seen'], rows), null);
  const counting = upTo(4).map((i) => [i, 1 / i, 0.4, 64 * i]);
  assert.equal(errorsOf('reward', ['step', 'reward', 'reward_std', 'num_samples'], counting), null);
});

test('errors stay with their points when others are dropped, overwritten by a resume, or put in order', () => {
  const rows = [
    [1, 0.5, 0.01],
    [2, Number.NaN, 0.02],
    [3, 0.7, 0.03],
    [4, 0.8, 0.04],
    [5, 0.9, 0.05],
    [4, 0.6, 0.06],
    [5, 0.65, 0.07],
    [6, 0.66, 0.08],
  ];
  assert.deepEqual(errorsOf('acc', ['step', 'acc', 'acc_se'], rows), [0.01, 0.03, 0.06, 0.07, 0.08]);
});

test('points without an error of their own count like the least sure, and none counts beyond measure', () => {
  const weighed = (...errors: number[]): number[] | null => {
    const found = weighableErrors(Float64Array.from(errors));
    return found === null ? null : Array.from(found);
  };
  assert.deepEqual(weighed(3, 2, 3, 0, 4), [3, 2, 3, 1, 4]);
  assert.deepEqual(weighed(0.3, 0.2, 0.3, Number.NaN, 0.4), [0.3, 0.2, 0.3, 0.4, 0.4]);
  assert.equal(weighed(0.3, Number.NaN, Number.NaN, 0.2), null);
  assert.equal(weighed(0, 0, 0, 0.2), null);
});
