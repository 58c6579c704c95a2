import assert from 'node:assert/strict';
import test from 'node:test';
import { forecastSummary } from '../../../src/core/report/forecastSummary.ts';
import { buildPrediction, buildSeries } from './buildPrediction.ts';

test('a summary is about the main series', () => {
  const summary = forecastSummary('file:///run.csv', buildPrediction());
  assert.equal(summary?.series, 'solver uncertainty');
  assert.equal(summary?.log, 'file:///run.csv');
  assert.equal(summary?.lastX, 10);
  assert.deepEqual([summary?.first, summary?.now], [1, 0.18]);
});

test('there is none where there is nothing to forecast', () => {
  assert.equal(forecastSummary('run.csv', buildPrediction([])), null);
  assert.equal(forecastSummary('run.csv', buildPrediction([buildSeries({ now: null })])), null);
});

test('it keeps at most sixty points, the first and the last among them', () => {
  const forecast = Array.from({ length: 500 }, (_, i) => ({ x: i, y: i, lower: i, upper: i }));
  const summary = forecastSummary('run.csv', buildPrediction([buildSeries({ forecast })]));
  assert.equal(summary?.forecast.length, 60);
  assert.deepEqual([summary?.forecast[0]?.x, summary?.forecast.at(-1)?.x], [0, 499]);
  assert.equal(summary?.points.length, 20);
});

test('it survives JSON: what has no end or no value is left out', () => {
  const summary = forecastSummary(
    'run.csv',
    buildPrediction([
      buildSeries({
        limit: { value: 0.1, lower: Number.NEGATIVE_INFINITY, upper: 0.2, level: 0.9 },
        settling: { tolerance: 0.01, x: 13, lower: 12, upper: Number.POSITIVE_INFINITY },
        forecast: [{ x: 1, y: Number.NaN, lower: 0, upper: 1 }],
        alternatives: [0.1, Number.POSITIVE_INFINITY],
      }),
    ]),
  );
  assert.deepEqual(JSON.parse(JSON.stringify(summary)), summary);
  assert.equal(summary?.limit, null);
  assert.equal(summary?.settling?.upper, null);
});
