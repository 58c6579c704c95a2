import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import { GrowingRuns } from '../../../src/core/runs/growingRuns.ts';
import type { RunChoices } from '../../../src/core/runs/run.ts';
import { Table } from '../../../src/core/runs/table.ts';

const always = { leastCells: 0, mostGrowth: Number.POSITIVE_INFINITY };

type Record = Readonly<{ [name: string]: number }>;

function append(table: Table, records: readonly Record[]): void {
  for (const record of records) {
    table.beginRow(table.rowCount + 1);
    for (const [name, value] of Object.entries(record)) table.number(table.column(name), value);
    table.endRow();
  }
}

/** As a fresh look would have it, to the last bit. */
function assertAsFresh(growing: GrowingRuns, table: Table, choices: RunChoices = {}): void {
  assert.deepEqual(growing.now(), buildRuns(table, choices));
}

const training = (step: number): Record => ({ step, loss: 2 + 1 / step, accuracy: 0.5 - 0.5 / step, lr: 1e-3 });

test('what was appended is described as if the whole log was looked at', () => {
  const kind = fc.constantFrom('training', 'training', 'training', 'evaluation', 'both', 'nan', 'bare', 'counted');
  fc.assert(
    fc.property(fc.array(fc.array(kind, { maxLength: 6 }), { minLength: 1, maxLength: 12 }), (rounds) => {
      const table = new Table();
      let step = 0;
      const next = (what: string): Record => {
        step += 1;
        const evaluation = { step, eval_accuracy: step / (1 + step), eval_loss: 1 / step };
        if (what === 'evaluation') return evaluation;
        if (what === 'both') return { ...training(step), ...evaluation };
        if (what === 'nan') return { ...training(step), loss: Number.NaN };
        if (what === 'bare') return { loss: 3, accuracy: 0.1, lr: 1e-3 };
        if (what === 'counted') return { episode_count: step, ...training(step) };
        return training(step);
      };
      append(table, ['training', 'both', 'nan', 'evaluation', 'counted', 'training'].map(next));
      const growing = new GrowingRuns(table, {}, always);
      assertAsFresh(growing, table);
      for (const round of rounds) {
        append(table, round.map(next));
        // Rows without the axis may change which axis is taken, for which a look at the whole is needed.
        if (round.includes('bare')) growing.now();
        else if (!rounds.flat().includes('bare')) assertAsFresh(growing, table);
      }
    }),
    { numRuns: 200, seed: 5 },
  );
});

const strange: readonly (readonly [string, (table: Table, step: number) => void])[] = [
  ['x falls back as after a resume', (table, step) => append(table, [training(step - 3), training(step - 2)])],
  ['x starts over', (table) => append(table, [training(1), training(2), training(3)])],
  ['x stands still', (table, step) => append(table, [training(step), training(step)])],
  ['a column is new', (table, step) => append(table, [{ ...training(step + 1), reward: 1 }])],
  [
    'a series has its first value that is no number',
    (table, step) => append(table, [{ ...training(step + 1), lr: Number.NaN }]),
  ],
  [
    'the log tells of a second run',
    (table, step) => {
      table.startRun('another');
      append(table, [training(step + 1)]);
    },
  ],
  ['series that came together part', (table, step) => append(table, [{ step: step + 1, loss: 1 }, training(step + 2)])],
  ['a metric leaves the range it had', (table, step) => append(table, [{ ...training(step + 1), accuracy: 57 }])],
  [
    'the log tells its budget',
    (table, step) => {
      table.budget({ x: 1000, unit: 'step', from: 'the log' });
      append(table, [training(step + 1)]);
    },
  ],
  [
    'rows are taken back',
    (table, step) => {
      const mark = table.mark();
      append(table, [training(step + 1)]);
      table.cutTo(mark);
      append(table, [{ ...training(step + 1), loss: 7 }]);
    },
  ],
];

for (const [what, change] of strange) {
  test(`a log is described as a fresh look would where ${what}`, () => {
    const table = new Table();
    append(
      table,
      Array.from({ length: 20 }, (_, i) => training(i + 1)),
    );
    const growing = new GrowingRuns(table, {}, always);
    assertAsFresh(growing, table);
    append(table, [training(21)]);
    assertAsFresh(growing, table);
    change(table, 21);
    assertAsFresh(growing, table);
    append(table, [training(40), training(41)]);
    assertAsFresh(growing, table);
  });
}

test('rows that were described and are taken back leave nothing behind', () => {
  const table = new Table();
  append(
    table,
    Array.from({ length: 20 }, (_, i) => training(i + 1)),
  );
  const growing = new GrowingRuns(table, {}, always);
  const mark = table.mark();
  append(table, [training(21)]);
  assertAsFresh(growing, table);
  table.cutTo(mark);
  assertAsFresh(growing, table);
  append(table, [{ ...training(22), loss: 9 }]);
  assertAsFresh(growing, table);
});

test('with chosen rows each look is a whole one, and a choice that names what is not there is refused', () => {
  const table = new Table();
  append(
    table,
    Array.from({ length: 20 }, (_, i) => ({ ...training(i + 1), seed: i < 10 ? 1 : 2 })),
  );
  const growing = new GrowingRuns(table, { where: ['seed=2'] }, always);
  assertAsFresh(growing, table, { where: ['seed=2'] });
  append(table, [
    { ...training(21), seed: 1 },
    { ...training(22), seed: 2 },
  ]);
  assertAsFresh(growing, table, { where: ['seed=2'] });
  assert.throws(() => new GrowingRuns(table, { solver: 'nothing' }).now(), /no series "nothing"/);
});

test('a plain log goes on without a look at the whole: values before stay the arrays that they were', () => {
  const table = new Table();
  append(
    table,
    Array.from({ length: 20 }, (_, i) => training(i + 1)),
  );
  const growing = new GrowingRuns(table, {}, always);
  growing.now();
  append(table, [training(21)]);
  const [first] = growing.now();
  append(table, [training(22)]);
  const [second] = growing.now();
  assert.equal(first?.checkpoints.buffer, second?.checkpoints.buffer);
  assert.equal(first?.series[0]?.x.buffer, second?.series[0]?.x.buffer);
});
