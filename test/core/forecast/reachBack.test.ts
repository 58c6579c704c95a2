import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import { reachBack } from '../../../src/core/forecast/reachBack.ts';
import { sharedRateForecaster } from '../../../src/core/forecast/sharedRateForecaster.ts';

const limit = { value: 0.8, lower: 0.75, upper: 0.85, level: 0.9 };

test('a limit that begins beyond where the run is reaches back to there, on whichever side it is', () => {
  assert.deepEqual(reachBack(limit, 0.7, 0.7), { ...limit, lower: 0.7 });
  assert.deepEqual(reachBack(limit, 0.7, 0.9), { ...limit, upper: 0.9 });
});

test('one that holds where the run is, or that is nearly reached, stays as it is', () => {
  assert.equal(reachBack(limit, 0.7, 0.76), null);
  assert.equal(reachBack(limit, 0.95, 0.7), null);
});

test('a clear run half way says that it reached back, and its interval holds where it is and where it goes', () => {
  const random = createRandom(3);
  const x = Float64Array.from({ length: 400 }, (_, i) => i);
  const y = x.map((at) => 1 + 2 * Math.exp(-at / 250) + 0.002 * random.normal());
  const [forecast] = sharedRateForecaster.forecast(
    [{ name: 'loss', role: 'none', direction: 'lower', range: {}, x, y }],
    { at: null, level: 0.9, tolerance: 0.01 },
    unwatched,
  );
  assert.ok(forecast !== undefined && forecast.limit !== null);
  const now = forecast.fitted.at(-1) ?? 0;
  assert.equal(forecast.evidence.reachesBack, true);
  assert.ok(forecast.limit.lower <= 1 && forecast.limit.upper >= now);
});
