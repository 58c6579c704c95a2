import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import { curveFamilies } from '../../../src/core/fit/curveFamilies.ts';
import type { CurveFamily } from '../../../src/core/fit/curveFamily.ts';
import { exponential } from '../../../src/core/fit/exponential.ts';
import type { FittedCurve } from '../../../src/core/fit/fitCurve.ts';
import { fitCurve } from '../../../src/core/fit/fitCurve.ts';
import { powerLaw } from '../../../src/core/fit/powerLaw.ts';
import { unitOf } from '../../../src/core/fit/shapeParameter.ts';
import type { FitSeries, SharedRateFit } from '../../../src/core/fit/sharedRateFit.ts';
import { fitSharedRate } from '../../../src/core/fit/sharedRateFit.ts';
import { stretched } from '../../../src/core/fit/stretched.ts';

function fitted(family: CurveFamily, series: readonly FitSeries[]): FittedCurve {
  const fit = fitCurve(family, series);
  if (fit.kind === 'none') throw new Error(fit.because);
  return fit;
}

function sharedRate(series: readonly FitSeries[]): SharedRateFit {
  const fit = fitSharedRate(series);
  if (fit.kind === 'none') throw new Error(fit.because);
  return fit;
}

function near(actual: number | undefined, expected: number, within: number, what = 'it'): void {
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${what} is ${actual}, not ${expected}`);
}

const evenly = (count: number, span: number, from = 0): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => from + (span * i) / (count - 1));

/** Well inside what checkpoints over one span can tell. */
const plainShapes: Readonly<Record<string, readonly number[]>> = {
  exponential: [3],
  'power law': [0.1, 1.2],
  'stretched exponential': [4, 0.8],
  'two exponentials': [1.5, 10, 0.6],
  hill: [0.2, 1.4],
};

function noisy(family: CurveFamily, seed: number, noise = 0.01, curves: readonly [number, number][] = [[0.2, 0.8]]) {
  const random = createRandom(seed);
  const t = evenly(40, 1);
  const shape = plainShapes[family.name] ?? [];
  return curves.map(([limit, amplitude]) => ({
    x: t.map((at) => 20 * at),
    y: t.map((at) => limit + amplitude * family.decay(at, shape) + noise * amplitude * random.normal()),
  }));
}

for (const { family } of curveFamilies) {
  test(`the gradient of the ${family.name} is what its values say`, () => {
    for (const shape of family.shapes) {
      for (const t of [0, 0.01, 0.3, 1, 2.5]) {
        const gradient = family.gradient(t, shape);
        assert.equal(gradient.length, family.parameters.length);
        shape.forEach((value, k) => {
          const h = 1e-5 * value;
          const moved = (by: number): number =>
            family.decay(
              t,
              shape.map((one, i) => (i === k ? one + by : one)),
            );
          near(gradient[k], (moved(h) - moved(-h)) / (2 * h), 1e-7 / value, `${shape} at ${t}`);
        });
      }
    }
  });

  test(`noiseless ${family.name} curves give their shape back, with no start value asked`, () => {
    const series = noisy(family, 1, 0, [
      [0.2, 0.8],
      [0.7, -0.3],
    ]);
    const fit = fitted(family, series);
    (plainShapes[family.name] ?? []).forEach((value, k) => {
      const parameter = family.parameters[k];
      const expected = value * (parameter === undefined ? 1 : unitOf(parameter, 20));
      near(fit.shape[k]?.value, expected, 1e-5 * expected, parameter?.name);
    });
    near(fit.series[0]?.limit.value, 0.2, 1e-5);
    near(fit.series[1]?.amplitude.value, -0.3, 1e-5);
  });
}

test('the standard errors of 300 noisy runs cover the truth about as often as they say', () => {
  let held = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const fit = fitted(powerLaw, noisy(powerLaw, seed, 0.003));
    const [, power] = fit.shape;
    if (Math.abs((power?.value ?? 0) - 1.2) <= (power?.standardError ?? 0)) held++;
  }
  assert.ok(held > 180 && held < 230, `${held} of 300 within one standard error, where 205 are due`);
});

const affine = fc.record({
  a: fc.double({ min: 0.01, max: 1e4, noNaN: true }).chain((size) => fc.constantFrom(size, -size)),
  b: fc.double({ min: -10, max: 10, noNaN: true }),
  c: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
  d: fc.double({ min: -100, max: 100, noNaN: true }),
  seed: fc.integer({ min: 1, max: 20 }),
});

test('y → a y + b and x → c x + d change a fit of any family accordingly, also for a < 0', () => {
  fc.assert(
    fc.property(affine, fc.constantFrom(exponential, powerLaw, stretched), ({ a, b, c, d, seed }, family) => {
      const plain = noisy(family, seed, 0.003);
      const moved = plain.map(({ x, y }) => ({
        x: x.map((at) => c * (at + d)),
        y: y.map((value) => a * (value + b)),
      }));
      const before = fitted(family, plain);
      const after = fitted(family, moved);
      const [one, other] = [before.series[0], after.series[0]];
      if (one === undefined || other === undefined) throw new Error('a series was lost');
      near(other.limit.value, a * (one.limit.value + b), 1e-6 * Math.abs(a), 'limit');
      near(other.amplitude.value, a * one.amplitude.value, 1e-6 * Math.abs(a), 'amplitude');
      near(other.limit.standardError / (Math.abs(a) * one.limit.standardError), 1, 1e-5, 'ratio of errors');
      before.shape.forEach(({ value, standardError }, k) => {
        const parameter = family.parameters[k];
        const unit = parameter === undefined ? 1 : unitOf(parameter, c);
        near((after.shape[k]?.value ?? 0) / (value * unit), 1, 1e-6, parameter?.name);
        near((after.shape[k]?.standardError ?? 0) / (standardError * unit), 1, 1e-5, parameter?.name);
      });
    }),
    { numRuns: 100, seed: 6 },
  );
});

test('y → a y + b and x → c x + d change the one-rate fit accordingly, also for a < 0', () => {
  fc.assert(
    fc.property(affine, ({ a, b, c, d, seed }) => {
      const plain = noisy(exponential, seed, 0.02, [
        [0.2, 0.8],
        [0.15, 0.3],
      ]);
      const moved = plain.map(({ x, y }) => ({
        x: x.map((at) => c * (at + d)),
        y: y.map((value) => a * (value + b)),
      }));
      const before = sharedRate(plain);
      const after = sharedRate(moved);
      near((after.rate * c) / before.rate, 1, 1e-7, 'rate');
      near(after.rateStandardError / before.rateStandardError, 1, 1e-6, 'ratio of errors');
      before.series.forEach((one, j) => {
        near(after.series[j]?.limit, a * (one.limit + b), 1e-7 * Math.abs(a), 'limit');
        near(after.series[j]?.amplitude, a * one.amplitude, 1e-7 * Math.abs(a), 'amplitude');
      });
    }),
    { numRuns: 100, seed: 7 },
  );
});

const three: readonly [number, number][] = [
  [0.2, 0.8],
  [0.15, 0.3],
  [0.05, 0.5],
];
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

test('the order of the series changes nothing, to the last bit', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const series = noisy(exponential, seed, 0.02, three);
    const [curve, law] = [fitted(exponential, series), sharedRate(series)];
    for (const order of orders) {
      const permuted = order.flatMap((i) => series[i] ?? []);
      const again = fitted(exponential, permuted);
      assert.deepEqual(again.shape, curve.shape);
      const lawAgain = sharedRate(permuted);
      assert.equal(lawAgain.rate, law.rate);
      assert.equal(lawAgain.rateStandardError, law.rateStandardError);
      order.forEach((from, to) => {
        assert.deepEqual(again.series[to], curve.series[from]);
        assert.deepEqual(lawAgain.series[to], law.series[from]);
      });
    }
  }
});

test('the same input gives the same bits', () => {
  for (const { family } of curveFamilies) {
    const series = noisy(family, 8);
    assert.deepEqual(fitCurve(family, series), fitCurve(family, structuredClone(series)));
  }
  const series = noisy(exponential, 8, 0.02, three);
  assert.deepEqual(fitSharedRate(series), fitSharedRate(structuredClone(series)));
});

test('a straight line names no shape, and says so', () => {
  const x = evenly(20, 10);
  for (const { family } of curveFamilies) {
    if (family.name !== 'exponential' && family.name !== 'power law') continue;
    assert.equal(fitted(family, [{ x, y: x.map((at) => 3 - 0.1 * at) }]).stoppedAt, 'edge');
  }
});

test('a limit is held where the metric ends', () => {
  const [series] = noisy(exponential, 2, 0, [[-0.1, 0.8]]);
  if (series === undefined) throw new Error('no series');
  const fit = fitted(exponential, [{ ...series, limitRange: { lower: 0 } }]);
  assert.deepEqual(fit.series[0]?.limit, { value: 0, standardError: 0 });
});

test('what cannot be fitted says why', () => {
  const x = evenly(2, 1);
  assert.deepEqual(fitCurve(exponential, [{ x, y: x }]), fitSharedRate([{ x, y: x }]));
});

test('a log of 50,000 checkpoints has the optimum of all of them, not of blocks', () => {
  const random = createRandom(11);
  const x = evenly(50_000, 20);
  const y = x.map((at) => 0.2 + 0.8 * exponential.decay(at / 20, [9]) + 0.05 * random.normal());
  const [law, curve] = [sharedRate([{ x, y }]), fitted(exponential, [{ x, y }])];
  near(law.rate / (curve.shape[0]?.value ?? 0), 1, 1e-8, 'ratio of rates');
  near(law.rate, 9 / 20, 4 * law.rateStandardError * law.rate, 'rate');
  // At the optimum the residuals are orthogonal to the derivative by the rate.
  const [one] = law.series;
  if (one === undefined) throw new Error('a series was lost');
  let slope = 0;
  let size = 0;
  x.forEach((at, i) => {
    const decay = Math.exp(-law.rate * at);
    slope += at * decay * ((y[i] ?? 0) - one.limit - one.amplitude * decay);
    size += at * decay * Math.abs((y[i] ?? 0) - one.limit - one.amplitude * decay);
  });
  near(slope / size, 0, 1e-9, 'slope of the sum of squares');
});

test('on a long log the work is bounded, also where the data names no shape', () => {
  const random = createRandom(1);
  const count = 20_000;
  const x = evenly(count, 3);
  // An exponential is the power law's limit: its parameters grow without end.
  const y = x.map((at) => 0.2 + 0.8 * Math.exp(-at) + 0.02 * random.normal());
  let evaluations = 0;
  const counted: CurveFamily = {
    ...powerLaw,
    decay: (t, shape) => {
      evaluations++;
      return powerLaw.decay(t, shape);
    },
  };
  assert.equal(fitted(counted, [{ x, y }]).stoppedAt, 'edge');
  assert.ok(evaluations < 20 * count, `${(evaluations / count).toFixed(0)} passes over the log`);
});
