import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Control } from '../../../src/core/control.ts';
import { Cancelled, unwatched } from '../../../src/core/control.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import type { SimulateOptions } from '../../../src/core/dynamics/simulateRun.ts';
import { simulateRun } from '../../../src/core/dynamics/simulateRun.ts';
import type { ForecastRequest, SeriesForecast, SeriesInput } from '../../../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../../../src/core/forecast/sharedRateForecaster.ts';

const request: ForecastRequest = { at: null, level: 0.9, tolerance: 0.01 };
const truth = { alphaOverBeta: 2, rate: 1, gapLimit: 0.1, solverStart: 1, verifierStart: 0.5 };
const trueLimits = [0.2, 0.1] as const;

function simulated(options: Partial<SimulateOptions> = {}): SeriesInput[] {
  const run = simulateRun({ ...truth, checkpoints: 20, spacing: 3 / 19, noise: 0.01, ...options });
  const direction = options.metric === undefined ? 'lower' : 'higher';
  const range = options.metric === undefined ? {} : { lower: 0, upper: 1 };
  return (['solver', 'verifier'] as const).map((role) => ({
    name: role,
    role,
    direction,
    range,
    x: run.x,
    y: run[role],
  }));
}

function alone(x: Float64Array, y: Float64Array): SeriesInput {
  return { name: 'loss', role: 'none', direction: 'lower', range: {}, x, y };
}

function forecast(series: readonly SeriesInput[], asked: Partial<ForecastRequest> = {}): readonly SeriesForecast[] {
  return sharedRateForecaster.forecast(series, { ...request, ...asked }, unwatched);
}

function only(input: SeriesInput, asked: Partial<ForecastRequest> = {}): SeriesForecast {
  const [first] = forecast([input], asked);
  if (first === undefined) throw new Error('no forecast came back');
  return first;
}

/** Every number in it is finite, bands hold their line, and the verdict has what it promises. */
function assertSound(one: SeriesForecast): void {
  const numbers = [
    ...one.fitted,
    ...one.forecast.flatMap((point) => [point.x, point.y, point.lower, point.upper]),
    ...(one.limit === null ? [] : [one.limit.value, one.limit.lower, one.limit.upper]),
    ...one.alternatives,
    ...one.models.flatMap((model) => [model.weight, model.limit ?? 0]),
    one.r2 ?? 0,
    one.progress ?? 0,
  ];
  assert.ok(numbers.every(Number.isFinite), JSON.stringify(one));
  for (const { y, lower, upper } of one.forecast) assert.ok(lower <= y && y <= upper);
  assert.equal(one.limit !== null, one.verdict === 'identified');
  if (one.limit !== null) assert.ok(one.limit.lower <= one.limit.value && one.limit.value <= one.limit.upper);
  assert.match(one.reason, /^[A-Z].*\.$/);
  assert.ok(!/NaN|undefined|Infinity/.test(one.reason), one.reason);
  if (one.models.length > 0) {
    const sum = one.models.reduce((total, model) => total + model.weight, 0);
    assert.ok(Math.abs(sum - 1) < 1e-9);
  }
}

test('evidence tells a forecast of one rate from one of the weighed curves', () => {
  const pair = simulated({ seed: 1 });
  assert.deepEqual(
    forecast(pair).map(({ evidence, reason }) => [evidence.oneRate, reason.includes('one rate')]),
    [
      [true, true],
      [true, true],
    ],
  );
  for (const one of pair) assert.equal(only(one).evidence.oneRate, false);
});

test('on 200 simulated runs 85 to 95 % of the printed limits hold the truth in their 90 % interval', () => {
  for (const [index, expected] of trueLimits.entries()) {
    let given = 0;
    let held = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const limit = coverageRuns(seed)[index]?.limit ?? null;
      if (limit === null) continue;
      given++;
      if (limit.lower <= expected && expected <= limit.upper) held++;
    }
    assert.ok(given >= 180, `a limit was given in ${given} of 200`);
    assert.ok(held / given >= 0.85 && held / given <= 0.95, `${held} of ${given} hold ${expected}`);
  }
});

const coverageMemo = new Map<number, readonly SeriesForecast[]>();
function coverageRuns(seed: number): readonly SeriesForecast[] {
  const known = coverageMemo.get(seed) ?? forecast(simulated({ seed }), { at: Float64Array.of(3.5) });
  coverageMemo.set(seed, known);
  return known;
}

test('a clean run of one rate is identified with limit, settling and progress near the truth', () => {
  forecast(simulated({ noise: 1e-4 })).forEach((one, i) => {
    assertSound(one);
    assert.equal(one.verdict, 'identified');
    assert.ok(Math.abs((one.limit?.value ?? 0) - (trueLimits[i] ?? 0)) < 1e-3);
    assert.ok(Math.abs((one.settling?.x ?? 0) - Math.log(100)) < 0.05);
    assert.ok(Math.abs((one.progress ?? 0) - (1 - Math.exp(-3))) < 0.01);
    assert.ok((one.r2 ?? 0) > 0.9999);
  });
});

test('the gap that solver and verifier make is forecast as their difference', () => {
  const [solver, verifier] = simulated({ noise: 1e-3, seed: 4 });
  if (solver === undefined || verifier === undefined) throw new Error('no run');
  const gap: SeriesInput = {
    ...solver,
    name: 'gap',
    role: 'gap',
    direction: 'none',
    y: solver.y.map((y, i) => y - (verifier.y[i] ?? 0)),
  };
  const limits = forecast([gap, verifier, solver]).map((one) => one.limit?.value ?? Number.NaN);
  assert.ok(Math.abs((limits[2] ?? 0) - (limits[1] ?? 0) - (limits[0] ?? 0)) < 1e-9);
});

test('a run cut short is too early: no limit, but the alternatives and how many checkpoints would decide', () => {
  const [one] = forecast(simulated({ checkpoints: 8, spacing: 0.06, noise: 0.02 }));
  if (one === undefined) throw new Error('no forecast');
  assertSound(one);
  assert.equal(one.verdict, 'too-early');
  assert.equal(one.limit, null);
  assert.ok(one.alternatives.length >= 2);
  assert.ok((one.moreCheckpoints ?? 0) >= 1);
  assert.match(one.reason, /fit these 8 checkpoints/);
});

test('where even four times the checkpoints would not decide, no number of them is named', () => {
  const random = createRandom(4);
  const x = Float64Array.from({ length: 40 }, (_, i) => i);
  // A random walk with a drift: the more of it, the less a limit is in sight.
  let level = 0;
  const y = x.map(() => (level += 0.4 + 0.5 * random.normal()));
  const one = only(alone(x, y));
  assert.equal(one.verdict, 'too-early');
  assert.equal(one.moreCheckpoints, null);
  assert.match(one.reason, /; four times as many would not decide\.$/);
});

test('too early, what is said to fit holds the truth in at least 85 %', () => {
  let given = 0;
  let held = 0;
  for (let seed = 0; seed < 40; seed++) {
    const random = createRandom(seed);
    const x = Float64Array.from({ length: 15 }, (_, i) => i);
    const y = x.map((at) => 0.3 + Math.exp(-at / 12) + 0.03 * random.normal());
    const one = only(alone(x, y));
    if (one.verdict !== 'too-early') continue;
    given += 1;
    held += (one.alternatives[0] ?? 1) <= 0.3 && (one.alternatives.at(-1) ?? 0) >= 0.3 ? 1 : 0;
  }
  assert.ok(given > 20, String(given));
  assert.ok(held >= 0.85 * given, `${held} of ${given}`);
});

test('ups and downs around one level have no trend: hardly ever a limit, and mostly that is what is said', () => {
  let [limits, noTrends] = [0, 0];
  for (let seed = 0; seed < 30; seed++) {
    const random = createRandom(seed);
    const x = Float64Array.from({ length: 100 }, (_, i) => i);
    const one = only(
      alone(
        x,
        x.map(() => 5 + random.normal()),
      ),
    );
    limits += one.limit === null ? 0 : 1;
    noTrends += one.verdict === 'no-trend' ? 1 : 0;
  }
  assert.ok(limits <= 1, String(limits));
  assert.ok(noTrends >= 25, String(noTrends));
});

test('a line that falls towards the least that its metric allows has no limit yet', () => {
  const random = createRandom(1);
  const x = Float64Array.from({ length: 60 }, (_, i) => i);
  const y = x.map((at) => 10 - 0.1 * at + 0.05 * random.normal());
  const one = only({ ...alone(x, y), range: { lower: 0 } });
  assertSound(one);
  assert.equal(one.verdict, 'too-early');
  const [low = 9, high = 0] = [one.alternatives[0], one.alternatives.at(-1)];
  assert.ok(low >= 0 && low < 1 && high > 4, one.reason);
});

test('a limit of the whole run that its newest part leaves is not printed', () => {
  const random = createRandom(11);
  const x = Float64Array.from({ length: 200 }, (_, i) => i);
  // It levels off, and in the second half it falls on along a line.
  const y = x.map((at) => 1 + 2 * Math.exp(-at / 8) - 0.004 * Math.max(0, at - 100) + 0.003 * random.normal());
  const one = only(alone(x, y));
  assertSound(one);
  assert.equal(one.verdict, 'too-early');
  assert.equal(one.evidence.because, 'newest-part');
  assert.match(
    one.reason,
    /^Over all 200 checkpoints it levels off at [^,]+, but by twice as many its newest part leads to /,
  );
  assert.equal(one.alternatives.length, 2);
});

for (const [n, tau, noise] of [
  [200, 60, 0.0144],
  [200, 40, 0.001],
  [50, 12, 0.01],
] as const) {
  test(`${n} checkpoints of an exponential with noise of ${noise} have a limit, in an interval that holds it`, () => {
    const x = Float64Array.from({ length: n }, (_, i) => i + 1);
    const found = Array.from({ length: 20 }, (_, seed) => {
      const random = createRandom(seed + 1);
      return only(
        alone(
          x,
          x.map((at) => 1 + 2 * Math.exp(-at / tau) + noise * random.normal()),
        ),
      ).limit;
    });
    const given = found.filter((limit) => limit !== null);
    assert.ok(given.length >= 18, `${given.length} of 20 got a limit`);
    assert.ok(given.filter(({ lower, upper }) => lower <= 1 && upper >= 1).length >= 0.85 * given.length);
    for (const { value } of given) assert.ok(Math.abs(value - 1) < 0.05, String(value));
  });
}

test('a curve that is steepest at its first checkpoint has its limit, however clear it is', () => {
  const x = Float64Array.from({ length: 300 }, (_, i) => i);
  const held = Array.from({ length: 20 }, (_, seed) => {
    const random = createRandom(seed + 1);
    const y = x.map((at) => 0.72 - 0.5 * Math.exp(-1.2 * Math.sqrt((2 * at) / 299)) + 0.0004 * random.normal());
    const { limit } = only(alone(x, y));
    return limit !== null && limit.lower <= 0.72 && limit.upper >= 0.72;
  });
  assert.ok(held.filter((one) => one).length >= 17, String(held));
});

test('plateaus and jumps have no trend: the forecast stays where it is, in a band', () => {
  const y = Float64Array.of(0.1, 0.101, 0.1, 0.102, 0.101, 0.4, 0.401, 0.4, 0.402, 0.401, 0.4, 0.4);
  const one = only(
    alone(
      y.map((_, i) => i),
      y,
    ),
  );
  assertSound(one);
  assert.equal(one.verdict, 'no-trend');
  assert.match(one.reason, /^It has moved in steps/);
  assert.ok(one.forecast.every((point) => point.y === 0.4 && point.upper > point.lower));
});

test('simulated runs with jumps get no limit in at least 9 of 10', () => {
  let given = 0;
  for (let seed = 1; seed <= 30; seed++) {
    const [solver] = simulated({ seed, jumps: 3, noise: 0.005 });
    if (solver !== undefined && only(solver, { at: Float64Array.of(4) }).limit !== null) given++;
  }
  assert.ok(given <= 3, `${given} of 30 got a limit`);
});

test('random walks get no limit in at least 19 of 20', () => {
  let given = 0;
  const x = Float64Array.from({ length: 30 }, (_, i) => i);
  for (let seed = 1; seed <= 40; seed++) {
    const random = createRandom(seed);
    let value = 0;
    const y = x.map(() => {
      value += random.normal();
      return value;
    });
    if (only(alone(x, y), { at: Float64Array.of(40) }).limit !== null) given++;
  }
  assert.ok(given <= 2, `${given} of 40 got a limit`);
});

test('a constant has no trend and says its value', () => {
  const x = Float64Array.of(1, 2, 3, 4, 5, 6);
  const one = only(
    alone(
      x,
      x.map(() => 0.3),
    ),
  );
  assertSound(one);
  assert.equal(one.verdict, 'no-trend');
  assert.match(one.reason, /does not change/);
});

test('noise about a level has no limit', () => {
  const random = createRandom(3);
  const x = Float64Array.from({ length: 30 }, (_, i) => i);
  const one = only(
    alone(
      x,
      x.map(() => 1 + 0.1 * random.normal()),
    ),
  );
  assertSound(one);
  assert.equal(one.limit, null);
});

test('up to 4 checkpoints are too few, and that is what is said', () => {
  for (const n of [0, 1, 2, 3, 4]) {
    const x = Float64Array.from({ length: n }, (_, i) => i);
    const one = only(
      alone(
        x,
        x.map((at) => Math.exp(-at)),
      ),
    );
    assertSound(one);
    assert.equal(one.verdict, 'too-early');
    assert.match(one.reason, /at least 5 are needed/);
    assert.equal(one.forecast.length, n < 2 ? 0 : 40);
  }
});

test('huge, tiny, far-off and unevenly spaced values are sound', () => {
  const x = Float64Array.of(0, 1, 2, 3, 5, 8, 13, 21, 34, 55);
  for (const [factor, offset] of [
    [1e300, 0],
    [1e-300, 0],
    [1, 1e9],
    [-1e12, 5],
    [0, 0],
  ] as const) {
    assertSound(
      only(
        alone(
          x,
          x.map((at) => offset + factor * (0.3 + Math.exp(-at / 9))),
        ),
      ),
    );
  }
  assertSound(only(alone(Float64Array.of(0, 1, 2, 3, 4), Float64Array.of(-1e308, 1e308, -1e308, 1e308, 0))));
});

test('any series gets a sound forecast', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.double({ min: 1e-3, max: 10, noNaN: true }), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
        { maxLength: 12 },
      ),
      (rows) => {
        let at = 0;
        const x = Float64Array.from(rows, ([step]) => {
          at += step;
          return at;
        });
        assertSound(
          only(
            alone(
              x,
              Float64Array.from(rows, ([, y]) => y),
            ),
          ),
        );
      },
    ),
    { seed: 6, numRuns: 40 },
  );
});

test('the answer follows a change of units of y and x', () => {
  const series = simulated({ seed: 12 });
  const plain = forecast(series);
  for (const [a, b, c, d] of [
    [3, 2, 10, -5],
    [-2, 1, 0.01, 100],
  ] as const) {
    const turned = forecast(
      series.map((one) => ({ ...one, x: one.x.map((at) => c * at + d), y: one.y.map((y) => a * y + b) })),
    );
    plain.forEach((one, i) => {
      const other = turned[i];
      assert.equal(other?.verdict, one.verdict);
      const ends = [one.limit?.lower ?? 0, one.limit?.upper ?? 0].map((y) => a * y + b).sort((p, q) => p - q);
      assert.ok(Math.abs((other?.limit?.lower ?? 0) - (ends[0] ?? 0)) < 1e-4);
      assert.ok(Math.abs((other?.limit?.upper ?? 0) - (ends[1] ?? 0)) < 1e-4);
      assert.ok(Math.abs((other?.settling?.x ?? 0) - (c * (one.settling?.x ?? 0) + d)) < 1e-4 * c);
    });
  }
});

test('an accuracy never leaves 0 to 1', () => {
  for (const one of forecast(simulated({ metric: 'one-minus', checkpoints: 10, noise: 0.03 }))) {
    assertSound(one);
    assert.ok(one.forecast.every((point) => point.lower >= 0 && point.upper <= 1));
    if (one.limit !== null) assert.ok(one.limit.lower >= 0 && one.limit.upper <= 1);
  }
});

test('the forecast goes from the last checkpoint to twice the span, or to where it was asked', () => {
  const [solver] = simulated();
  if (solver === undefined) throw new Error('no run');
  const grid = only(solver).forecast;
  assert.equal(grid.length, 40);
  assert.ok(Math.abs((grid[0]?.x ?? 0) - 3) < 1e-12 && Math.abs((grid.at(-1)?.x ?? 0) - 6) < 1e-12);
  assert.deepEqual(
    only(solver, { at: Float64Array.of(4, 9) }).forecast.map((point) => point.x),
    [4, 9],
  );
});

test('bands of a mixture open towards the future', () => {
  const [solver] = simulated({ checkpoints: 10, spacing: 0.15, noise: 0.03 });
  if (solver === undefined) throw new Error('no run');
  const { forecast: points } = only(solver);
  const width = (i: number): number => (points[i]?.upper ?? 0) - (points[i]?.lower ?? 0);
  assert.ok(width(39) > 1.3 * width(0));
});

test('the same input gives the same output to the last bit', () => {
  assert.deepEqual(forecast(simulated({ seed: 3 })), forecast(simulated({ seed: 3 })));
});

test('work that is no longer wanted stops', () => {
  const stopped: Control = {
    check: () => {
      throw new Cancelled();
    },
    progress: () => {},
  };
  assert.throws(() => sharedRateForecaster.forecast(simulated(), request, stopped), Cancelled);
});

test('limits named as alternatives respect what the metric allows', () => {
  const x = Float64Array.from({ length: 9 }, (_, i) => i);
  const one = only({
    ...alone(
      x,
      x.map((at) => 1 / (1 + at / 3)),
    ),
    range: { lower: 0 },
  });
  assertSound(one);
  assert.ok([...one.alternatives, ...one.models.map((model) => model.limit ?? 0)].every((limit) => limit >= -1e-9));
});

test('too early never names what the metric forbids, not by the noise of the last checkpoints either', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = createRandom(seed);
    const x = Float64Array.from({ length: 12 + seed }, (_, i) => i);
    const noisy = x.map((at) => at / (8 + seed) + 0.05 * random.normal());
    const y = noisy.map((value) => Math.min(1, Math.max(0, value)));
    for (const values of [y, y.map((value) => 1 - value)]) {
      const one = only({ ...alone(x, values), range: { lower: 0, upper: 1 } });
      assert.ok(one.alternatives.every((limit) => limit >= 0 && limit <= 1) || one.verdict !== 'too-early', `${seed}`);
    }
  }
});

test('standard errors that are all alike change nothing of a run of one rate', () => {
  const random = createRandom(21);
  const x = Float64Array.from({ length: 30 }, (_, i) => i);
  const relaxing = (role: 'solver' | 'verifier', limit: number, way: number): SeriesInput => {
    const y = x.map((at) => limit + way * Math.exp(-0.2 * at) + 0.01 * random.normal());
    return { name: role, role, direction: 'lower', range: {}, x, y };
  };
  const plain = [relaxing('solver', 0.2, 0.8), relaxing('verifier', 0.1, 0.4)];
  const told = plain.map((one) => ({ ...one, standardErrors: one.x.map(() => 0.003) }));
  const request = { at: Float64Array.of(40), level: 0.9, tolerance: 0.01 };
  const [without, withErrors] = [plain, told].map((all) => sharedRateForecaster.forecast(all, request, unwatched));
  without?.forEach((one, i) => {
    assert.match(one.reason, /one rate fits/);
    const [expected, actual] = [one.forecast[0], withErrors?.[i]?.forecast[0]];
    for (const end of ['y', 'lower', 'upper'] as const) {
      assert.ok(Math.abs((actual?.[end] ?? 0) - (expected?.[end] ?? 0)) < 1e-6, `${end} of ${one.name}`);
    }
  });
});

test('the R² of a long run is that of its checkpoints, not of their averages', () => {
  const random = createRandom(22);
  const x = Float64Array.from({ length: 6000 }, (_, i) => i);
  const y = x.map((at) => 0.2 + Math.exp(-at / 1500) + 0.3 * random.normal());
  const [one] = sharedRateForecaster.forecast(
    [{ name: 'loss', role: 'none', direction: 'lower', range: {}, x, y }],
    { at: Float64Array.of(7000), level: 0.9, tolerance: 0.01 },
    unwatched,
  );
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const [total, left] = [
    y.reduce((sum, value) => sum + (value - mean) ** 2, 0),
    y.reduce((sum, value, i) => sum + (value - 0.2 - Math.exp(-i / 1500)) ** 2, 0),
  ];
  assert.ok(Math.abs((one?.r2 ?? 0) - (1 - left / total)) < 0.005, `${one?.r2} for ${1 - left / total}`);
});
