import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { curveFamilies } from '../../../src/core/fit/curveFamilies.ts';
import type { Estimate } from '../../../src/core/fit/fitCurve.ts';
import { fitCurve } from '../../../src/core/fit/fitCurve.ts';
import { fitSharedRate } from '../../../src/core/fit/sharedRateFit.ts';

interface Problem {
  readonly name: string;
  readonly family: string;
  readonly series: readonly { readonly x: number[]; readonly y: number[]; readonly weights?: number[] }[];
  readonly shape: readonly Estimate[];
  readonly linear: readonly { readonly limit: Estimate; readonly amplitude: Estimate }[];
}

/** Made by scipy/problems.py, which says how. */
const stored: { problems: Problem[] } = JSON.parse(
  readFileSync(new URL('./scipy/problems.json', import.meta.url), 'utf8'),
);

/** Both against SciPy's standard error as well, lest a value near 0 make its own tolerance. */
function agrees(actual: Estimate | undefined, expected: Estimate, what: string): void {
  const { value, standardError } = actual ?? { value: Number.NaN, standardError: Number.NaN };
  assert.ok(
    Math.abs(value - expected.value) <= 1e-5 * Math.min(Math.abs(expected.value), expected.standardError * 100),
    `${what} is ${value}, SciPy has ${expected.value}`,
  );
  assert.ok(
    Math.abs(standardError - expected.standardError) <= 1e-5 * expected.standardError,
    `standard error of ${what} is ${standardError}, SciPy has ${expected.standardError}`,
  );
}

const inputsOf = ({ series }: Problem) =>
  series.map(({ x, y, weights }) => ({
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    ...(weights === undefined ? {} : { weights: Float64Array.from(weights) }),
  }));

test('there are 20 problems, of every family', () => {
  assert.equal(stored.problems.length, 20);
  for (const { family } of curveFamilies) assert.ok(stored.problems.some((one) => one.family === family.name));
});

for (const problem of stored.problems) {
  test(`${problem.name}: parameters and standard errors are SciPy's to 1e-5`, () => {
    const family = curveFamilies.find((one) => one.family.name === problem.family)?.family;
    assert.ok(family !== undefined);
    const fit = fitCurve(family, inputsOf(problem));
    assert.ok(fit.kind === 'fitted');
    assert.equal(fit.stoppedAt, 'optimum');
    problem.shape.forEach((expected, k) => {
      agrees(fit.shape[k], expected, family.parameters[k]?.name ?? '');
    });
    problem.linear.forEach((expected, j) => {
      agrees(fit.series[j]?.limit, expected.limit, `limit ${j}`);
      agrees(fit.series[j]?.amplitude, expected.amplitude, `amplitude ${j}`);
    });
  });
}

for (const problem of stored.problems.filter(({ family }) => family === 'exponential')) {
  test(`${problem.name}: the fit of the one-rate law is SciPy's to 1e-5`, () => {
    const fit = fitSharedRate(inputsOf(problem));
    assert.ok(fit.kind === 'fitted');
    const [rate] = problem.shape;
    assert.ok(rate !== undefined);
    agrees({ value: fit.rate, standardError: fit.rateStandardError * fit.rate }, rate, 'rate');
    problem.linear.forEach(({ limit, amplitude }, j) => {
      const own = fit.series[j];
      assert.ok(Math.abs((own?.limit ?? 0) - limit.value) <= 1e-5 * Math.abs(limit.value));
      assert.ok(Math.abs((own?.amplitude ?? 0) - amplitude.value) <= 1e-5 * Math.abs(amplitude.value));
    });
  });
}
