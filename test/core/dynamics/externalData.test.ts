import assert from 'node:assert/strict';
import test from 'node:test';
import { crossImprovement } from '../../../src/core/dynamics/crossImprovement.ts';
import type { Injection } from '../../../src/core/dynamics/externalData.ts';
import { shareOut } from '../../../src/core/dynamics/externalData.ts';
import { fitExternalData } from '../../../src/core/dynamics/fitExternalData.ts';
import { injectedPath } from '../../../src/core/dynamics/injectedPath.ts';
import { markedInjections } from '../../../src/core/dynamics/markedInjections.ts';
import type { SimulateOptions } from '../../../src/core/dynamics/simulateRun.ts';
import { simulateRun } from '../../../src/core/dynamics/simulateRun.ts';
import { spendingSchedule } from '../../../src/core/dynamics/spendingSchedule.ts';
import { thinBetween } from '../../../src/core/dynamics/thinBetween.ts';
import type { SeriesInput } from '../../../src/core/forecast/forecaster.ts';
import { Refusal } from '../../../src/core/problem.ts';
import type { Series } from '../../../src/core/runs/run.ts';

const truth = { alphaOverBeta: 2.5, rate: 0.35, gapLimit: 0.05, solverStart: 0.9, verifierStart: 0.5 };
const spending = [
  { round: 5, share: 0.5 },
  { round: 10, share: 0.5 },
];
/** Round r begins at checkpoint r - 1. */
const marks: readonly Injection[] = spending.map(({ round, share }) => ({ x: (round - 1) * 0.5, share }));

function simulated(options: Partial<SimulateOptions> = {}): [SeriesInput, SeriesInput] {
  const run = simulateRun({ ...truth, checkpoints: 20, spacing: 0.5, gamma: 0.5, schedule: spending, ...options });
  const isAccuracy = options.metric !== undefined;
  const one = (role: 'solver' | 'verifier'): SeriesInput => ({
    name: role,
    role,
    direction: isAccuracy ? 'higher' : 'lower',
    range: isAccuracy ? { lower: 0, upper: 1 } : {},
    x: run.x,
    y: run[role],
  });
  return [one('solver'), one('verifier')];
}

function near(actual: number | undefined, expected: number, within: number): void {
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected} ± ${within}`);
}

test('D5: the path between checkpoints of any distance is that of the rounds', () => {
  const law = { rate: 0.35, betaOverAlpha: 0.4, gamma: 0.5 };
  const start = { x: 0, solver: 0.9, verifier: 0.5, gapLimit: 0.05 };
  const rounds = crossImprovement({ ...truth, betaOverAlpha: 0.4 }, 0.5, {
    gamma: 0.5,
    shares: spendingSchedule(spending, 19),
  });
  const at = Float64Array.of(0, 1, 2, 2.5, 6, 9.5);
  const path = injectedPath(law, start, marks, at);
  at.forEach((x, i) => {
    near(path.solver[i], rounds.solver[2 * x] ?? Number.NaN, 1e-12);
    near(path.verifier[i], rounds.verifier[2 * x] ?? Number.NaN, 1e-12);
  });
});

test('gamma of a noiseless run comes back, and with it where every timing would end', () => {
  const fit = fitExternalData(...simulated(), marks, 0.9);
  near(fit.gamma?.value, 0.5, 1e-4);
  const limitBy = (schedule: 'early' | 'uniform' | 'late' | typeof spending, gamma: number): number => {
    const run = simulateRun({ ...truth, checkpoints: 20, spacing: 0.5, gamma, schedule });
    const [s, v] = [run.solver[19] ?? 0, run.verifier[19] ?? 0];
    return s - (s - v - truth.gapLimit) / (1 - 1 / truth.alphaOverBeta);
  };
  near(fit.solverLimit?.none, limitBy('uniform', 0), 1e-4);
  near(fit.solverLimit?.asSpent, limitBy(spending, 0.5), 1e-4);
  near(fit.solverLimit?.early, limitBy('early', 0.5), 1e-4);
  near(fit.solverLimit?.uniform, limitBy('uniform', 0.5), 1e-4);
  near(fit.solverLimit?.late, limitBy('late', 0.5), 1e-4);
});

test('an accuracy tells the same gamma, and its limits in its own units', () => {
  const fit = fitExternalData(...simulated({ metric: 'one-minus' }), marks, 0.9);
  const uncertainty = fitExternalData(...simulated(), marks, 0.9);
  near(fit.gamma?.value, 0.5, 1e-4);
  near(fit.solverLimit?.asSpent, 1 - (uncertainty.solverLimit?.asSpent ?? 0), 1e-4);
});

test('of 40 noisy runs the 90 % interval of gamma holds the truth in most', () => {
  let held = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const { gamma } = fitExternalData(...simulated({ noise: 0.02, seed }), marks, 0.9);
    assert.ok(gamma !== null);
    if (gamma.lower <= 0.5 && 0.5 <= gamma.upper) held++;
  }
  assert.ok(held >= 32, `${held} of 40`);
});

test('data that did nothing is told as such', () => {
  const fit = fitExternalData(...simulated({ gamma: 0, noise: 0.02, seed: 3 }), marks, 0.9);
  assert.equal(fit.gamma?.lower, 0);
  assert.match(fit.sentence, /^The external data may have done nothing: gamma 0.* \(.*\), and 0 fits as well\.$/);
});

test('D5: with a verifier that nearly stands still, small spending says that timing hardly matters', () => {
  const [solver, verifier] = simulated({ alphaOverBeta: 40, gamma: 0.1, noise: 0.0005 });
  const { sentence, solverLimit } = fitExternalData(solver, verifier, marks, 0.9);
  assert.match(
    sentence,
    /^The external data moves the solver's limit from 0\.\d+ to 0\.\d+ \(gamma 0\.1\d* .*hardly matters: /,
  );
  const moved = (solverLimit?.none ?? 0) - (solverLimit?.asSpent ?? 0);
  assert.ok(Math.abs((solverLimit?.early ?? 0) - (solverLimit?.late ?? 0)) < 0.1 * moved);
});

test('D5: where the timing matters the sentence says so, with the three limits', () => {
  const { sentence } = fitExternalData(...simulated({ noise: 0.005 }), marks, 0.9);
  assert.match(sentence, /; when it is spent matters: 0\.\d+ if spent early, 0\.\d+ evenly, 0\.\d+ late\.$/);
});

test('a log of 3,000 checkpoints is averaged, never across an injection', () => {
  const x = Float64Array.from({ length: 3000 }, (_, i) => i);
  const thin = thinBetween({ x, y: x.map((at) => (at <= 1007 ? 1 : 0)) }, [{ x: 1007, share: 1 }]);
  assert.ok(thin.x.length >= 200 && thin.x.length <= 202);
  assert.ok(thin.y.every((value) => value === 0 || value === 1));
  const spendings = spending.map(({ round, share }) => ({ round: 100 * round, share }));
  const fit = fitExternalData(
    ...simulated({ checkpoints: 3000, spacing: 1 / 300, schedule: spendings, noise: 0.02 }),
    spendings.map(({ round, share }) => ({ x: (round - 1) / 300, share })),
    0.9,
  );
  near(fit.gamma?.value, 0.5, 0.05);
});

const refusals: readonly (readonly [string, () => ReturnType<typeof fitExternalData>, RegExp])[] = [
  [
    'no verifier',
    () => fitExternalData(simulated()[0], null, marks, 0.9),
    /solver and verifier are both needed; name them/,
  ],
  [
    'a reward without a known best value',
    () => {
      const [solver, verifier] = simulated({ metric: 'one-minus' });
      return fitExternalData({ ...solver, range: {} }, { ...verifier, range: {} }, marks, 0.9);
    },
    /nothing says what the best value of solver and verifier is/,
  ],
  [
    'values that are mostly negative',
    () => {
      const [solver, verifier] = simulated();
      return fitExternalData({ ...solver, y: solver.y.map((y) => y - 5) }, verifier, marks, 0.9);
    },
    /most values lie beyond 0/,
  ],
  [
    'marks after the run',
    () => fitExternalData(...simulated(), [{ x: 50, share: 1 }], 0.9),
    /no mark lies between .*, 0 and 9\.5/,
  ],
  [
    'a handful of checkpoints',
    () => fitExternalData(...simulated({ checkpoints: 4, schedule: 'early' }), [{ x: 0, share: 1 }], 0.9),
    /there are too few checkpoints/,
  ],
];

for (const [what, answer, says] of refusals) {
  test(`of ${what} no gamma is told, but why not`, () => {
    const { gamma, sentence } = answer();
    assert.equal(gamma, null);
    assert.match(sentence, says);
  });
}

test('marks without a share get what the others leave of the budget', () => {
  const shared = shareOut([
    { x: 5, share: null },
    { x: 1, share: 0.4 },
    { x: 3, share: null },
  ]);
  assert.deepEqual(
    shared.map(({ x, share }) => [x, Number(share.toFixed(12))]),
    [
      [1, 0.4],
      [3, 0.3],
      [5, 0.3],
    ],
  );
  assert.throws(
    () =>
      shareOut([
        { x: 1, share: 1 },
        { x: 2, share: null },
      ]),
    (error) => error instanceof Refusal && /leaves nothing for those without one/.test(error.message),
  );
});

test('a column of the log marks the rounds that external data went into', () => {
  const x = Float64Array.of(0, 1, 2, 3, 4);
  const column = (name: string, y: number[]): Series => ({
    name,
    xName: 'epoch',
    role: 'none',
    direction: 'none',
    range: {},
    x,
    y: Float64Array.from(y),
    min: Math.min(...y),
    max: Math.max(...y),
    why: '',
  });
  const marked = (series: Series) => markedInjections({ series: [series], checkpoints: x });
  assert.deepEqual(marked(column('external_data', [0, 0, 300, 0, 100])), [
    { x: 1, share: 0.75 },
    { x: 3, share: 0.25 },
  ]);
  assert.equal(marked(column('train/injection', [0, 1, 0, 0, 0])).length, 1);
  assert.deepEqual(marked(column('external_data', [1, 1, 1, 1, 1])), []);
  assert.deepEqual(marked(column('external_data', [0, -1, 1, 1, 1])), []);
  assert.deepEqual(marked(column('external_data_loss', [0, 1, 0, 1, 0])), []);
});
