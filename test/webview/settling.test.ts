import assert from 'node:assert/strict';
import test from 'node:test';
import { budgetAnchors } from '../../src/core/hints/budgetAnchors.ts';
import { budgetHint } from '../../src/core/hints/budgetHint.ts';
import { hintMarkdown } from '../../src/core/hints/hintMarkdown.ts';
import { forecastSummary } from '../../src/core/report/forecastSummary.ts';
import { reportTable } from '../../src/core/report/reportTable.ts';
import { createScene } from '../../webview/chart/scene.ts';
import { buildPrediction, buildSeries } from '../core/report/buildPrediction.ts';

test('panel, chart, lens and hover round the same settling point alike', () => {
  const settling = { tolerance: 0.01, x: 547, lower: 472.3, upper: 651.8 };
  const prediction = buildPrediction([buildSeries({ settling })], {
    x: { name: 'step', count: 20, first: 1, last: 300 },
  });
  const said = '550 (470–650)';
  assert.equal(reportTable(prediction.report).rows[0]?.[5], said);
  const { notes } = createScene(prediction, { zoom: null, tab: null, hidden: [] });
  assert.deepEqual(
    notes.map(({ text }) => text.replaceAll('\u202f', ' ')),
    [`rest under 1 %: ${said}`],
  );
  const summary = forecastSummary('file:///runs/run.csv', prediction) ?? assert.fail('there is no summary');
  const [anchor = assert.fail('there is no budget')] = budgetAnchors(
    'output_dir: out\nlearning_rate: 1.0e-6\nmax_steps: 1000\n',
    'yaml',
  ).anchors;
  const answer = { kind: 'forecast', summary, found: 'beside the config' } as const;
  const hint = budgetHint(anchor, answer);
  assert.ok(hint.title.includes(`by step ${said}`), hint.title);
  assert.ok(hintMarkdown(hint, answer).includes(`at step ${said}`), hintMarkdown(hint, answer));
});
