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

/** What happens between two looks: the step falls back, starts over, or the log tells of another run; then some rows come. */
const roundOf = (...kinds: string[]) =>
  fc.record({
    event: fc.constantFrom(
      'none',
      'none',
      'none',
      'none',
      'back',
      'far back',
      'start',
      'start at 0',
      'told',
      'stutter',
    ),
    rows: fc.array(
      fc.constantFrom('training', 'training', 'training', 'training', 'evaluation', 'nan', 'skip', 'counted', ...kinds),
      { maxLength: 8 },
    ),
  });

test('a log of several runs, resumed or started over anywhere, is described as a fresh look would', () => {
  fc.assert(
    fc.property(
      fc.array(roundOf('no step'), { minLength: 1, maxLength: 14 }),
      // Rows without the axis may change which axis is taken, for which a look at the whole is needed.
      fc.array(roundOf(), { minLength: 1, maxLength: 14 }),
      fc.constantFrom(1, 10, 0.5),
      fc.constantFrom(5, 5, 60),
      fc.boolean(),
      (before, after, stride, beginning, hasErrors) => {
        const table = new Table();
        let at = 0;
        let seen = 0;
        const happen = ({ event, rows }: { event: string; rows: readonly string[] }): void => {
          if (event === 'back') at = Math.max(0, at - 2);
          if (event === 'far back') at = Math.floor(at / 2);
          if (event === 'start') at = 0;
          if (event === 'start at 0') at = -1;
          if (event === 'stutter') at -= 1;
          if (event === 'told') table.startRun(`run of ${table.rowCount}`);
          append(
            table,
            rows.map((kind): Record => {
              // Few of many, so that they are never half of a run.
              if (kind === 'no step' && beginning > 5 && seen < 80) return { odd: seen };
              at += kind === 'skip' ? 3 : 1;
              seen += 1;
              const step = at * stride;
              const training = { step, loss: 3 / (1 + seen) + at / 100, reward: Math.sin(seen), clock: seen };
              if (kind === 'evaluation') return { step, eval_accuracy: 1 / (1 + at), clock: seen };
              if (kind === 'nan') return { ...training, loss: Number.NaN };
              if (kind === 'counted') return { ...training, episode_reward: at };
              return hasErrors ? { ...training, loss_stderr: 0.01 } : training;
            }),
          );
        };
        happen({ event: 'none', rows: ['evaluation', 'counted', 'nan', ...new Array(beginning).fill('training')] });
        for (const one of before) happen(one);
        const growing = new GrowingRuns(table, {}, always);
        assertAsFresh(growing, table);
        for (const one of after) {
          happen(one);
          assertAsFresh(growing, table);
        }
      },
    ),
    { numRuns: 1000, seed: 11 },
  );
});

const steps = (from: number, to: number): Record[] => Array.from({ length: to - from }, (_, i) => training(from + i));

for (const [what, parts] of [
  ['was resumed', [steps(1, 200), steps(150, 300)]],
  ['was resumed twice', [steps(1, 200), steps(150, 300), steps(220, 300)]],
  ['was started over', [steps(1, 200), steps(1, 100)]],
  ['was started over and resumed', [steps(1, 200), steps(1, 100), steps(60, 120)]],
] as const) {
  test(`a log that ${what} goes on without a look at the whole: values before stay the arrays that they were`, () => {
    const table = new Table();
    for (const part of parts) append(table, part);
    const growing = new GrowingRuns(table, {}, { leastCells: 0, mostGrowth: 1.5 });
    assertAsFresh(growing, table);
    append(table, steps(301, 302));
    const first = growing.now();
    append(table, steps(302, 305));
    assertAsFresh(growing, table);
    const second = growing.now();
    assert.equal(first.length, second.length);
    first.slice(0, -1).forEach((run, i) => {
      assert.equal(run, second[i]);
    });
    assert.equal(first.at(-1)?.checkpoints.buffer, second.at(-1)?.checkpoints.buffer);
    assert.equal(first.at(-1)?.series[0]?.x.buffer, second.at(-1)?.series[0]?.x.buffer);
  });
}

test('a spacing that changes what the falls of x were is told by a look at the whole', () => {
  const table = new Table();
  append(table, steps(1, 10));
  append(table, steps(3, 20));
  const growing = new GrowingRuns(table, {}, always);
  assertAsFresh(growing, table);
  let step = 20;
  for (let i = 0; i < 40; i++) {
    step += 50;
    append(table, [training(step)]);
    assertAsFresh(growing, table);
  }
});
