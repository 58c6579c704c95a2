import assert from 'node:assert/strict';
import test from 'node:test';
import { unwatched } from '../../../src/core/control.ts';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import type { CurveFamily } from '../../../src/core/fit/curveFamily.ts';
import { exponential } from '../../../src/core/fit/exponential.ts';
import { fitCurve } from '../../../src/core/fit/fitCurve.ts';
import { hill } from '../../../src/core/fit/hill.ts';
import { powerLaw } from '../../../src/core/fit/powerLaw.ts';
import { toCoordinate } from '../../../src/core/fit/shapeParameter.ts';
import { stretched } from '../../../src/core/fit/stretched.ts';
import type { SeriesInput } from '../../../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../../../src/core/forecast/sharedRateForecaster.ts';
import { Refusal } from '../../../src/core/problem.ts';
import { formulaFamily } from '../../../src/engine/formula/formulaFamily.ts';

const times = [0, 0.01, 0.2, 0.7, 1, 2.5];

function near(actual: number | undefined, expected: number, within: number, what = 'it'): void {
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${what} is ${actual}, not ${expected}`);
}

const known: readonly (readonly [formula: string, family: CurveFamily, shape: readonly number[]])[] = [
  ['L + a*exp(-r*t)', exponential, [3]],
  ['y = c - a*(1 - exp(-r*t))', exponential, [3]],
  ['a*(1 + t/tau)^(-p) + L', powerLaw, [0.2, 1.3]],
  ['L + a*exp(-(r*t)^c)', stretched, [4, 0.7]],
  ['L + a/(1 + (t/tau)^c)', hill, [0.3, 1.4]],
];

for (const [formula, family, shape] of known) {
  test(`${formula} relaxes, and changes with its parameters, as the known family does`, async () => {
    const own = await formulaFamily(formula);
    assert.equal(own.parameters.length, shape.length);
    for (const t of times) {
      near(own.decay(t, shape), family.decay(t, shape), 1e-12, `decay at ${t}`);
      family.gradient(t, shape).forEach((slope, k) => {
        near(own.gradient(t, shape)[k], slope, 1e-10, `slope ${k} at ${t}`);
      });
    }
    near(own.settlesAt(0.01, shape), family.settlesAt(0.01, shape), 1e-6 * family.settlesAt(0.01, shape), 'settling');
    assert.equal(own.isSigmoid(shape), family.isSigmoid(shape));
  });
}

test('parameters are searched where their role puts them, or within the bounds that are given', async () => {
  const rangeOf = ({ shapes }: CurveFamily, k: number): readonly [number, number] => {
    const values = shapes.map((shape) => shape[k] ?? Number.NaN);
    return [Math.min(...values), Math.max(...values)];
  };
  const usual = await formulaFamily('L + a*exp(-k*t^c)');
  const [low, high] = rangeOf(usual, 0);
  near(low, 0.3, 1e-9);
  near(high, 80, 1e-9);
  near(rangeOf(usual, 1)[1], 3, 1e-9);
  const scale = rangeOf(await formulaFamily('L + a*(t + s)^(-p)'), 0);
  near(scale[1], 4, 1e-9);
  const given = await formulaFamily('L + a*exp(k*t^c), k in -10..-0.1; c in 0.5..1');
  near(rangeOf(given, 0)[0], -10, 1e-9);
  near(rangeOf(given, 0)[1], -0.1, 1e-9);
  near(rangeOf(given, 1)[0], 0.5, 1e-9);
  assert.equal(given.name, 'L + a*exp(k*t^c)');
});

test('of two amplitudes the second becomes the share of the first', async () => {
  const own = await formulaFamily('L + a*exp(-k*t) + b*exp(-m*t)');
  assert.deepEqual(
    own.parameters.map(({ kind }) => kind),
    ['number', 'number', 'share'],
  );
  near(own.decay(0.5, [2, 8, 0.3]), 0.3 * Math.exp(-1) + 0.7 * Math.exp(-4), 1e-12);
  assert.ok(own.shapes.length <= 200);
});

test('the nodes of its grid stand so far apart as it says, in every parameter', async () => {
  const own = await formulaFamily('L + a*exp(-k*t^c)');
  own.parameters.forEach((parameter, k) => {
    const places = Array.from(new Set(own.shapes.map((shape) => toCoordinate(parameter, shape[k] ?? 1))));
    places.sort((a, b) => a - b);
    near((places[1] ?? 0) - (places[0] ?? 0), own.steps[k] ?? 0, 1e-9);
  });
});

test('the fit of a formula is that of the family it spells', async () => {
  const random = createRandom(3);
  const x = Float64Array.from({ length: 40 }, (_, i) => i);
  const y = x.map((at) => 0.2 + powerLaw.decay(at / 39, [0.1, 1.2]) + 0.004 * random.normal());
  const byFormula = fitCurve(await formulaFamily('L + a*(1 + t/tau)^(-p)'), [{ x, y }]);
  const byFamily = fitCurve(powerLaw, [{ x, y }]);
  if (byFormula.kind === 'none' || byFamily.kind === 'none') throw new Error('not fitted');
  near((byFormula.shape[0]?.value ?? 0) * 39, byFamily.shape[0]?.value ?? 0, 1e-6, 'tau');
  near(
    byFormula.series[0]?.limit.standardError,
    byFamily.series[0]?.limit.standardError ?? 0,
    1e-8,
    'error of the limit',
  );
});

test('a formula that is true outweighs the known families in the forecast', async () => {
  const random = createRandom(5);
  const x = Float64Array.from({ length: 50 }, (_, i) => i);
  const loss: SeriesInput = {
    name: 'loss',
    role: 'none',
    direction: 'lower',
    range: {},
    x,
    y: x.map((i) => 0.3 + 1 / (1 + Math.exp((i / 49) * 14 - 7)) + 0.002 * random.normal()),
  };
  const family = await formulaFamily('L + a/(1 + exp(k*t - m)), k in 2..40, m in 1..20');
  const [own] = sharedRateForecaster.forecast(
    [loss],
    { at: null, level: 0.9, tolerance: 0.01, families: [{ family, prior: 3 / 7 }] },
    unwatched,
  );
  assert.equal(own?.models[0]?.name, 'L + a/(1 + exp(k*t - m))');
  near(own?.models[0]?.limit ?? undefined, 0.3, 0.01, 'limit');
});

const refused: readonly (readonly [formula: string, says: RegExp])[] = [
  ['L + a*exp(-k*t', /: at sign 15 a "\)" is missing; close the bracket\.$/],
  ['L + a*exp(-k*t))', /at sign 16 there is a "\)" too many; take it out/],
  ['L + a**exp(-t)', /at sign 7 a number, a name or a bracket is due; put it there, and write powers with \^/],
  ['y = L + ', /at sign 8 it ends where a value is due; finish it/],
  ['', /it is empty; write a curve of t/],
  ['L + a*sin(k*t)', /"sin" at sign 7 is none of the functions exp, .*; write it with these/],
  ['L + a*exp', /exp at sign 7 is a function; write "exp\(…\)"/],
  ['L + a', /does not use t, .*; write it as a curve of t/],
  ['a*exp(-k*t)', /no level that is free to be found; add one/],
  ['L + M + a*exp(-k*t)', /L and M are both its level; leave one out/],
  ['L + exp(-k*t)', /nothing in it scales the part that changes with t; multiply/],
  ['L + a*exp(-k*t) + exp(-m*t)', /has no parameter before it; multiply that part by one/],
  ['L + a*exp(-k*t) + b*exp(-2*t) + c*exp(-3*t)', /3 amplitudes \(a, b, c\), and two are the most/],
  ['L + a*b*exp(-k*t)', /b changes nothing that level and amplitude do not; leave it out/],
  ['L + a*exp(-(k*t)^c*d^(t*m))', /4 parameters \(k, c, d, m\).*; write numbers for some/],
  ['L + a*t^(-b)', /no finite value at t = 0, .*; write "t \+ s"/],
  ['L + a*exp(k*t)', /does it settle as t grows; a decay has a minus/],
  ['L + a*exp(-k*t), k in 3..1', /the bounds of k must rise; write "k in 1\.\.3"/],
  ['L + a*exp(-k*t), k in 1', /the bounds after sign 16 cannot be read; write them as "k in 0\.1\.\.10"/],
  ['L + a*exp(-k*t), k in 1..2, k in 1..3', /k has bounds twice; leave one pair out/],
  ['L + a*exp(-k*t), q in 1..2', /bounds for q, which is not in it; leave them out/],
  ['L + a*exp(-k*t), L in 0..1', /L is linear in it and is solved for, so it takes no bounds/],
  ['L + a*(t == 1)', /"==" cannot stand in it; write it with/],
  ['L + a*[1, 2]*t', /only numbers, names, .* can stand in it; take the rest out/],
];

for (const [formula, says] of refused) {
  test(`"${formula}" is refused with the place and the remedy`, async () => {
    await assert.rejects(formulaFamily(formula), (error) => {
      assert.ok(error instanceof Refusal);
      assert.equal(error.code, 'formula-malformed');
      assert.ok(error.message.startsWith(`The formula "${formula}" cannot be used: `));
      assert.match(error.message, says);
      return true;
    });
  });
}
