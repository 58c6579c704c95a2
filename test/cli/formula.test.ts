import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PredictReport } from '../../src/core/report/predictReport.ts';
import { folderOf, relaxingCsv, runCli } from './runCli.ts';

test('a formula is weighed beside the known curves and fitted to each series', (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(20) }), 'run.csv');
  const formula = 'y = L + a*exp(-k*t), k in 0.5..50';
  const { stdout, stderr } = runCli(['predict', log, '--formula', formula, '--json']);
  assert.equal(stderr, '');
  const report: PredictReport = JSON.parse(stdout);
  assert.ok(report.series.every(({ models }) => models.some(({ name }) => name === 'L + a*exp(-k*t)')));
  assert.equal(report.formula?.text, 'L + a*exp(-k*t)');
  const solver = report.formula?.series.find(({ name }) => name === 'solver');
  const value = (name: string): number => solver?.parameters?.find((one) => one.name === name)?.value ?? Number.NaN;
  assert.ok(Math.abs(value('limit') - 0.2) < 1e-5);
  assert.ok(Math.abs(value('amplitude') - 0.8) < 1e-5);
  assert.ok(Math.abs(value('k') - 0.3 * 19) < 1e-3);
  const text = runCli(['predict', log, '--formula', formula]).stdout.replace(/\s+/g, ' ');
  assert.match(text, /solver by L \+ a\*exp\(-k\*t\): limit 0\.[12]\d* ± .*, amplitude .*, k 5\.7/);
});

test('without a formula nothing says so', (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(20) }), 'run.csv');
  assert.ok(!('formula' in JSON.parse(runCli(['predict', log, '--json']).stdout)));
});

test('a formula that cannot be read is wrong usage, with the place and the remedy', (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(20) }), 'run.csv');
  const { status, stdout, stderr } = runCli(['predict', log, '--formula', 'L + a*exp(-k*t']);
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.match(
    stderr,
    /^ceiling-lens: The formula "L \+ a\*exp\(-k\*t" cannot be used: at sign 15 a "\)" is missing; close/,
  );
});
