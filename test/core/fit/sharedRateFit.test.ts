import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import { profileRate } from '../../../src/core/fit/rateProfile.ts';
import type { FitSeries, SharedRateFit } from '../../../src/core/fit/sharedRateFit.ts';
import { fitSharedRate } from '../../../src/core/fit/sharedRateFit.ts';

function fitted(series: readonly FitSeries[]): SharedRateFit {
  const fit = fitSharedRate(series);
  if (fit.kind === 'none') throw new Error(fit.because);
  return fit;
}

function near(actual: number, expected: number, relative = 1e-6): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual} is not ${expected}`);
}

const decay = (x: Float64Array, limit: number, amplitude: number, rate: number): Float64Array =>
  x.map((at) => limit + amplitude * Math.exp(-rate * (at - (x[0] ?? 0))));

const evenly = (count: number, span: number, from = 0): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => from + (span * i) / (count - 1));

const nonzero = fc.double({ min: 0.1, max: 100, noNaN: true }).chain((size) => fc.constantFrom(size, -size));

test('noiseless series with one rate give rate, limits and amplitudes back to 1e-6', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.3, max: 12, noNaN: true }),
      fc.array(fc.tuple(nonzero, nonzero), { minLength: 1, maxLength: 3 }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      fc.integer({ min: 6, max: 40 }),
      (folds, curves, span, count) => {
        const x = evenly(count, span);
        const rate = folds / span;
        const fit = fitted(curves.map(([limit, amplitude]) => ({ x, y: decay(x, limit, amplitude, rate) })));
        near(fit.rate, rate);
        curves.forEach(([limit, amplitude], j) => {
          // A limit far smaller than the amplitude is known to the amplitude's digits.
          const got = fit.series[j];
          assert.ok(Math.abs((got?.limit ?? 0) - limit) <= 1e-6 * Math.max(Math.abs(limit), Math.abs(amplitude)));
          near(got?.amplitude ?? 0, amplitude, 1e-6);
        });
      },
    ),
    { numRuns: 200, seed: 3 },
  );
});

test('series may have their own x, unequal spacing and missing values', () => {
  const a = Float64Array.of(0, 1, 2, 5, 9, 14);
  const b = Float64Array.of(0.5, 3, 4, 11, 20);
  const y = decay(b, 7, 1, 0.2);
  const fit = fitted([
    { x: a, y: decay(a, 3, -2, 0.2) },
    { x: Float64Array.of(...b, 25, 26), y: Float64Array.of(...y, Number.NaN, Number.POSITIVE_INFINITY) },
  ]);
  near(fit.rate, 0.2);
  near(fit.series[0]?.limit ?? 0, 3);
  near(fit.series[1]?.limit ?? 0, 7);
});

test('a checkpoint of no weight has no say', () => {
  const x = evenly(10, 10);
  const y = decay(x, 1, 2, 0.4);
  y[4] = 50;
  const fit = fitted([{ x, y, weights: x.map((_, i) => (i === 4 ? 0 : 1)) }]);
  near(fit.series[0]?.limit ?? 0, 1);
});

test('twice the weight is the same as the checkpoint twice', () => {
  const random = createRandom(5);
  const x = evenly(12, 12);
  const y = decay(x, 1, 2, 0.4).map((value) => value + 0.05 * random.normal());
  const weighted = fitted([{ x, y, weights: x.map((_, i) => (i % 3 === 0 ? 2 : 1)) }]);
  const rows = Array.from(x.keys()).flatMap((i) => (i % 3 === 0 ? [i, i] : [i]));
  const repeated = fitted([
    { x: Float64Array.from(rows, (i) => x[i] ?? 0), y: Float64Array.from(rows, (i) => y[i] ?? 0) },
  ]);
  near(weighted.rate, repeated.rate, 1e-7);
});

test('a limit stays in what the metric allows', () => {
  const x = evenly(10, 1);
  const y = x.map((at) => 1 - 0.9 * at);
  const fit = fitted([{ x, y, limitRange: { lower: 0 } }]);
  assert.ok((fit.series[0]?.limit ?? -1) >= 0);
});

test('the fit follows a change of units of y and x', () => {
  const random = createRandom(9);
  const x = evenly(15, 15);
  const y = decay(x, 1, 2, 0.3).map((value) => value + 0.02 * random.normal());
  const plain = fitted([{ x, y }]);
  const limit = plain.series[0]?.limit ?? 0;
  fc.assert(
    fc.property(
      nonzero,
      fc.double({ min: -100, max: 100, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      (a, b, c, d) => {
        const turned = fitted([{ x: x.map((at) => c * at + d), y: y.map((value) => a * value + b) }]);
        near(turned.rate * c, plain.rate, 1e-6);
        assert.ok(Math.abs((turned.series[0]?.limit ?? 0) - (a * limit + b)) <= 1e-6 * (Math.abs(a) + Math.abs(b)));
      },
    ),
    { numRuns: 100, seed: 4 },
  );
});

test('what cannot be fitted says why', () => {
  const why = (x: readonly number[], y: readonly number[]): string => {
    const fit = fitSharedRate([{ x: Float64Array.from(x), y: Float64Array.from(y) }]);
    return fit.kind === 'none' ? fit.because : 'fitted';
  };
  assert.match(why([], []), /there are none/);
  assert.match(why([1], [1]), /there is 1/);
  assert.match(why([1, 2], [1, 2]), /there are 2/);
  assert.match(why([1, 2, 3], [5, 5, 5]), /do not change/);
  assert.match(why([1, 2, 3], [0, 0, 0]), /0/);
  assert.match(why([1, 1, 1], [1, 2, 3]), /span/);
  assert.match(why([1, 2, 3, 4], [1, Number.NaN, 3, Number.POSITIVE_INFINITY]), /there are 2/);
});

test('huge and tiny values are fitted like others', () => {
  const x = evenly(10, 10);
  for (const unit of [1e300, 1e-300]) {
    const fit = fitted([{ x, y: decay(x, 1, 2, 0.4).map((value) => value * (unit / 2)) }]);
    near(fit.rate, 0.4);
    near(fit.series[0]?.limit ?? 0, unit / 2);
  }
});

test('an interval of the rate holds the truth about as often as it says', () => {
  const x = evenly(20, 3);
  let held = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const random = createRandom(seed);
    const y = decay(x, 1, 2, 1).map((value) => value + 0.02 * random.normal());
    const { lower, upper } = profileRate(fitted([{ x, y }])).rate(0.9);
    if (lower <= 1 && 1 <= upper) held++;
  }
  assert.ok(held >= 170 && held <= 190, `${held} of 200`);
});

test('the limit of a straight line is not bounded on the side where the line goes', () => {
  const random = createRandom(2);
  const x = evenly(10, 10);
  const y = x.map((at) => 5 - 0.1 * at + 0.02 * random.normal());
  const { lower, upper } = profileRate(fitted([{ x, y }])).limit([{ series: 0, factor: 1 }], 0.9);
  assert.equal(lower, Number.NEGATIVE_INFINITY);
  assert.ok(upper < 5);
});

test('intervals widen with the level', () => {
  const random = createRandom(8);
  const x = evenly(15, 3);
  const y = decay(x, 1, 2, 1).map((value) => value + 0.02 * random.normal());
  const profile = profileRate(fitted([{ x, y }]));
  const widths = [0.5, 0.8, 0.9, 0.99].map((level) => {
    const { lower, upper } = profile.limit([{ series: 0, factor: 1 }], level);
    return upper - lower;
  });
  for (let i = 1; i < widths.length; i++) assert.ok((widths[i] ?? 0) > (widths[i - 1] ?? 0));
});
