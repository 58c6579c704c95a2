import assert from 'node:assert/strict';
import test from 'node:test';
import { fitDynamics } from '../../../src/core/dynamics/fitDynamics.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import type { SeriesInput } from '../../../src/core/forecast/forecaster.ts';

const x = Float64Array.from({ length: 20 }, (_, i) => i / 4);
const loose = 7;

/** One checkpoint of few samples, far off and known to be uncertain. */
function run(role: 'solver' | 'verifier', limit: number, amplitude: number, error: number | null): SeriesInput {
  const random = createRandom(role === 'solver' ? 1 : 2);
  const y = x.map(
    (at, i) =>
      limit + amplitude * Math.exp(-at) + 0.002 * random.normal() + (role === 'solver' && i === loose ? 0.3 : 0),
  );
  const base: SeriesInput = { name: role, role, direction: 'lower', range: {}, x, y };
  return error === null ? base : { ...base, standardErrors: x.map((_, i) => (i === loose ? 200 * error : error)) };
}

const solverLimit = (solver: SeriesInput, verifier: SeriesInput): number =>
  fitDynamics(solver, verifier, null, { level: 0.9 })?.solverLimit ?? Number.NaN;
const verifier = run('verifier', 0.1, 0.4, null);

test('a checkpoint that the log calls uncertain hardly moves the dynamics', () => {
  const weighed = solverLimit(run('solver', 0.2, 0.8, 0.002), verifier);
  assert.ok(Math.abs(weighed - 0.2) < 0.005, `${weighed}`);
  assert.ok(Math.abs(solverLimit(run('solver', 0.2, 0.8, null), verifier) - 0.2) > 0.005);
});

test('errors of one series weigh its checkpoints, not the series against the other', () => {
  const small = solverLimit(run('solver', 0.2, 0.8, 0.002), verifier);
  const large = solverLimit(run('solver', 0.2, 0.8, 20), verifier);
  assert.ok(Math.abs(small - large) < 1e-9, `${small} and ${large}`);
});
