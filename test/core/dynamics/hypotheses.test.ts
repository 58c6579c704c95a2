import assert from 'node:assert/strict';
import test from 'node:test';
import { fitDynamics } from '../../../src/core/dynamics/fitDynamics.ts';
import type { Hypothesis } from '../../../src/core/dynamics/hypotheses.ts';
import { testLinearPotential } from '../../../src/core/dynamics/linearPotentialTest.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import type { FitSeries } from '../../../src/core/fit/sharedRateFit.ts';
import type { SeriesInput } from '../../../src/core/forecast/forecaster.ts';

type Curve = (x: number) => number;
const x = Float64Array.from({ length: 20 }, (_, i) => (3 * i) / 19);

function observed(seed: number, noise: number, curves: readonly [Curve, Curve]): [FitSeries, FitSeries] {
  const random = createRandom(seed);
  const one = (curve: Curve): FitSeries => ({ x, y: x.map((at) => curve(at) + noise * random.normal()) });
  return [one(curves[0]), one(curves[1])];
}

const exponential: [Curve, Curve] = [(t) => 0.2 + 0.8 * Math.exp(-1.5 * t), (t) => 0.1 + 0.4 * Math.exp(-1.5 * t)];
/** What f(G) = G^2 makes: the pull weakens as the square of the gap. */
const squarePull: [Curve, Curve] = [(t) => 0.2 + 0.8 / (1 + 2 * t), (t) => 0.1 + 0.4 / (1 + 2 * t)];
const twoRates: [Curve, Curve] = [(t) => 0.2 + 0.8 * Math.exp(-2 * t), (t) => 0.1 + 0.4 * Math.exp(-t)];

function hypotheses(curves: [Curve, Curve], seed = 1): ReadonlyMap<Hypothesis['name'], Hypothesis> {
  const [solver, verifier] = observed(seed, 0.01, curves);
  const input = (role: 'solver' | 'verifier', { y }: FitSeries): SeriesInput => ({
    name: role,
    role,
    direction: 'lower',
    range: {},
    x,
    y,
  });
  const dynamics = fitDynamics(input('solver', solver), input('verifier', verifier), null, { level: 0.9 });
  if (dynamics === null) throw new Error('no dynamics were found');
  return new Map(dynamics.hypotheses.map((one) => [one.name, one]));
}

test('on runs of the theory a linear potential is rejected about as often as 5 % says, whichever series is the louder', () => {
  for (const louder of [1, 5]) {
    let rejected = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const [solver, verifier] = observed(seed, 0.01, exponential);
      const random = createRandom(1000 + seed);
      const series = [solver, { ...verifier, y: verifier.y.map((y) => y + 0.01 * (louder - 1) * random.normal()) }];
      if (testLinearPotential(series)?.holds === false) rejected++;
    }
    assert.ok(rejected >= 8 && rejected <= 34, `${rejected} of 400`);
  }
});

test('a pull that weakens as the square of the gap is no straight line, while rate and line are kept', () => {
  const found = hypotheses(squarePull);
  assert.equal(found.get('linear-potential')?.holds, false);
  assert.match(
    found.get('linear-potential')?.sentence ?? '',
    /^The pull of the gap is no straight line \(p < 0\.001\): it weakens faster than the gap closes, so an exponential is not/,
  );
  assert.equal(found.get('straight-line')?.holds, true);
});

test('a pull that weakens more slowly than the gap is told as such', () => {
  const found = hypotheses([
    (t) => 0.2 + 0.8 * Math.exp(-((0.9 * t) ** 1.6)),
    (t) => 0.1 + 0.4 * Math.exp(-((0.9 * t) ** 1.6)),
  ]);
  assert.match(found.get('linear-potential')?.sentence ?? '', /it weakens more slowly than the gap closes/);
});

test('a verifier with a rate of its own breaks the one rate and the straight line, not the potential', () => {
  const found = hypotheses(twoRates);
  assert.equal(found.get('shared-rate')?.holds, false);
  assert.equal(found.get('straight-line')?.holds, false);
  assert.match(
    found.get('shared-rate')?.sentence ?? '',
    /^Solver and verifier do not share one rate \(p < 0\.001\): alone the solver relaxes at 2\.\d* and the verifier at [01]\.\d*\.$/,
  );
});

test('a run of the theory bears out all three, each in a sentence with its figures', () => {
  const found = hypotheses(exponential);
  assert.deepEqual([...found.keys()], ['shared-rate', 'straight-line', 'linear-potential']);
  assert.ok([...found.values()].every(({ holds, pValue }) => holds && pValue >= 0.05));
  assert.match(
    found.get('shared-rate')?.sentence ?? '',
    /^One rate fits solver and verifier \(p = 0\.\d+\): 1\.[45]\d?; alone/,
  );
  assert.match(found.get('straight-line')?.sentence ?? '', /for each 1 of the solver the verifier moves 0\.[45]\d*\.$/);
  assert.match(found.get('linear-potential')?.sentence ?? '', /it ends at a gap of 0\.\d+\.$/);
});

test('of a noiseless run rounding errors reject nothing', () => {
  const series = exponential.map((curve) => ({ x, y: x.map(curve) }));
  assert.equal(testLinearPotential(series)?.holds, true);
});

test('with too few checkpoints for the test there is none', () => {
  const few = x.slice(0, 3);
  assert.equal(testLinearPotential(exponential.map((curve) => ({ x: few, y: few.map(curve) }))), null);
});

test('one rate is kept on a long run without noise, though its means over bins are no exact exponentials', () => {
  const at = Float64Array.from({ length: 19_800 }, (_, i) => i + Math.floor(i / 9));
  const input = (role: 'solver' | 'verifier', limit: number, way: number): SeriesInput => ({
    name: role,
    role,
    direction: 'lower',
    range: {},
    x: at,
    y: at.map((t) => limit + way * Math.exp(-t / 4000)),
  });
  const dynamics = fitDynamics(input('solver', 0.15, 0.6), input('verifier', 0.1, 0.25), null, { level: 0.9 });
  assert.equal(dynamics?.hypotheses.find(({ name }) => name === 'shared-rate')?.holds, true);
});
