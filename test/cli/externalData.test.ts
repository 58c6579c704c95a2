import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PredictReport } from '../../src/core/report/predictReport.ts';
import { folderOf, runCli } from './runCli.ts';

const simulation = [
  'simulate',
  '--gamma',
  '0.5',
  '--schedule',
  '4:0.5,9:0.5',
  '--start-solver',
  '0.9',
  '--start-verifier',
  '0.5',
];
const simulated = (...more: readonly string[]): string => runCli([...simulation, ...more]).stdout;

test('what external data did is told from a column of the log, or from marks, alike', (t) => {
  const folder = folderOf(t, { 'marked.csv': simulated('--external-column'), 'plain.csv': simulated() });
  const predict = (...args: readonly string[]): PredictReport =>
    JSON.parse(runCli(['predict', ...args, '--json']).stdout);
  const byColumn = predict(join(folder, 'marked.csv')).externalData;
  const byMarks = predict(join(folder, 'plain.csv'), '--injection-at', '1.5,4').externalData;
  assert.deepEqual(byColumn, byMarks);
  assert.deepEqual(byColumn?.injections, [
    { x: 1.5, share: 0.5 },
    { x: 4, share: 0.5 },
  ]);
  assert.ok(Math.abs((byColumn?.gamma?.value ?? 0) - 0.5) < 1e-3);
  assert.ok(!('externalData' in predict(join(folder, 'plain.csv'))));
  const { stdout } = runCli(['predict', join(folder, 'marked.csv')]);
  assert.match(
    stdout.replace(/\s+/g, ' '),
    /The external data moves the solver's limit from 0\.\d+ to 0\.\d+ \(gamma 0\.5/,
  );
});

test('marks that cannot be meant are wrong usage, with what to write', (t) => {
  const log = join(folderOf(t, { 'run.csv': simulated() }), 'run.csv');
  for (const [marks, says] of [
    ['soon', /--injection-at takes x values, .* such as 2,5 or 2:0\.7,5:0\.3, not "soon"/],
    ['1:0', /--injection-at takes x values/],
    ['1:0.5:2', /--injection-at takes x values/],
    ['1:0.6,2:0.4,3', /sum to 1, which leaves nothing for those without one; give every injection a share/],
  ] as const) {
    const { status, stdout, stderr } = runCli(['predict', log, '--injection-at', marks]);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, says);
  }
});

test('marks that tell nothing are said to, once, and so are those outside of the run', (t) => {
  const rising = Array.from({ length: 20 }, (_, i) => `${i},${(2 + Math.exp(-0.3 * i)).toFixed(6)}\n`).join('');
  const folder = folderOf(t, { 'loss.csv': `epoch,loss\n${rising}`, 'plain.csv': simulated() });
  const warned = (...args: readonly string[]): readonly { readonly code: string; readonly message: string }[] =>
    JSON.parse(runCli(['predict', ...args, '--json']).stdout).warnings;
  const loss = join(folder, 'loss.csv');
  assert.deepEqual(warned(loss, '--injection-at', '3'), [
    {
      code: 'injections-untold',
      message: 'What the external data did cannot be told: solver and verifier are both needed; name them.',
    },
  ]);
  const text = runCli(['predict', loss, '--injection-at', '3']).stdout.replaceAll(/\s+/g, ' ');
  assert.equal(text.split('cannot be told: solver and verifier').length, 2);
  assert.match(text, /Note: What the external data did/);
  const svg = runCli(['predict', loss, '--injection-at', '3', '--svg', join(folder, 'a.svg')]).stdout;
  assert.match(svg, /Note: What the external data did cannot be told/);
  const [one, ...others] = warned(join(folder, 'plain.csv'), '--injection-at', '1.5,4,99');
  assert.equal(one?.code, 'injections-outside');
  assert.match(
    one.message,
    /^The injection at epoch 99 was left out: .* first checkpoint, 0, and .* verifier, 9\.5\.$/,
  );
  assert.deepEqual(others, []);
  assert.deepEqual(warned(join(folder, 'plain.csv'), '--injection-at', '1.5,4'), []);
});

test('simulate says of each checkpoint how much external data led to it', () => {
  const lines = simulated('--external-column').split('\n');
  assert.equal(lines[0], 'epoch,solver,verifier,gap,external_data');
  assert.deepEqual(
    lines.slice(1, 21).map((line) => line.split(',').at(-1)),
    Array.from({ length: 20 }, (_, i) => (i === 4 || i === 9 ? '0.5' : '0')),
  );
});
