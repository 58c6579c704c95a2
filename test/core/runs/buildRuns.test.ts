import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import type { Run, Series } from '../../../src/core/runs/run.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { addRows, tableOf } from './tableOf.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

function only(runs: readonly Run[]): Run {
  assert.equal(runs.length, 1);
  const [run] = runs;
  assert.ok(run !== undefined);
  return run;
}

function named(run: Run | undefined, name: string): Series {
  const series = run?.series.find((one) => one.name === name);
  assert.ok(series !== undefined, `no series ${name} in ${run?.series.map((one) => one.name).join(', ')}`);
  return series;
}

const points = ({ x, y }: Series): number[][] => Array.from(x, (at, i) => [at, y[i] ?? Number.NaN]);

test('steps are the main axis where epochs stand beside them, and the two are related', () => {
  const run = only(
    buildRuns(
      tableOf(
        ['epoch', 'step', 'loss'],
        upTo(5).map((i) => [i / 2, 20 * i, 1 / i]),
      ),
      {},
    ),
  );
  assert.equal(run.xName, 'step');
  assert.deepEqual(Array.from(run.checkpoints), [20, 40, 60, 80, 100]);
  assert.equal(run.stepsPerEpoch, 40);
  assert.equal(named(run, 'epoch').direction, 'none');
});

test('an axis that never moves is passed over', () => {
  const run = only(
    buildRuns(
      tableOf(
        ['step', 'epoch', 'loss'],
        upTo(5).map((i) => [0, i, 1 / i]),
      ),
      {},
    ),
  );
  assert.equal(run.xName, 'epoch');
});

test('without an axis the records are counted', () => {
  const run = only(
    buildRuns(
      tableOf(
        ['loss'],
        upTo(4).map((i) => [1 / i]),
      ),
      {},
    ),
  );
  assert.equal(run.xName, 'row');
  assert.deepEqual(
    points(named(run, 'loss')),
    upTo(4).map((i) => [i, 1 / i]),
  );
});

test('a chosen axis is taken, and one that is not there is refused with those that are', () => {
  const table = tableOf(
    ['epoch', 'step', 'loss'],
    upTo(5).map((i) => [i, 20 * i, 1 / i]),
  );
  assert.equal(only(buildRuns(table, { x: 'epoch' })).xName, 'epoch');
  assert.throws(() => buildRuns(table, { x: 'epochs' }), /no column "epochs".*"epoch", "step"/);
});

test('a series is built from the rows that have it', () => {
  const run = only(
    buildRuns(
      tableOf(
        ['step', 'loss', 'eval_loss'],
        [
          [1, 3, null],
          [2, 2.5, null],
          [2, null, 2.7],
          [3, 2.2, null],
          [4, null, 2.4],
        ],
      ),
      {},
    ),
  );
  assert.deepEqual(points(named(run, 'loss')), [
    [1, 3],
    [2, 2.5],
    [3, 2.2],
  ]);
  assert.deepEqual(points(named(run, 'eval_loss')), [
    [2, 2.7],
    [4, 2.4],
  ]);
});

test('a series whose rows lack the main axis has an axis of its own', () => {
  const rows = [...upTo(8).map((i) => [10 * i, null, 1 / i, null]), ...upTo(4).map((i) => [null, i, null, i / 10])];
  const run = only(buildRuns(tableOf(['step', 'epoch', 'loss', 'val_acc'], rows), {}));
  assert.equal(named(run, 'loss').xName, 'step');
  assert.equal(named(run, 'val_acc').xName, 'epoch');
  assert.deepEqual(
    points(named(run, 'val_acc')),
    upTo(4).map((i) => [i, i / 10]),
  );
});

test('values that are not finite are left out, counted, and the first is told by its line', () => {
  const run = only(
    buildRuns(
      tableOf(
        ['step', 'loss'],
        [
          [1, 3],
          [2, Number.NaN],
          [3, 2],
          [4, Number.POSITIVE_INFINITY],
        ],
      ),
      {},
    ),
  );
  assert.deepEqual(points(named(run, 'loss')), [
    [1, 3],
    [3, 2],
  ]);
  const problem = run.problems.find(({ code }) => code === 'not-finite');
  assert.equal(problem?.count, 2);
  assert.equal(problem?.line, 3);
});

test('after a resume the later values hold', () => {
  const rows = [
    [100, 5],
    [110, 4],
    [120, 3],
    [130, 2.5],
    [120, 3.1],
    [130, 2.6],
    [140, 2],
  ];
  const run = only(buildRuns(tableOf(['step', 'loss'], rows), {}));
  assert.deepEqual(points(named(run, 'loss')), [
    [100, 5],
    [110, 4],
    [120, 3.1],
    [130, 2.6],
    [140, 2],
  ]);
  assert.ok(run.problems.some(({ code }) => code === 'resumed'));
  assert.deepEqual(run.resumes, [{ x: 120, left: 130 }]);
});

test('of many resumes those are told of which something holds', () => {
  const from = (start: number, end: number) => upTo(end - start + 1).map((i) => [start + i - 1, 1 / i]);
  const rows = [...from(1, 40), ...from(21, 60), ...from(51, 80), ...from(45, 100)];
  const run = only(buildRuns(tableOf(['step', 'loss'], rows), {}));
  assert.deepEqual(run.resumes, [
    { x: 21, left: 40 },
    { x: 45, left: 80 },
  ]);
  assert.equal(named(run, 'loss').x.length, 100);
});

test('a resume that stops before the point it came from drops what it overwrote, in every series', () => {
  const rows = [
    [100, 5, null],
    [110, 4, null],
    [120, 3, 0.5],
    [130, 2.5, null],
    [140, 2.4, null],
    [112, 3.9, null],
    [114, 3.8, null],
    [116, 3.7, null],
  ];
  const run = only(buildRuns(tableOf(['step', 'loss', 'acc'], rows), {}));
  assert.deepEqual(points(named(run, 'loss')), [
    [100, 5],
    [110, 4],
    [112, 3.9],
    [114, 3.8],
    [116, 3.7],
  ]);
  assert.ok(!run.series.some(({ name }) => name === 'acc'));
});

test('a resume that ends after a checkpoint or two does not cost the branch that got further', () => {
  const rows = [...upTo(40).map((i) => [10 * i, 1 / i]), [300, 9], [310, 9]];
  const run = only(buildRuns(tableOf(['step', 'loss'], rows), {}));
  assert.deepEqual([named(run, 'loss').x.length, points(named(run, 'loss')).at(-1)], [40, [400, 1 / 40]]);
  assert.match(run.problems[0]?.message ?? '', /ended after a checkpoint or two was left out/);
  assert.deepEqual(run.resumes, []);
});

test('a log written series by series is one run: x falls back between series only', () => {
  const rows = [
    ...upTo(6).map((i) => [i, 1 / i, null, null]),
    ...upTo(6).map((i) => [i, null, i, null]),
    ...upTo(3).map((i) => [2 * i, null, null, i]),
  ];
  const run = only(buildRuns(tableOf(['step', 'loss', 'acc', 'wer'], rows), {}));
  assert.deepEqual(
    run.series.map(({ name, x }) => [name, x.length]),
    [
      ['loss', 6],
      ['acc', 6],
      ['wer', 3],
    ],
  );
  assert.deepEqual([run.checkpoints.length, run.problems.length], [6, 0]);
});

test('a start with one checkpoint, logged twice, is a false start and no run of its own', () => {
  const rows = [[20, 8], [20, 8], [40, 7.9], ...upTo(30).map((i) => [20 * i, 8 / i])];
  const run = only(buildRuns(tableOf(['step', 'loss'], rows), {}));
  assert.equal(named(run, 'loss').x.length, 30);
});

test('a counter of part of the rows comes before a clock of all of them', () => {
  const rows = [
    ...upTo(10).map((i) => [1000 + i, 100 * i, null, null, 1 / i, null, null]),
    ...upTo(8).map((i) => [1010 + i, null, i, null, null, i, null]),
    ...upTo(8).map((i) => [1020 + i, null, null, i, null, null, i]),
  ];
  const names = ['wall_time', 'step', 'epoch', 'round', 'loss', 'acc', 'wer'];
  const run = only(buildRuns(tableOf(names, rows), {}));
  assert.deepEqual(
    run.series.filter(({ name }) => /loss|acc|wer/.test(name)).map(({ name, xName, x }) => [name, xName, x.length]),
    [
      ['loss', 'step', 10],
      ['acc', 'epoch', 8],
      ['wer', 'round', 8],
    ],
  );
});

test('a log that starts over holds two runs, the newest last', () => {
  const rows = [...upTo(6).map((i) => [i - 1, 1 / i]), ...upTo(9).map((i) => [i - 1, 2 / i])];
  const runs = buildRuns(tableOf(['epoch', 'loss'], rows), {});
  assert.deepEqual(
    runs.map(({ checkpoints }) => checkpoints.length),
    [6, 9],
  );
  assert.equal(named(runs[1], 'loss').y[0], 2);
  assert.match(runs[0]?.problems[0]?.message ?? '', /Line 8: "epoch" starts over/);
});

test('two writers of one log are merged by x, the later of two values at one x holding', () => {
  const rows = upTo(20).flatMap((i) =>
    i % 2 === 0
      ? [
          [i + 1, 100 + i],
          [i, 200 + i],
        ]
      : [[i + 1, 300 + i]],
  );
  const run = only(buildRuns(tableOf(['step', 'loss'], rows), {}));
  const { x } = named(run, 'loss');
  assert.ok(x.every((at, i) => i === 0 || at > (x[i - 1] ?? 0)));
  assert.ok(run.problems.some(({ code }) => code === 'two-writers'));
});

test('a log whose newest record stands first is read from its end, whatever of its axes tells so', () => {
  const rows = upTo(12).map((i) => [10 * i, i / 4, 3 - 0.1 * i]);
  const columns = ['step', 'epoch', 'loss'];
  const run = only(buildRuns(tableOf(columns, rows.toReversed()), {}));
  const inOrder = only(buildRuns(tableOf(columns, rows), {}));
  assert.deepEqual(named(run, 'loss').x, named(inOrder, 'loss').x);
  assert.deepEqual(named(run, 'loss').y, named(inOrder, 'loss').y);
  assert.equal(run.xName, inOrder.xName);
  assert.deepEqual(
    run.problems.map(({ code }) => code),
    ['newest-first'],
  );
  const byEpoch = only(buildRuns(tableOf(columns, rows.toReversed()), { x: 'epoch' }));
  assert.deepEqual(
    named(byEpoch, 'loss').x,
    Float64Array.from(rows, ([, epoch]) => epoch ?? 0),
  );
});

test('a name of an axis that falls is none while another one rises', () => {
  const run = only(
    buildRuns(
      tableOf(
        ['epoch', 'step', 'loss'],
        upTo(9).map((i) => [9 - i, i, 1 / (i + 1)]),
      ),
      {},
    ),
  );
  assert.equal(run.xName, 'step');
  assert.deepEqual(run.problems, []);
});

test('a long table becomes runs by panel and series by name', () => {
  const rows = ['a', 'b'].flatMap((panel) =>
    ['solver', 'verifier'].flatMap((series) => upTo(6).map((i) => [panel, series, i / 2, 1 / i])),
  );
  const runs = buildRuns(tableOf(['panel', 'series', 'epoch', 'uncertainty'], rows), {});
  assert.deepEqual(
    runs.map(({ name }) => name),
    ['panel=a', 'panel=b'],
  );
  const solver = named(runs[0], 'solver');
  assert.equal(solver.role, 'solver');
  assert.equal(solver.direction, 'lower');
  assert.equal(solver.x.length, 6);
});

test('a slice by column and value leaves its rows only', () => {
  const rows = ['a', 'b'].flatMap((panel) =>
    ['solver', 'verifier'].flatMap((series) =>
      upTo(6).map((i) => [panel, series, i / 2, panel === 'a' ? 1 / i : 2 / i]),
    ),
  );
  const table = tableOf(['panel', 'series', 'epoch', 'uncertainty'], rows);
  assert.equal(named(only(buildRuns(table, { where: ['panel=b'] })), 'solver').y[0], 2);
  assert.throws(() => buildRuns(table, { where: ['panel=c'] }), /No row has panel=c; "panel" has the values a, b/);
  assert.throws(() => buildRuns(table, { where: ['pane=a'] }), /no column "pane"/);
});

test('seeds in a column of numbers are runs of their own', () => {
  const rows = [7, 8].flatMap((seed) => upTo(6).map((i) => [seed, i, 1 / i]));
  const runs = buildRuns(tableOf(['seed', 'step', 'loss'], rows), {});
  assert.deepEqual(
    runs.map(({ name }) => name),
    ['seed=7', 'seed=8'],
  );
});

test('runs that the log itself tells apart stay apart', () => {
  const table = new Table();
  table.startRun('first');
  addRows(
    table,
    ['step', 'loss'],
    upTo(5).map((i) => [i, 1 / i]),
  );
  table.startRun('second');
  table.budget({ x: 50, unit: 'step', from: 'max_steps' });
  addRows(
    table,
    ['step', 'loss'],
    upTo(7).map((i) => [i + 3, 1 / i]),
  );
  const runs = buildRuns(table, {});
  assert.deepEqual(
    runs.map(({ name, budget, checkpoints }) => [name, budget?.x ?? null, checkpoints.length]),
    [
      ['first', null, 5],
      ['second', 50, 7],
    ],
  );
});

test('solver, verifier and gap that belong together are found by their names', () => {
  const names = [
    'step',
    'solver_accuracy',
    'verifier_accuracy',
    'accuracy_gap',
    'solver_uncertainty',
    'verifier_uncertainty',
    'uncertainty_gap',
  ];
  const run = only(
    buildRuns(
      tableOf(
        names,
        upTo(6).map((i) => [i, i / 10, i / 9, i / 90, 1 / i, 0.5 / i, 0.5 / i]),
      ),
      {},
    ),
  );
  const roles = run.series.filter(({ role }) => role !== 'none').map(({ name, role }) => [role, name]);
  const stem = named(run, 'solver_accuracy').role === 'solver' ? 'accuracy' : 'uncertainty';
  assert.deepEqual(Object.fromEntries(roles), {
    solver: `solver_${stem}`,
    verifier: `verifier_${stem}`,
    gap: `${stem}_gap`,
  });
});

test('mean@k is the solver and the largest best@k of the same data its verifier', () => {
  const names = [
    'step',
    'val-core/math/acc/mean@8',
    'val-core/math/acc/best@4/mean',
    'val-core/math/acc/best@8/mean',
    'val-core/math/acc/best@8/std',
    'actor/entropy',
  ];
  const run = only(
    buildRuns(
      tableOf(
        names,
        upTo(6).map((i) => [i, i / 20, i / 15, i / 12, 0.1 + i / 100, 1 / i]),
      ),
      {},
    ),
  );
  assert.equal(named(run, 'val-core/math/acc/mean@8').role, 'solver');
  assert.equal(named(run, 'val-core/math/acc/best@8/mean').role, 'verifier');
  assert.equal(named(run, 'val-core/math/acc/best@8/std').direction, 'none');
  assert.deepEqual(named(run, 'val-core/math/acc/mean@8').range, { lower: 0, upper: 1 });
});

test('an accuracy is the solver where pass@k stands beside it, and has no role on its own', () => {
  const rolesOf = (...names: readonly string[]) =>
    only(
      buildRuns(
        tableOf(
          ['round', ...names],
          upTo(6).map((i) => [i, ...names.map((_, place) => (i + place) / 20)]),
        ),
        {},
      ),
    ).series.map(({ role }) => role);
  assert.deepEqual(rolesOf('mean_accuracy_mean', 'pass_at_4_mean'), ['solver', 'verifier']);
  assert.deepEqual(rolesOf('accuracy', 'val_accuracy'), ['none', 'none']);
});

test('a role chosen by hand replaces the one that was found', () => {
  const table = tableOf(
    ['step', 'solver', 'other_loss'],
    upTo(6).map((i) => [i, 1 / i, 2 / i]),
  );
  const run = only(buildRuns(table, { solver: 'other_loss' }));
  assert.equal(named(run, 'other_loss').role, 'solver');
  assert.equal(named(run, 'solver').role, 'none');
  assert.throws(() => buildRuns(table, { verifier: 'nobody' }), /no series "nobody"/);
});

test('beside a reward the loss is no objective', () => {
  const run = only(
    buildRuns(
      tableOf(
        ['step', 'loss', 'reward'],
        upTo(6).map((i) => [i, i / 1000, i / 10]),
      ),
      {},
    ),
  );
  assert.equal(named(run, 'loss').direction, 'none');
  assert.equal(named(run, 'reward').role, 'solver');
});

test('names such as __proto__ and constructor are names like others', () => {
  const names = ['step', '__proto__', 'constructor', 'toString'];
  const run = only(
    buildRuns(
      tableOf(
        names,
        upTo(3).map((i) => [i, i, 2 * i, 3 * i]),
      ),
      {},
    ),
  );
  assert.deepEqual(
    run.series.map(({ name, y }) => [name, y[2]]),
    [
      ['__proto__', 3],
      ['constructor', 6],
      ['toString', 9],
    ],
  );
});

test('whatever the rows, x rises strictly and all values are finite', () => {
  const cell = fc.oneof(fc.double(), fc.integer({ min: 0, max: 8 }), fc.constantFrom(null, 'a', 'b', 'train'));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { maxLength: 40 }), (rows) => {
      for (const run of buildRuns(tableOf(['step', 'epoch', 'loss', 'split'], rows), {})) {
        for (const { x, y } of run.series) {
          assert.equal(x.length, y.length);
          assert.ok(x.every((at, i) => Number.isFinite(at) && (i === 0 || at > (x[i - 1] ?? 0))));
          assert.ok(y.every(Number.isFinite));
        }
      }
    }),
    { numRuns: 300, seed: 7 },
  );
});

test('what was offered at the unfinished end is taken back whole', () => {
  const table = tableOf(
    ['step', 'loss'],
    [
      [1, 3],
      [2, 2],
    ],
  );
  table.problem({ code: 'odd', message: 'Odd.' });
  const before = buildRuns(table, {});
  const mark = table.mark();
  addRows(table, ['step', 'loss', 'new', 'name'], [[3, 1, 5, 'x']]);
  table.problem({ code: 'odd', message: 'Odd.' });
  table.startRun('next');
  table.cutTo(mark);
  assert.deepEqual(buildRuns(table, {}), before);
  assert.equal(table.problems[0]?.count, 1);
  assert.equal(table.find('new'), undefined);
});

test('where names say nothing else, the verifier is ahead of the solver and tells what is better', () => {
  const falling = only(
    buildRuns(
      tableOf(
        ['step', 'solver', 'verifier'],
        upTo(6).map((i) => [i, 1 / i, 0.5 / i]),
      ),
      {},
    ),
  );
  assert.deepEqual(
    falling.series.map(({ role, direction }) => [role, direction]),
    [
      ['solver', 'lower'],
      ['verifier', 'lower'],
    ],
  );
  const rising = only(
    buildRuns(
      tableOf(
        ['step', 'solver', 'verifier'],
        upTo(6).map((i) => [i, i / 20, i / 10]),
      ),
      {},
    ),
  );
  assert.deepEqual(
    rising.series.map(({ role, direction }) => [role, direction]),
    [
      ['solver', 'higher'],
      ['verifier', 'higher'],
    ],
  );
});

test('a counter that hardly moves gives way to one that counts each record', () => {
  const rows = upTo(40).map((i) => [i < 30 ? 300 : 310, i, 1 / i]);
  assert.equal(only(buildRuns(tableOf(['train_steps', 'iteration', 'loss'], rows), {})).xName, 'iteration');
});

test('a role that the format knows is given where no name says one', () => {
  const build = (names: readonly string[]): Run => {
    const table = tableOf(
      names,
      upTo(6).map((i) => [i, i, i / 10]),
    );
    table.describe(table.column('r'), { role: 'solver', direction: 'higher', why: 'the return of an episode' });
    return only(buildRuns(table, {}));
  };
  assert.equal(named(build(['step', 'r', 'extra']), 'r').role, 'solver');
  const other = build(['step', 'r', 'solver_accuracy']);
  assert.equal(named(other, 'r').role, 'none');
  assert.equal(named(other, 'solver_accuracy').role, 'solver');
});
