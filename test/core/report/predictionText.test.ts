import assert from 'node:assert/strict';
import test from 'node:test';
import { predictionText } from '../../../src/core/report/predictionText.ts';
import type { PredictReport } from '../../../src/core/report/predictReport.ts';
import { buildDynamics, buildPrediction } from './buildPrediction.ts';

const style = { width: 200, isUnicode: true, isColoured: false };
const textOf = (parts: Partial<PredictReport>): string =>
  predictionText(buildPrediction(undefined, parts), style).replace(/\s+/g, ' ');

test('what of the theory holds is one line after the limits', () => {
  const dynamics = {
    ...buildDynamics(0.4),
    hypotheses: [
      { name: 'shared-rate', pValue: 0.4, holds: true, sentence: '' },
      { name: 'straight-line', pValue: 0.0491, holds: false, sentence: '' },
      { name: 'linear-potential', pValue: 1e-6, holds: false, sentence: '' },
    ],
  } as const;
  assert.match(
    textOf({ dynamics }),
    /Theory: one rate holds \(p = 0\.40\); the straight line of solver and verifier does not hold \(p = 0\.049\); a pull in proportion to the gap does not hold \(p < 0\.001\)\. $/,
  );
  assert.doesNotMatch(textOf({ dynamics: { ...dynamics, hypotheses: [] } }), /Theory/);
  assert.doesNotMatch(textOf({ dynamics: null }), /Theory/);
});

test('external data and a formula have their sentences, and nothing stands there without them', () => {
  const externalData = { injections: [], gamma: null, solverLimit: null, sentence: 'The external data did something.' };
  const formula = {
    text: 'L + a*t',
    series: [{ name: 'loss', parameters: null, r2: null, sentence: 'loss by L + a*t.' }],
  };
  const text = textOf({ externalData, formula });
  assert.match(text, /The external data did something\. loss by L \+ a\*t\. $/);
  assert.doesNotMatch(textOf({}), /external|by L/);
});
