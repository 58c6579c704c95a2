import assert from 'node:assert/strict';
import test from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import type { SeriesForecast, SeriesInput } from '../../../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../../../src/core/forecast/sharedRateForecaster.ts';

function seriesOf(y: readonly number[]): SeriesInput {
  return {
    name: 'loss',
    role: 'none',
    direction: 'lower',
    range: {},
    x: Float64Array.from(y, (_, i) => 10 * i),
    y: Float64Array.from(y),
  };
}

function forecast(y: readonly number[], at: readonly number[]): SeriesForecast {
  const request = { at: Float64Array.from(at), level: 0.9, tolerance: 0.01 };
  const [one] = sharedRateForecaster.forecast([seriesOf(y)], request, unwatched);
  if (one === undefined) throw new Error('no forecast came back');
  return one;
}

function falling(n: number, noise: number, seed = 5): number[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => 0.2 + Math.exp((-4 * i) / n) + noise * random.normal());
}

test('a checkpoint that stands alone weighs less, is told, and hardly moves the limit', () => {
  const plain = falling(40, 0.005);
  const spiked = plain.map((value, i) => (i === 25 ? value + 3 : value));
  const [without, withOne] = [forecast(plain, [450]), forecast(spiked, [450])];
  assert.deepEqual(without.evidence.downWeighted, []);
  assert.equal(withOne.evidence.downWeightedCount, 1);
  const [told] = withOne.evidence.downWeighted;
  assert.equal(told?.x, 250);
  assert.ok((told?.weight ?? 1) < 0.01);
  assert.ok(Math.abs((withOne.forecast[0]?.y ?? 0) - (without.forecast[0]?.y ?? 0)) < 0.02);
  assert.equal(withOne.verdict, without.verdict);
  assert.deepEqual(withOne.evidence.jumps, []);
});

test('after a jump to a course of its own the forecast starts anew there', () => {
  const before = Array.from({ length: 15 }, (_, i) => 3 - 0.01 * i + 0.002 * (i % 2));
  const random = createRandom(9);
  const after = Array.from({ length: 30 }, (_, i) => 0.5 + Math.exp(-i / 8) + 0.002 * random.normal());
  const one = forecast([...before, ...after], [10 * 60]);
  assert.deepEqual(
    one.evidence.jumps.map(({ checkpoint, x }) => [checkpoint, x]),
    [[16, 150]],
  );
  assert.equal(one.evidence.since, 16);
  assert.equal(one.evidence.checkpoints, 30);
  assert.match(one.reason, /^Since its jump at checkpoint 16 it takes a course of its own: /);
  assert.ok(Math.abs((one.forecast[0]?.y ?? 0) - 0.5) < 0.03);
  assert.equal(one.fitted.length, 45);
  assert.equal(one.n, 45);
});

test('plateaus with a jump between them are forecast as they were: it stays where it is', () => {
  const random = createRandom(3);
  const y = Array.from({ length: 30 }, (_, i) => (i < 14 ? 1 : 0.3) + 0.01 * random.normal());
  const one = forecast(y, [400]);
  assert.equal(one.verdict, 'no-trend');
  assert.equal(one.evidence.because, 'jump');
  assert.equal(one.evidence.since, 1);
});

test('every verdict says what decided it', () => {
  assert.equal(forecast([1, 0.5, 0.4], [50]).evidence.because, 'few-checkpoints');
  assert.equal(forecast(new Array<number>(12).fill(0.3), [200]).evidence.because, 'unchanging');
  assert.equal(forecast(falling(40, 0.002), [450]).evidence.because, 'bounded-limit');
  const open = Array.from({ length: 12 }, (_, i) => 1 - 0.03 * i + 0.001 * (i % 3));
  assert.equal(forecast(open, [200]).evidence.because, 'wide-limit');
});

test('errors on the past are told beside those of staying put', () => {
  const { past } = forecast(falling(40, 0.005), [450]).evidence;
  assert.ok(past !== null && past.curves < 0.3 * past.lastValue);
});

test('of 2,000 checkpoints the limit is weighed on 64 averages, and that is said', () => {
  const { evidence } = forecast(falling(2000, 0.02), [25_000]);
  assert.deepEqual([evidence.checkpoints, evidence.blocks, evidence.since], [2000, 64, 1]);
});
