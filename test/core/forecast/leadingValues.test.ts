import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import { countLeading } from '../../../src/core/forecast/leadingValues.ts';
import { sharedRateForecaster } from '../../../src/core/forecast/sharedRateForecaster.ts';

const perplexities = (n: number): Float64Array => {
  const random = createRandom(5);
  return Float64Array.from({ length: n }, (_, i) => 1.7 + 1.2 * Math.exp(-i / 8) + 0.01 * random.normal());
};

test('values before training are those that all others are like one point beside', () => {
  const y = perplexities(29);
  assert.equal(countLeading(y), 0);
  assert.equal(countLeading(Float64Array.of(12, ...y)), 0);
  assert.equal(countLeading(Float64Array.of(5000, ...y)), 1);
  assert.equal(countLeading(Float64Array.of(-400, ...y)), 1);
  assert.equal(countLeading(Float64Array.of(50_000, 4000, ...y)), 2);
  assert.equal(countLeading(Float64Array.of(5000, 2, ...y)), 1);
});

test('nothing is left out of a few values, nor where the others are all the same', () => {
  assert.equal(countLeading(Float64Array.of(5000, ...perplexities(7))), 0);
  assert.equal(countLeading(Float64Array.of(5, ...Array<number>(30).fill(1))), 0);
  assert.equal(countLeading(new Float64Array(0)), 0);
});

test('a first value hundreds of times the others leaves the forecast as it would be without it', () => {
  const y = perplexities(29);
  const x = Float64Array.from(y, (_, i) => 10 * (i + 1));
  const input = { name: 'ppl', role: 'none', direction: 'lower', range: {} } as const;
  const request = { at: null, level: 0.9, tolerance: 0.01 };
  const [without] = sharedRateForecaster.forecast([{ ...input, x, y }], request, unwatched);
  const longer = { ...input, x: Float64Array.of(0, ...x), y: Float64Array.of(5000, ...y) };
  const [one] = sharedRateForecaster.forecast([longer], request, unwatched);
  assert.deepEqual(one?.limit, without?.limit);
  assert.deepEqual(one?.forecast, without?.forecast);
  assert.deepEqual([one?.n, one?.fitted[0], one?.fitted[1]], [30, 5000, without?.fitted[0]]);
  assert.equal(one?.evidence.since, 2);
  assert.ok(
    one !== undefined && one.limit !== null && one.limit.lower < 1.7 && one.limit.upper > 1.7 && one.limit.upper < 2,
  );
});
