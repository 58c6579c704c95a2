import assert from 'node:assert/strict';
import test from 'node:test';
import { createScene } from '../../webview/chart/scene.ts';
import { buildPrediction, buildSeries } from '../core/report/buildPrediction.ts';

const untouched = { zoom: null, tab: null, hidden: [] };

test('a limit beyond the picture says which way it lies', () => {
  const early = (alternatives: readonly number[]) =>
    buildPrediction([buildSeries({ verdict: 'too-early', limit: null, settling: null, alternatives })]);
  const titles = (alternatives: readonly number[]) =>
    createScene(early(alternatives), untouched).labels.map(({ title }) => title);
  assert.deepEqual(titles([0.05, 0.14]), ['solver floor 0.05?', 'solver floor 0.14?']);
  assert.deepEqual(titles([-5, 0.14]), ['solver floor \u22125? \u2193', 'solver floor 0?']);
  assert.deepEqual(titles([0.1, 7]), ['solver floor 0?', 'solver floor 7? \u2191']);
});
