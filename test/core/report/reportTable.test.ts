import assert from 'node:assert/strict';
import test from 'node:test';
import { layOutTable, reportTable } from '../../../src/core/report/reportTable.ts';
import { textWidth } from '../../../src/core/report/textWidth.ts';
import { wrapText } from '../../../src/core/report/wrapText.ts';
import { buildPrediction, buildSeries } from './buildPrediction.ts';

const { report } = buildPrediction([
  buildSeries(),
  buildSeries({
    name: 'gap',
    role: 'gap',
    verdict: 'too-early',
    limit: null,
    settling: null,
    progress: null,
    now: null,
  }),
]);

test('a row tells the series, where it is, its limit, when it settles, how far it is, and the verdict', () => {
  const { columns, rows } = reportTable(report);
  assert.deepEqual(
    columns.map(({ title }) => title),
    ['series', 'role', 'now', 'limit', '90\u202f%', 'under 1\u202f% at', 'done', 'verdict'],
  );
  assert.deepEqual(rows, [
    ['solver uncertainty', 'solver', '0.18', '0.14', '0.12–0.17', '14 (12–17)', '96\u202f%', 'identified'],
    ['gap', 'gap', '–', '–', '–', '–', '–', 'too early'],
  ]);
});

test('columns stand in line, and no line is wider than asked', () => {
  const lines = layOutTable(reportTable(report), 200);
  assert.equal(new Set(lines.map((line) => line.search(/verdict|identified|too early/))).size, 1);
  for (const width of [10, 40, 60]) {
    for (const line of layOutTable(reportTable(report), width)) assert.ok(textWidth(line) <= width);
  }
});

test('where the width is short, spare columns go before the verdict does', () => {
  const lines = layOutTable(reportTable(report), 60);
  assert.match(lines[0] ?? '', /^series .*verdict$/);
  assert.doesNotMatch(lines[0] ?? '', /role/);
  assert.match(lines[1] ?? '', /identified$/);
});

test('prose is broken between words and never at a narrow space', () => {
  assert.deepEqual(wrapText('about 96\u202f% of the way', 9), ['about', '96\u202f% of', 'the way']);
  assert.deepEqual(wrapText('', 10), []);
});

test('what was measured is not rounded away by a wide interval', () => {
  const limit = { value: 70, lower: 0, upper: 300, level: 0.9 };
  const { rows } = reportTable(buildPrediction([buildSeries({ now: 1.8337, limit })]).report);
  assert.equal(rows[0]?.[2], '1.8');
});
