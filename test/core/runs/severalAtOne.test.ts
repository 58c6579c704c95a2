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

/** Processes that log each step, none more than `most` steps behind the foremost. */
const paces = fc.record({
  ranks: fc.integer({ min: 3, max: 8 }),
  most: fc.integer({ min: 1, max: 5 }),
  turns: fc.infiniteStream(fc.nat({ max: 1000 })),
});

function logOfRanks(ranks: number, most: number, turns: Iterator<number>, last: number): Record[] {
  const reached = new Array<number>(ranks).fill(0);
  const records: Record[] = [];
  while (records.length < ranks * last) {
    const foremost = Math.max(...reached);
    const late = [...reached.keys()].filter((rank) => foremost - (reached[rank] ?? 0) >= most);
    const open = [...reached.keys()].filter((rank) => (reached[rank] ?? 0) < last);
    const next = late.filter((rank) => open.includes(rank));
    const able = next.length > 0 ? next : open;
    const rank = able[(turns.next().value ?? 0) % able.length] ?? 0;
    const step = (reached[rank] ?? 0) + 1;
    reached[rank] = step;
    records.push({ step, loss: 1 / step + rank / 8 });
  }
  return records;
}

test('processes that overtake one another are one run of all steps, with the mean at each', () => {
  fc.assert(
    fc.property(paces, ({ ranks, most, turns }) => {
      const records = logOfRanks(ranks, most, turns, 60);
      const run = onlyRun(records);
      assert.deepEqual(run.resumes, []);
      const loss = lossOf(run);
      assert.deepEqual(
        [...loss.x],
        Array.from({ length: 60 }, (_, i) => i + 1),
      );
      for (const [i, y] of loss.y.entries()) assert.ok(Math.abs(y - (1 / (i + 1) + (ranks - 1) / 16)) < 1e-12);
      const falls = records.some(({ step = 0 }, i) => step < (records[i - 1]?.step ?? 0));
      assert.deepEqual(
        run.problems.map(({ code }) => code),
        falls ? ['two-writers', 'several-at-one'] : ['several-at-one'],
      );
    }),
    { numRuns: 200, seed: 5 },
  );
});

test('a short resume is no process that is late, whatever else stands at its steps', () => {
  const both = (step: number): Record[] => [
    { step, loss: 1 / step },
    { step, eval_accuracy: 1 - 1 / step },
  ];
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
  const run = onlyRun([...range(1, 40), ...range(36, 60)].flatMap(both));
  assert.deepEqual(run.resumes, [{ x: 36, left: 39 }]);
  assert.equal(lossOf(run).x.length, 59);
  assert.deepEqual(
    run.problems.map(({ code }) => code),
    ['resumed'],
  );
});

test('two runs of a few steps each are two runs', () => {
  const table = new Table();
  append(
    table,
    [1, 2, 3, 4, 1, 2, 3, 4, 5].map((step) => ({ step, loss: 1 / step })),
  );
  assert.equal(buildRuns(table, {}).length, 2);
});
