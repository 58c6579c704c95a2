import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import { blockProblem } from '../../../src/core/fit/blockProblem.ts';
import { createLongSums, createSums } from '../../../src/core/fit/rateSums.ts';
import { scaleProblem } from '../../../src/core/fit/scaledProblem.ts';
import type { FitSeries } from '../../../src/core/fit/sharedRateFit.ts';
import { fitSharedRate } from '../../../src/core/fit/sharedRateFit.ts';

interface Made {
  readonly seed: number;
  readonly n: number;
  readonly rate: number;
  readonly noise: number;
  readonly isEven: boolean;
  readonly isWeighed: boolean;
  readonly isHeld: boolean;
  /** Of the rate that is asked about, against the one that the blocks are asked about. */
  readonly aside: number;
}

const made: fc.Arbitrary<Made> = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  n: fc.integer({ min: 2049, max: 6000 }),
  rate: fc.double({ min: -3, max: 4, noNaN: true }).map(Math.exp),
  noise: fc.constantFrom(0, 1e-6, 0.01, 1),
  isEven: fc.boolean(),
  isWeighed: fc.boolean(),
  isHeld: fc.boolean(),
  aside: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
});

function seriesOf({ seed, n, rate, noise, isEven, isWeighed, isHeld }: Made): FitSeries {
  const random = createRandom(seed);
  const steps = Float64Array.from({ length: n }, () => (isEven ? 1 : 0.2 + Math.abs(random.normal())));
  let sum = 0;
  const x = steps.map((step) => (sum += step));
  const span = sum - (x[0] ?? 0);
  const y = x.map((at) => 0.2 + 0.8 * Math.exp((-rate * (at - (x[0] ?? 0))) / span) + noise * random.normal());
  return {
    x,
    y,
    ...(isWeighed ? { weights: x.map(() => 0.1 + Math.abs(random.normal())) } : {}),
    ...(isHeld ? { limitRange: { lower: 0.25 } } : {}),
  };
}

const near = (value: number, expected: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs(value - expected) <= tolerance, `${what}: ${value} and ${expected}`);

test('sums of one pass over a long series are those of the passes over a short one', () => {
  fc.assert(
    fc.property(made, (one) => {
      const problem = scaleProblem([seriesOf(one)]);
      assert.ok(problem.kind === 'scaled');
      const blocks = blockProblem(problem);
      assert.ok(blocks !== null);
      const total = problem.series[0]?.total ?? 1;
      const at = one.rate * Math.exp(one.aside);
      const [long, short] = [createLongSums(problem, blocks, one.rate), createSums(problem)];
      near(long.sumOfSquares(at), short.sumOfSquares(at), 1e-9 * total, 'sum of squares');
      const [step, expected] = [long.step(at), short.step(at)];
      near(step.ssr, expected.ssr, 1e-9 * total, 'sum of squares of a step');
      const [fit] = long.fits(at);
      const [known] = short.fits(at);
      assert.ok(fit !== undefined && known !== undefined);
      // Where the decay hardly bends, its curvature is what rounding leaves of it.
      if (known.along > 1e-6 * total) {
        near(step.change, expected.change, 1e-7 * (at + Math.abs(expected.change)), 'step');
        near(fit.along, known.along, 1e-6 * known.along, 'curvature');
      }
      near(fit.ssr, known.ssr, 1e-9 * known.ssr + 1e-15 * total, 'residual sum');
      const size = Math.abs(known.part.limit) + Math.abs(known.part.amplitude);
      near(fit.part.limit, known.part.limit, 1e-8 * size, 'limit');
      near(fit.part.amplitude, known.part.amplitude, 1e-8 * size, 'amplitude');
      assert.equal(fit.part.isHeld, known.part.isHeld);
    }),
    { numRuns: 60 },
  );
});

test('a long series without noise has its rate, limit and residual to rounding', () => {
  const x = Float64Array.from({ length: 50_000 }, (_, i) => i);
  const fit = fitSharedRate([{ x, y: x.map((at) => 0.2 + 0.8 * Math.exp(-at / 16_000)) }]);
  assert.ok(fit.kind === 'fitted');
  near(fit.rate * 16_000, 1, 1e-10, 'rate');
  near(fit.series[0]?.limit ?? 0, 0.2, 1e-10, 'limit');
  near(fit.series[0]?.residual ?? 1, 0, 1e-10, 'residual');
});

test('rows that are not finite or weigh nothing are left out of a long series', () => {
  const random = createRandom(5);
  const x = Float64Array.from({ length: 5000 }, (_, i) => i);
  const y = x.map((at) => 0.2 + 0.8 * Math.exp(-at / 1600) + 0.01 * random.normal());
  const isGood = (_: number, i: number): boolean => i % 7 !== 3;
  const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const good = fitSharedRate([{ x: x.filter(isGood), y: y.filter(isGood) }]);
  const dirty = fitSharedRate([{ x, y: y.map((value, i) => (isGood(value, i) ? value : (bad[i % 3] ?? 0))) }]);
  const weighed = fitSharedRate([{ x, y, weights: x.map((_, i) => (isGood(0, i) ? 1 : 0)) }]);
  assert.ok(good.kind === 'fitted' && dirty.kind === 'fitted' && weighed.kind === 'fitted');
  assert.equal(dirty.rate, good.rate);
  assert.equal(weighed.rate, good.rate);
});
