import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { predictionText } from '../../../src/core/report/predictionText.ts';
import { textChart } from '../../../src/core/report/textChart.ts';
import { textWidth } from '../../../src/core/report/textWidth.ts';
import { buildPrediction, buildSeries } from './buildPrediction.ts';

const plainStyle = { isUnicode: true, isColoured: false };

test('a chart shows points of each role, the limits, the band, where now is, and what the signs mean', () => {
  const chart = textChart(buildPrediction(), { ...plainStyle, width: 90, height: 18 });
  for (const sign of ['●', '◆', '┄', '░', '┊']) assert.ok(chart.includes(sign), sign);
  assert.match(chart, /● solver {3}◆ verifier {3}░░ forecast {3}┄┄ floor/);
  assert.match(chart, /epoch \(now: 10\)/);
});

test('no limit line is drawn where no limit is identified', () => {
  const still = buildPrediction([buildSeries({ verdict: 'no-trend', limit: null })]);
  assert.doesNotMatch(textChart(still, { ...plainStyle, width: 80, height: 12 }), /┄/);
});

test('without Unicode the whole text is ASCII', () => {
  const text = predictionText(buildPrediction(undefined, { run: 'Läufe – 跑' }), {
    width: 80,
    isUnicode: false,
    isColoured: false,
  });
  assert.match(text, /^[\n\u0020-\u007e]+$/);
  assert.match(text, / 96 % of the way/);
});

test('colours stand only where they were asked for', () => {
  const style = { width: 80, isUnicode: true };
  assert.ok(!predictionText(buildPrediction(), { ...style, isColoured: false }).includes('\u001b'));
  const coloured = predictionText(buildPrediction(), { ...style, isColoured: true });
  assert.ok(coloured.includes('\u001b[34m'));
  for (const line of coloured.split('\n')) {
    if (line.includes('\u001b['))
      assert.ok(line.endsWith('\u001b[0m') || line.lastIndexOf('\u001b[0m') >= line.lastIndexOf('\u001b['));
  }
});

test('no line is wider than the terminal, whatever its width', () => {
  const wide = buildPrediction([
    buildSeries({ name: '解答者の不確かさ/非常に長い名前のメトリック' }),
    buildSeries({ role: 'none' }),
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 220 }), fc.integer({ min: 4, max: 40 }), (width, height) => {
      const texts = [textChart(wide, { ...plainStyle, width, height }), predictionText(wide, { ...plainStyle, width })];
      for (const line of texts.join('\n').split('\n')) assert.ok(textWidth(line) <= width, `${width}: ${line}`);
    }),
    { numRuns: 100, seed: 7 },
  );
});

test('a run without points has no chart, and a single or flat point has one', () => {
  const { report } = buildPrediction();
  assert.equal(textChart({ report, drawings: [] }, { ...plainStyle, width: 80, height: 12 }), '');
  const one = Float64Array.of(3);
  const single = { name: 'a', role: 'solver', x: one, y: one, errors: one, fitted: one } as const;
  const chart = textChart(
    { report: { ...report, series: [buildSeries({ forecast: [], limit: null })] }, drawings: [single] },
    { ...plainStyle, width: 80, height: 12 },
  );
  assert.match(chart, /●/);
  assert.doesNotMatch(chart, /NaN|undefined|Infinity/);
});

test('a forecast at a single x stands as a mark in its interval', () => {
  const forecast = [{ x: 30, y: 0.3, lower: 0.1, upper: 0.6 }];
  const single = buildPrediction([buildSeries({ forecast, limit: null })]);
  const chart = textChart(single, { ...plainStyle, width: 60, height: 16 }).split('\n');
  const column = (line: string): string => Array.from(line).at(-1) ?? '';
  const last = chart.filter((line) => Array.from(line).length === 60).map(column);
  assert.equal(last.filter((sign) => sign === '●').length, 1);
  assert.ok(last.filter((sign) => sign === '░').length > 3);
});

test('the widest values that numbers can have are drawn', () => {
  const x = Float64Array.of(0, 1, 2);
  const y = Float64Array.of(-1.7e308, 0, 1.7e308);
  const { report } = buildPrediction([buildSeries({ forecast: [], limit: null })]);
  const drawing = { name: 'a', role: 'solver', x, y, errors: y, fitted: y } as const;
  const chart = textChart({ report, drawings: [drawing] }, { ...plainStyle, width: 80, height: 12 });
  assert.equal(chart.match(/●/g)?.length, 3 + 1);
  assert.doesNotMatch(chart, /NaN|undefined/);
});
