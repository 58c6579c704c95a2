import assert from 'node:assert/strict';
import test from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import { type CurveFamily, oneByOne, type Shape } from '../../../src/core/fit/curveFamily.ts';
import type { SeriesInput } from '../../../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../../../src/core/forecast/sharedRateForecaster.ts';

const decay = (t: number, [end = 1]: Shape): number => Math.max(0, 1 - t / end);

/** Falls along a straight line until it stops: none of the families of every forecast does. */
const ramp: CurveFamily = {
  name: 'ramp',
  parameters: [{ name: 'end', kind: 'time' }],
  shapes: [[0.6], [0.8], [1]],
  decay,
  decays: oneByOne(decay),
  gradient: (t, [end = 1]) => [t < end ? t / (end * end) : 0],
  settlesAt: (tolerance, [end = 1]) => end * (1 - tolerance),
  steps: [0.2],
  isSigmoid: () => false,
};

const x = Float64Array.from({ length: 30 }, (_, i) => i);
const random = createRandom(4);
const loss: SeriesInput = {
  name: 'loss',
  role: 'none',
  direction: 'lower',
  range: {},
  x,
  y: x.map((i) => 0.3 + Math.max(0, 1 - i / 29 / 0.6) + 0.002 * random.normal()),
};
const request = { at: null, level: 0.9, tolerance: 0.01 };

test('a family that comes with the request is weighed beside the others and wins where it is true', () => {
  const [plain] = sharedRateForecaster.forecast([loss], request, unwatched);
  const [extended] = sharedRateForecaster.forecast(
    [loss],
    { ...request, families: [{ family: ramp, prior: 1 / 7 }] },
    unwatched,
  );
  assert.ok(plain?.models.every(({ name }) => name !== 'ramp'));
  assert.equal(extended?.models[0]?.name, 'ramp');
  assert.ok(Math.abs((extended?.models[0]?.limit ?? 0) - 0.3) < 0.005);
});

test('an empty list of further families changes nothing, to the last bit', () => {
  assert.deepEqual(
    sharedRateForecaster.forecast([loss], { ...request, families: [] }, unwatched),
    sharedRateForecaster.forecast([loss], request, unwatched),
  );
});
