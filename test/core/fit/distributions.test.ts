import assert from 'node:assert/strict';
import test from 'node:test';
import { fTail } from '../../../src/core/fit/fTail.ts';
import { mixtureQuantile } from '../../../src/core/fit/normalMixture.ts';
import { studentTCdf, studentTQuantile } from '../../../src/core/fit/studentT.ts';

const close = (actual: number, expected: number, relative: number): void => {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual} is not ${expected}`);
};

test('quantiles of Student t are those of the printed tables', () => {
  close(studentTQuantile(0.95, 1), 6.313751515, 1e-8);
  close(studentTQuantile(0.95, 5), 2.015048373, 1e-8);
  close(studentTQuantile(0.975, 10), 2.228138852, 1e-8);
  close(studentTQuantile(0.95, 35), 1.689572458, 1e-8);
  close(studentTQuantile(0.05, 5), -2.015048373, 1e-8);
  assert.equal(studentTQuantile(0.5, 3), 0);
});

test('the quantile of Student t undoes its distribution function', () => {
  for (const dof of [1, 2.5, 7, 40, 1000]) {
    for (const p of [0.001, 0.2, 0.6, 0.9999]) close(studentTCdf(studentTQuantile(p, dof), dof), p, 1e-9);
  }
});

test('tails of F are those of the printed tables', () => {
  close(fTail(4.964602744, 1, 10), 0.05, 1e-7);
  close(fTail(3.492828477, 2, 20), 0.05, 1e-7);
  assert.equal(fTail(0, 1, 10), 1);
  assert.equal(fTail(Number.POSITIVE_INFINITY, 1, 10), 0);
});

test('quantiles of a mixture of one are those of the normal', () => {
  const one = { weights: Float64Array.of(1), means: Float64Array.of(3), deviations: Float64Array.of(2) };
  close(mixtureQuantile(one, 0.95), 3 + 2 * 1.6448536, 1e-4);
  close(mixtureQuantile(one, 0.5), 3, 1e-4);
});

test('a mixture cut off at what the metric allows has its quantiles inside', () => {
  const two = {
    weights: Float64Array.of(0.5, 0.5),
    means: Float64Array.of(-1, 1),
    deviations: Float64Array.of(0.1, 0.1),
  };
  const lowest = mixtureQuantile(two, 0.05, 0, 2);
  assert.ok(lowest > 0.7 && lowest < 1);
});
