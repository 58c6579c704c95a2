import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import type { SeriesForecast } from '../../../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../../../src/core/forecast/sharedRateForecaster.ts';
import { startOf } from '../../../src/core/forecast/startOf.ts';

function forecast(x: Float64Array, y: Float64Array): SeriesForecast {
  const input = { name: 'loss', role: 'none', direction: 'lower', range: {}, x, y } as const;
  const [only] = sharedRateForecaster.forecast([input], { at: null, level: 0.9, tolerance: 0.01 }, unwatched);
  if (only === undefined) throw new Error('no forecast came back');
  return only;
}

const steps = (n: number, from: number, by: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => from + i * by);

test('a run whose first checkpoint is as far from 0 as from the next began at 0', () => {
  assert.equal(startOf(steps(20, 10, 10)), 0);
  assert.equal(startOf(steps(20, 0.5, 0.5)), 0);
  assert.equal(startOf(steps(20, 11, 10)), 0);
});

test('any other may have begun anywhere, and time counts from its first checkpoint', () => {
  assert.equal(startOf(steps(20, 0, 10)), 0);
  assert.equal(startOf(steps(20, 5000, 10)), 5000);
  assert.equal(startOf(steps(20, 20, 10)), 20);
  assert.equal(startOf(steps(20, -10, 10)), -10);
});

test('few checkpoints do not tell it', () => {
  assert.equal(startOf(steps(7, 10, 10)), 10);
  assert.equal(startOf(new Float64Array(0)), 0);
});

test('a log that thins out later began as its first checkpoints say', () => {
  assert.equal(startOf(Float64Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 1100, 2100, 3100)), 0);
});

test('a stretched exponential that began a checkpoint before the first one has its own limit', () => {
  let held = 0;
  for (let seed = 0; seed < 10; seed += 1) {
    const random = createRandom(seed);
    const x = steps(300, 10, 10);
    const y = x.map((at) => 1 + 2 * Math.exp(-((at / 200) ** 0.5)) + 0.004 * random.normal());
    const { limit } = forecast(x, y);
    if (limit !== null && limit.lower <= 1 && limit.upper >= 1) held += 1;
  }
  assert.ok(held >= 9, `${held} of 10 limits held`);
});

test('shares of the way count from the first checkpoint all the same', () => {
  const x = steps(40, 10, 10);
  const y = x.map((at, i) => 1 + 2 * Math.exp(-at / 60) + 0.01 * Math.sin(i * i));
  const { settling, progress } = forecast(x, y);
  assert.ok(settling !== null && progress !== null);
  assert.ok(Math.abs(settling.x - (10 + 60 * Math.log(100))) < 6, `settles at ${settling.x}`);
  assert.ok(Math.abs(progress - (1 - Math.exp(-390 / 60))) < 0.002, `progress is ${progress}`);
});
