import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { crossImprovement } from '../../../src/core/dynamics/crossImprovement.ts';
import type { Dynamics } from '../../../src/core/dynamics/dynamics.ts';
import { fitDynamics } from '../../../src/core/dynamics/fitDynamics.ts';
import { invariantLine } from '../../../src/core/dynamics/invariantLine.ts';
import { limitSensitivity } from '../../../src/core/dynamics/limitSensitivity.ts';
import { simulateRun } from '../../../src/core/dynamics/simulateRun.ts';
import { solverVerifierCurves } from '../../../src/core/dynamics/solverVerifierCurves.ts';
import { spendingSchedule } from '../../../src/core/dynamics/spendingSchedule.ts';
import { fitSharedRate } from '../../../src/core/fit/sharedRateFit.ts';
import type { SeriesInput } from '../../../src/core/forecast/forecaster.ts';

const level = { level: 0.9 };

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`);
}

function series(role: 'solver' | 'verifier' | 'gap', x: Float64Array, y: Float64Array): SeriesInput {
  return { name: role, role, direction: 'lower', range: {}, x, y };
}

function found(dynamics: Dynamics | null): Dynamics {
  if (dynamics === null) throw new Error('no dynamics were found');
  return dynamics;
}

const parameters = fc.record({
  betaOverAlpha: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
  rate: fc.double({ min: 0.15, max: 1.5, noNaN: true }),
  gapLimit: fc.double({ min: 0, max: 0.3, noNaN: true }),
  solverStart: fc.double({ min: 1, max: 3, noNaN: true }),
  verifierStart: fc.double({ min: 0.1, max: 0.6, noNaN: true }),
});

test('D1: beta U_s - alpha U_v is kept, so the run is a straight line of slope beta/alpha', () => {
  fc.assert(
    fc.property(parameters, (truth) => {
      const curves = solverVerifierCurves(truth);
      const at = Float64Array.from({ length: 12 }, (_, i) => i);
      const kept = Array.from(at, (x) => truth.betaOverAlpha * curves.solver(x) - curves.verifier(x));
      for (const value of kept) near(value, kept[0] ?? 0, 1e-12);
      const line = invariantLine(at.map(curves.solver), at.map(curves.verifier));
      near(line?.betaOverAlpha ?? 0, truth.betaOverAlpha, 1e-9);
      assert.equal(line?.curvaturePValue, 1);
    }),
    { seed: 1 },
  );
});

test('D1: a run that bends in the plane of solver and verifier is told from a straight one', () => {
  const at = Float64Array.from({ length: 20 }, (_, i) => i / 4);
  const line = invariantLine(
    at.map((x) => Math.exp(-x)),
    at.map((x) => 0.5 * Math.exp(-0.5 * x)),
  );
  assert.ok((line?.curvaturePValue ?? 1) < 1e-6);
});

test('D2: what curves identify comes back from a noiseless run', () => {
  fc.assert(
    fc.property(parameters, (truth) => {
      const run = simulateRun({ ...truth, alphaOverBeta: 1 / truth.betaOverAlpha, checkpoints: 20, spacing: 0.5 });
      const got = found(
        fitDynamics(series('solver', run.x, run.solver), series('verifier', run.x, run.verifier), null, level),
      );
      const curves = solverVerifierCurves(truth);
      near(got.rate.value, truth.rate, 1e-6 * truth.rate);
      near(got.betaOverAlpha, truth.betaOverAlpha, 1e-6);
      near(got.kAlpha - got.kBeta, truth.rate, 1e-6 * truth.rate);
      near(got.kBeta / got.kAlpha, truth.betaOverAlpha, 1e-6);
      near(got.gapLimit, truth.gapLimit, 1e-6);
      near(got.solverLimit, curves.solverLimit, 1e-6);
      near(got.verifierLimit, curves.verifierLimit, 1e-6);
      assert.ok(got.sharedRate.holds);
    }),
    { seed: 2, numRuns: 60 },
  );
});

test('D3: whichever of the three is not logged follows from the other two', () => {
  const run = simulateRun({
    alphaOverBeta: 2.5,
    rate: 0.4,
    gapLimit: 0.05,
    solverStart: 1,
    verifierStart: 0.5,
    checkpoints: 15,
    noise: 0.01,
  });
  const solver = series('solver', run.x, run.solver);
  const verifier = series('verifier', run.x, run.verifier);
  const gap = series(
    'gap',
    run.x,
    run.solver.map((value, i) => value - (run.verifier[i] ?? 0)),
  );
  const all = found(fitDynamics(solver, verifier, gap, level));
  for (const some of [
    fitDynamics(solver, null, gap, level),
    fitDynamics(null, verifier, gap, level),
    fitDynamics(solver, verifier, null, level),
  ]) {
    near(found(some).rate.value, all.rate.value, 1e-9);
    near(found(some).verifierLimit, all.verifierLimit, 1e-9);
  }
  assert.equal(fitDynamics(solver, null, null, level), null);
  assert.equal(fitDynamics(null, null, gap, level), null);
});

test('D3: for an accuracy the gap is verifier less solver', () => {
  const run = simulateRun({
    alphaOverBeta: 2,
    rate: 0.4,
    gapLimit: 0.05,
    solverStart: 0.9,
    verifierStart: 0.5,
    checkpoints: 15,
    metric: 'one-minus',
  });
  const higher = (one: SeriesInput): SeriesInput => ({ ...one, direction: 'higher' });
  const got = found(
    fitDynamics(
      higher(series('solver', run.x, run.solver)),
      higher(series('verifier', run.x, run.verifier)),
      null,
      level,
    ),
  );
  near(got.gapLimit, 0.05, 1e-6);
  near(got.potential.bOverK, 0.05, 1e-6);
  near(got.potential.r2, 1, 1e-9);
});

test('D4: how the gap at the start moves the limit depends on what is held', () => {
  fc.assert(
    fc.property(parameters, (truth) => {
      const h = 1e-6;
      const limit = (change: Partial<typeof truth>): number =>
        solverVerifierCurves({ ...truth, ...change }).solverLimit;
      const sensitivity = limitSensitivity(truth.betaOverAlpha);
      const solverHeld = (limit({ verifierStart: truth.verifierStart - h }) - limit({})) / h;
      const verifierHeld = (limit({ solverStart: truth.solverStart + h }) - limit({})) / h;
      near(sensitivity.solverStartHeld, solverHeld, 1e-6 * Math.abs(solverHeld));
      near(sensitivity.verifierStartHeld, verifierHeld, 1e-6 * Math.abs(solverHeld));
    }),
    { seed: 4 },
  );
});

test('D5: rounds without external data follow the closed form', () => {
  fc.assert(
    fc.property(parameters, (truth) => {
      const { solver, verifier } = crossImprovement(truth, 0.7, { gamma: 1, shares: new Float64Array(10) });
      const curves = solverVerifierCurves(truth);
      solver.forEach((value, i) => {
        near(value, curves.solver(0.7 * i), 1e-9);
      });
      verifier.forEach((value, i) => {
        near(value, curves.verifier(0.7 * i), 1e-9);
      });
    }),
    { seed: 5 },
  );
});

test('D5: with a verifier that stands still and small spending the timing hardly matters', () => {
  const finals = (['early', 'uniform', 'late'] as const).map((schedule) => {
    const shares = new Float64Array(400);
    shares.set(spendingSchedule(schedule, 200));
    const start = { betaOverAlpha: 0, rate: 0.2, gapLimit: 0.02, solverStart: 1, verifierStart: 0.5 };
    return crossImprovement(start, 1, { gamma: 0.5, shares }).solver[400] ?? 0;
  });
  for (const final of finals) near(final, 0.5 * Math.exp(-0.5) + 0.02, 2e-3);
});

test('D5: external data lowers the limit of the solver, and for beta > 0 the timing matters a little', () => {
  const start = { betaOverAlpha: 0.4, rate: 0.2, gapLimit: 0.02, solverStart: 1, verifierStart: 0.5 };
  const final = (gamma: number, schedule: 'early' | 'late'): number => {
    const shares = new Float64Array(200);
    shares.set(spendingSchedule(schedule, 40));
    return crossImprovement(start, 1, { gamma, shares }).solver[200] ?? 0;
  };
  assert.ok(final(0.3, 'early') < final(0, 'early') - 0.01);
  assert.notEqual(final(0.3, 'early'), final(0.3, 'late'));
});

test('each schedule spends the whole budget', () => {
  for (const schedule of ['early', 'uniform', 'late'] as const) {
    near(
      spendingSchedule(schedule, 17).reduce((sum, share) => sum + share, 0),
      1,
      1e-12,
    );
  }
  assert.deepEqual(Array.from(spendingSchedule([{ round: 2, share: 0.5 }], 3)), [0, 0.5, 0]);
});

const plain = { alphaOverBeta: 2, rate: 0.5, gapLimit: 0.05, solverStart: 1, verifierStart: 0.5, checkpoints: 12 };

test('the same seed gives the same run and another seed another', () => {
  const run = (seed: number): number[] => Array.from(simulateRun({ ...plain, noise: 0.02, seed }).solver);
  assert.deepEqual(run(7), run(7));
  assert.notDeepEqual(run(7), run(8));
});

test('a run with jumps stands still between them', () => {
  const { solver } = simulateRun({ ...plain, jumps: 3 });
  assert.equal(new Set(solver).size, 4);
});

test('an accuracy rises and stays between 0 and 1', () => {
  const { solver } = simulateRun({ ...plain, metric: 'likelihood', noise: 0.05 });
  assert.ok((solver.at(-1) ?? 0) > (solver[0] ?? 1));
  assert.ok(solver.every((value) => value >= 0 && value <= 1));
});

test('an option out of bounds is refused by its name', () => {
  assert.throws(() => simulateRun({ ...plain, alphaOverBeta: 1 }), /alpha\/beta must be greater than 1, but is 1/);
  assert.throws(() => simulateRun({ ...plain, checkpoints: 0 }), /number of checkpoints/);
  assert.throws(() => simulateRun({ ...plain, schedule: [{ round: 12, share: 1 }] }), /no round 12/);
});

test('runs that say nothing have no dynamics', () => {
  const x = Float64Array.of(0, 1, 2, 3, 4, 5);
  const flat = x.map(() => 1);
  assert.equal(fitDynamics(series('solver', x, flat), series('verifier', x, flat), null, level), null);
  const few = x.subarray(0, 3);
  assert.equal(fitDynamics(series('solver', few, few), series('verifier', few, few), null, level), null);
  const line = x.map((at) => 9 - at);
  assert.equal(fitDynamics(series('solver', x, line), series('verifier', x, line), null, level), null);
});

const published = '../shared/logs/solver-verifier/sun2025_phi4_digitized.csv';
const skip = existsSync(published) ? false : `${published} is not here`;

function panel(name: string, role: 'solver' | 'verifier' | 'gap'): SeriesInput {
  const rows = readFileSync(published, 'utf8')
    .split('\n')
    .map((line) => line.split(','))
    .filter((cells) => cells[0] === name && cells[1] === role);
  return series(
    role,
    Float64Array.from(rows, (cells) => Number(cells[3])),
    Float64Array.from(rows, (cells) => Number(cells[4])),
  );
}

const paper = [
  ['math_qe', 0.348, 0.9981, 0.9807, 0.9812],
  ['gsm8k_tf', 0.416, 0.998, 0.9802, 0.9892],
] as const;

for (const [name, rate, solverR2, verifierR2, gapR2] of paper) {
  test(`the shared-rate fit of ${name} gives the paper's figures, and the F test rejects its one rate`, {
    skip,
  }, () => {
    const got = found(fitDynamics(panel(name, 'solver'), panel(name, 'verifier'), panel(name, 'gap'), level));
    near(got.rate.value, rate, 5e-4);
    near(got.r2.solver ?? 0, solverR2, 1e-4);
    near(got.r2.verifier ?? 0, verifierR2, 1e-4);
    near(got.r2.gap ?? 0, gapR2, 1e-4);
    assert.equal(got.sharedRate.holds, false);
  });
}

test('separate fits of math_qe are better than the shared one in each series', { skip }, () => {
  const alone = (['solver', 'verifier', 'gap'] as const).map((role) => {
    const { x, y } = panel('math_qe', role);
    const fit = fitSharedRate([{ x, y }]);
    return fit.kind === 'none' ? 0 : (fit.series[0]?.r2 ?? 0);
  });
  [0.9986, 0.9998, 0.9985].forEach((expected, i) => {
    near(alone[i] ?? 0, expected, 1e-4);
  });
});
