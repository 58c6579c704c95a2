import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import { GrowingRuns } from '../../../src/core/runs/growingRuns.ts';
import type { Run } from '../../../src/core/runs/run.ts';
import { Table } from '../../../src/core/runs/table.ts';

type Record = Readonly<{ [name: string]: number }>;

function append(table: Table, records: readonly Record[]): void {
  for (const record of records) {
    table.beginRow(table.rowCount + 1);
    for (const [name, value] of Object.entries(record)) table.number(table.column(name), value);
    table.endRow();
  }
}

function onlyRun(records: readonly Record[]): Run {
  const table = new Table();
  append(table, records);
  const runs = buildRuns(table, {});
  assert.equal(runs.length, 1);
  return runs[0] ?? assert.fail();
}

const steps = 30;
const each = (of: (step: number) => readonly Record[]): Record[] =>
  Array.from({ length: steps }, (_, i) => of(i + 1)).flat();
const lossOf = ({ series }: Run) => series.find(({ name }) => name === 'loss') ?? assert.fail();

for (const ranks of [3, 4, 8]) {
  test(`of ${ranks} values at each step the mean stands at the step, and it is said`, () => {
    const run = onlyRun(
      each((step) => Array.from({ length: ranks }, (_, rank) => ({ step, loss: 1 / step + rank / 8 }))),
    );
    assert.equal(run.xName, 'step');
    const loss = lossOf(run);
    assert.equal(loss.xName, 'step');
    assert.deepEqual(
      [...loss.x],
      Array.from({ length: steps }, (_, i) => i + 1),
    );
    for (const [i, y] of loss.y.entries()) assert.ok(Math.abs(y - (1 / (i + 1) + (ranks - 1) / 16)) < 1e-12);
    const [said, ...others] = run.problems;
    assert.equal(said?.code, 'several-at-one');
    assert.equal(
      said.message,
      `"loss" has up to ${ranks} values at one step, as of several samples or processes: the mean of them is taken.`,
    );
    assert.deepEqual(others, []);
  });
}

test('a step that is logged several times with the same value is that value to the last bit, and nothing is said', () => {
  const run = onlyRun(each((step) => [1, 2, 3].map(() => ({ step, loss: 0.1 + 1 / step }))));
  assert.deepEqual(
    [...lossOf(run).y],
    Array.from({ length: steps }, (_, i) => 0.1 + 1 / (i + 1)),
  );
  assert.deepEqual(run.problems, []);
});

test('of single steps that are logged twice the later value holds', () => {
  const run = onlyRun(
    each((step) =>
      step % 5 === 0
        ? [
            { step, loss: 9 },
            { step, loss: 1 },
          ]
        : [{ step, loss: 1 }],
    ),
  );
  assert.ok(lossOf(run).y.every((value) => value === 1));
  assert.deepEqual(run.problems, []);
});

test('epochs hold many records with a way of their own: these are counted', () => {
  const run = onlyRun(each((epoch) => [0, 1, 2, 3].map((i) => ({ epoch, loss: 1 / (epoch + i / 4) }))));
  assert.equal(lossOf(run).xName, 'row');
  assert.equal(lossOf(run).y.length, 4 * steps);
});

test('values that are no finite numbers take no part in a mean', () => {
  const run = onlyRun(
    each((step) => [
      { step, loss: 1 },
      { step, loss: Number.NaN },
      { step, loss: 3 },
      { step, loss: 5 },
    ]),
  );
  assert.ok(lossOf(run).y.every((value) => value === 3));
  assert.deepEqual(run.problems.map(({ code }) => code).sort(), ['not-finite', 'several-at-one']);
});

test('of two values at each step the later one holds: a bar that was drawn again, or a run that was started twice', () => {
  const run = onlyRun(
    each((step) => [
      { step, loss: 9 },
      { step, loss: 1 / step },
    ]),
  );
  assert.equal(run.xName, 'step');
  assert.deepEqual(
    [...lossOf(run).y],
    Array.from({ length: steps }, (_, i) => 1 / (i + 1)),
  );
});

test('a log with several values at a step grows as a fresh look would have it', () => {
  const record = fc.record({
    ahead: fc.integer({ min: 0, max: 1 }),
    loss: fc.constantFrom(1, 2, 3, Number.NaN, Number.POSITIVE_INFINITY),
  });
  fc.assert(
    fc.property(fc.array(fc.array(record, { maxLength: 7 }), { minLength: 1, maxLength: 10 }), (rounds) => {
      const table = new Table();
      append(
        table,
        each((step) => [1, 2, 3].map((loss) => ({ step, loss: loss / step }))),
      );
      const growing = new GrowingRuns(table, {}, { leastCells: 0, mostGrowth: Number.POSITIVE_INFINITY });
      growing.now();
      let step = steps;
      for (const round of rounds) {
        for (const { ahead, loss } of round) {
          step += ahead;
          append(table, [{ step, loss }]);
        }
        assert.deepEqual(growing.now(), buildRuns(table, {}));
      }
    }),
    { numRuns: 200, seed: 3 },
  );
});
