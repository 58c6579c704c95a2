import assert from 'node:assert/strict';
import test from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import { wholeRun } from '../../../src/core/forecast/constants.ts';
import type { SeriesForecast, SeriesInput } from '../../../src/core/forecast/forecaster.ts';
import { createDesigns } from '../../../src/core/forecast/gridDesign.ts';
import { seriesPosterior } from '../../../src/core/forecast/seriesPosterior.ts';
import { sharedRateForecaster } from '../../../src/core/forecast/sharedRateForecaster.ts';

const level = 0.9;

function series(n: number, valueAt: (t: number, i: number) => number, name = 'loss'): SeriesInput {
  const x = Float64Array.from({ length: n }, (_, i) => i);
  return { name, role: 'none', direction: 'lower', range: {}, x, y: x.map((i) => valueAt(i / (n - 1), i)) };
}

/** 0.2 + (1 + t/0.3)^-1.2 with noise. */
function powerLaw(n: number, seed: number, noise = 0.01): SeriesInput {
  const random = createRandom(seed);
  return series(n, (t) => 0.2 + (1 + t / 0.3) ** -1.2 + noise * random.normal());
}

function only(input: SeriesInput, at: number[]): SeriesForecast {
  const [one] = sharedRateForecaster.forecast(
    [input],
    { at: Float64Array.from(at), level, tolerance: 0.01 },
    unwatched,
  );
  if (one === undefined) throw new Error('no forecast came back');
  return one;
}

test('what comes next follows a late change of slope that the whole curve hides', () => {
  const n = 60;
  const bend = 1 - Math.exp(-4);
  const input = series(n, (t) => (t < 0.5 ? 1 - (Math.exp(0) - Math.exp(-8 * t)) / bend / 2 : 0.5 - 0.4 * (t - 0.5)));
  const one = only(input, [n + 5]);
  const truth = 0.5 - 0.4 * ((n + 5) / (n - 1) - 0.5);
  const last = input.y[n - 1] ?? 0;
  assert.ok(Math.abs((one.forecast[0]?.y ?? 0) - truth) < 0.35 * Math.abs(last - truth));
});

test('most untouched checkpoints of noisy power laws lie in the band', () => {
  let held = 0;
  let asked = 0;
  for (let seed = 1; seed <= 25; seed++) {
    const run = powerLaw(40, seed, 0.02);
    const prefix = { ...run, x: run.x.slice(0, 25), y: run.y.slice(0, 25) };
    for (const point of only(prefix, [26, 30, 34, 39]).forecast) {
      const truth = run.y[point.x] ?? 0;
      asked++;
      if (point.lower <= truth && truth <= point.upper) held++;
    }
  }
  assert.ok(held / asked >= 0.87, `${held} of ${asked}`);
});

test('steps stay where they are', () => {
  const one = only(
    series(20, (_, i) => (i < 9 ? 0.1 : 0.4) + 0.001 * (i % 3)),
    [25],
  );
  assert.equal(one.verdict, 'no-trend');
  assert.equal(one.forecast[0]?.y, 0.4 + 0.001 * (19 % 3));
});

test('a constant series has no trend', () => {
  assert.equal(
    only(
      series(30, () => 0.7),
      [40],
    ).verdict,
    'no-trend',
  );
});

test('a change of units of x and y changes the forecast accordingly', () => {
  const input = powerLaw(30, 3);
  const plain = only(input, [35, 50]).forecast;
  for (const [a, b, c, d] of [
    [-3, 2, 10, -5],
    [0.01, -7, 0.1, 1000],
  ] as const) {
    const turned = only({ ...input, x: input.x.map((x) => c * x + d), y: input.y.map((y) => a * y + b) }, [
      35 * c + d,
      50 * c + d,
    ]).forecast;
    plain.forEach((point, i) => {
      const ends = [point.lower, point.upper].map((y) => a * y + b).sort((p, q) => p - q);
      assert.ok(Math.abs((turned[i]?.y ?? 0) - (a * point.y + b)) < 1e-4 * Math.abs(a));
      assert.ok(Math.abs((turned[i]?.lower ?? 0) - (ends[0] ?? 0)) < 1e-3 * Math.abs(a));
      assert.ok(Math.abs((turned[i]?.upper ?? 0) - (ends[1] ?? 0)) < 1e-3 * Math.abs(a));
    });
  }
});

test('other series of the run and their order change nothing', () => {
  const a = powerLaw(24, 1);
  const b = { ...powerLaw(30, 2), name: 'other' };
  const request = { at: Float64Array.of(40), level, tolerance: 0.01 };
  const [first, second] = sharedRateForecaster.forecast([a, b], request, unwatched);
  assert.deepEqual(sharedRateForecaster.forecast([b, a], request, unwatched), [second, first]);
  assert.deepEqual(sharedRateForecaster.forecast([a], request, unwatched), [first]);
});

test('more checkpoints of the same truth narrow the band on average', () => {
  const width = (n: number): number => {
    let sum = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const one = only(powerLaw(n, seed), [1.5 * (n - 1)]).forecast[0];
      sum += (one?.upper ?? 0) - (one?.lower ?? 0);
    }
    return sum;
  };
  assert.ok(width(60) < width(15));
});

test('limits of long clean runs hold the truth, though no shape of the grid is near enough', () => {
  let held = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const random = createRandom(100 + seed);
    const [tau, power] = [0.05 + 0.4 * random.uniform(), 0.6 + 1.5 * random.uniform()];
    const run = series(800, (t) => 0.2 + (1 + t / tau) ** -power + 0.003 * random.normal());
    const posterior = seriesPosterior(run, wholeRun, createDesigns(), unwatched);
    const limit = posterior?.limit(level);
    if (limit !== undefined && limit.lower <= 0.2 && 0.2 <= limit.upper) held++;
  }
  assert.ok(held >= 16, `${held} of 20`);
});

test('the drawn curve goes through the checkpoints where a walk stands for what it leaves', () => {
  const random = createRandom(12);
  let drift = 0;
  const run = series(45, (t) => {
    drift += 0.01 * random.normal();
    return t === 0 ? 0 : t < 0.05 ? 0.18 + 9 * (t - 0.022) : 0.5 + 0.08 * (1 - Math.exp(-6 * t)) + drift;
  });
  const { fitted } = only(run, [60]);
  const late = Array.from({ length: 20 }, (_, i) => 25 + i);
  const off = late.reduce((sum, i) => sum + (fitted[i] ?? 0) - (run.y[i] ?? 0), 0) / late.length;
  assert.ok(Math.abs(off) < 0.03, `off by ${off}`);
});
