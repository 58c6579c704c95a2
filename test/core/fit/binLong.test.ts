import assert from 'node:assert/strict';
import test from 'node:test';
import { binLong } from '../../../src/core/fit/binLong.ts';

const total = (values: Iterable<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0);

test('up to 2,048 points are left alone', () => {
  const series = { x: Float64Array.of(0, 1, 2), y: Float64Array.of(1, 2, 3) };
  assert.equal(binLong(series), series);
});

test('the weighted sums of longer series stay what they were, and points that are no number count for nothing', () => {
  const n = 10_001;
  const x = Float64Array.from({ length: n }, (_, i) => 3 * i);
  const y = x.map((at) => 2 - 1e-4 * at);
  const weights = x.map((_, i) => 1 + (i % 3));
  y[77] = Number.NaN;
  const binned = binLong({ x, y, weights });
  const known = Array.from(x.keys()).filter((i) => i !== 77);
  assert.ok(binned.x.length <= 2048);
  const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-9 * Math.abs(b), `${a} for ${b}`);
  const weightOf = (i: number): number => binned.weights?.[i] ?? 0;
  near(total(binned.weights ?? []), total(known.map((i) => weights[i] ?? 0)));
  near(total(binned.x.map((at, i) => at * weightOf(i))), total(known.map((i) => (x[i] ?? 0) * (weights[i] ?? 0))));
  near(total(binned.y.map((at, i) => at * weightOf(i))), total(known.map((i) => (y[i] ?? 0) * (weights[i] ?? 0))));
});
