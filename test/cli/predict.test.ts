import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { root } from '../../scripts/support/paths.mjs';
import type { PredictReport } from '../../src/core/report/predictReport.ts';
import { simulatedDump } from '../support/simulatedDump.ts';
import { folderOf, relaxingCsv, runCli } from './runCli.ts';

const published = '../shared/logs/solver-verifier/sun2025_phi4_digitized.csv';
const withoutShared = existsSync(join(root, published)) ? false : `${published} is not there`;

function predicted(args: readonly string[], expected = 0): PredictReport {
  const { status, stdout, stderr } = runCli(['predict', ...args, '--json']);
  assert.equal(stderr, '');
  assert.equal(status, expected);
  return JSON.parse(stdout);
}

const near = (actual: number | null | undefined, expected: number, within: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not within ${within} of ${expected}`);

test('a clean run is identified near its truth, in words and as JSON', () => {
  const report = predicted(['samples/identified/run.csv', '--x', 'epoch']);
  const solver = report.series.find(({ role }) => role === 'solver');
  assert.equal(report.schema, 1);
  assert.equal(report.format, 'csv');
  assert.equal(solver?.verdict, 'identified');
  assert.ok((solver.limit?.lower ?? 1) < 0.167 && 0.167 < (solver.limit?.upper ?? 0));
  near(report.dynamics?.rate.value, 0.35, 0.05);
  const { status, stdout } = runCli(['predict', 'samples/identified/run.csv']);
  assert.equal(status, 0);
  assert.match(stdout, /The solver is heading for 0\.1\d+/);
});

test('a run that is too early ends with exit code 4 and no limit', () => {
  const report = predicted(['samples/too-early/metrics.jsonl'], 4);
  assert.ok(report.series.every(({ limit }) => limit === null));
  assert.match(report.sentence, /^Too early to tell/);
});

test('plateaus and jumps have no trend', () => {
  const report = predicted(['samples/plateau-and-jump/run.csv'], 4);
  assert.match(report.sentence, /^No trend to follow/);
});

test('where higher is better the ceiling is over the last value', () => {
  const report = predicted(['samples/accuracy/metrics.jsonl']);
  const solver = report.series.find(({ role }) => role === 'solver');
  assert.equal(solver?.name, 'val/mean@8');
  assert.equal(solver?.direction, 'higher');
  assert.ok((solver?.limit?.upper ?? 0) > (solver?.now ?? 1));
});

for (const [panel, rate, solver, verifier, gap] of [
  ['math_qe', 0.348, 0.9981, 0.9807, 0.9812],
  ['gsm8k_tf', 0.416, 0.998, 0.9802, 0.9892],
] as const) {
  test(`the published figures of ${panel} come back`, { skip: withoutShared }, () => {
    const { status, stdout } = runCli(['predict', published, '--where', `panel=${panel}`, '--json']);
    assert.ok(status === 0 || status === 4);
    const report: PredictReport = JSON.parse(stdout);
    near(report.dynamics?.r2.solver, solver, 0.001);
    near(report.dynamics?.r2.verifier, verifier, 0.001);
    near(report.dynamics?.r2.gap, gap, 0.001);
    near(report.dynamics?.rate.value, rate, 0.001);
    const own = report.series.find(({ role }) => role === 'solver')?.r2 ?? 0;
    assert.ok(own > solver, 'a rate of its own fits the solver better than the shared one');
  });
}

test('forecasts stand at the x that were asked for, from the first checkpoints only', (t) => {
  const folder = folderOf(t, { 'run.csv': relaxingCsv(20) });
  const report = predicted([
    join(folder, 'run.csv'),
    '--until',
    '10',
    '--at',
    '30,15,20',
    '--level',
    '0.8',
    '--series',
    'solver',
  ]);
  assert.equal(report.x.count, 10);
  assert.equal(report.x.last, 9);
  assert.deepEqual(
    report.series.map(({ name }) => name),
    ['solver'],
  );
  assert.deepEqual(
    report.series[0]?.forecast.map(({ x }) => x),
    [15, 20, 30],
  );
  assert.equal(report.series[0]?.limit?.level, 0.8);
});

test('a derived series is one like others', (t) => {
  const folder = folderOf(t, { 'run.csv': relaxingCsv(12, ['val/mean@8', 'val/best@8']) });
  const report = predicted([join(folder, 'run.csv'), '--derive', 'lead = val/best@8 - val/mean@8', '--series', 'lead']);
  near(report.series[0]?.first, -0.5, 1e-9);
  const { status, stderr } = runCli(['predict', join(folder, 'run.csv'), '--derive', 'lead = best - 1']);
  assert.equal(status, 2);
  assert.match(stderr, /"best" is neither a series nor a function/);
});

test('a derived gap takes the role of the gap', (t) => {
  const folder = folderOf(t, { 'run.csv': relaxingCsv(12) });
  const report = predicted([join(folder, 'run.csv'), '--derive', 'gap = solver - verifier']);
  assert.deepEqual(report.series.find(({ name }) => name === 'gap')?.role, 'gap');
});

test('standard input is a log like a file', () => {
  const { status, stdout } = runCli(['predict', '-', '--json'], { input: relaxingCsv(16) });
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).x.count, 16);
});

const deep = '['.repeat(200_000);
const hostile: readonly (readonly [title: string, name: string, content: string | Uint8Array, says: RegExp])[] = [
  ['an empty file', 'empty.csv', '', /it is empty/],
  ['a file of one line', 'one.csv', 'epoch,solver,verifier\n', /.+/],
  ['a file without numbers', 'words.txt', 'nothing to see here\nand nothing there\n', /no number/],
  [
    'binary garbage',
    'noise.log',
    Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3) * 104729) % 256),
    /not recognised/,
  ],
  ['a single line of 10 MB', 'long.jsonl', `{"text": "${'x'.repeat(10_000_000)}"`, /not recognised|no series/],
  ['200,000 open brackets', 'deep.jsonl', deep, /not recognised|no series/],
];
for (const [title, name, content, says] of hostile) {
  test(`${title} is refused with a sentence and exit code 3`, (t) => {
    const folder = folderOf(t, { [name]: content });
    const { status, stderr } = runCli(['predict', join(folder, name)]);
    assert.match(stderr, /^ceiling-lens: .+[.]\n$/);
    assert.match(stderr, says);
    assert.equal(status, 3);
    assert.ok([0, 3].includes(runCli(['inspect', join(folder, name), '--json']).status ?? 1));
  });
}

test('a log that is not there, a folder without logs: exit code 3 and what to do', (t) => {
  const folder = folderOf(t, { 'sub/readme.md': 'nothing\n' });
  const missing = runCli(['predict', join(folder, 'no.csv')]);
  assert.equal(missing.status, 3);
  assert.match(missing.stderr, /no\.csv is not there; check the path/);
  const opened = runCli(['predict', folder]);
  assert.equal(opened.status, 3);
  assert.match(opened.stderr, /folder/);
});

test('NaN and Infinity are left out and said so', (t) => {
  const rows = Array.from(
    { length: 20 },
    (_, i) => `{"step": ${i}, "loss": ${i === 3 ? 'NaN' : i === 5 ? 'Infinity' : 0.2 + Math.exp(-0.3 * i)}}`,
  );
  const folder = folderOf(t, { 'run.jsonl': `${rows.join('\n')}\n` });
  const { stdout } = runCli(['predict', join(folder, 'run.jsonl'), '--json']);
  const report: PredictReport = JSON.parse(stdout);
  assert.equal(report.series.find(({ name }) => name === 'loss')?.n, 18);
  assert.match(
    report.warnings.map(({ message }) => message).join(' '),
    /Line 4: "loss" had values that are not finite/,
  );
});

test('a log in UTF-16 reads like any other', (t) => {
  const text = `\ufeff${relaxingCsv(16)}`;
  const folder = folderOf(t, { 'run.csv': Buffer.from(text, 'utf16le') });
  assert.equal(predicted([join(folder, 'run.csv')]).x.count, 16);
});

test('columns named __proto__ and constructor are forecast like others', (t) => {
  const folder = folderOf(t, { 'run.csv': relaxingCsv(16, ['__proto__', 'constructor']) });
  const report = predicted([join(folder, 'run.csv'), '--series', '__proto__', '--series', 'constructor']);
  assert.deepEqual(
    report.series.map(({ name }) => name),
    ['__proto__', 'constructor'],
  );
});

test('a last line that was cut keeps the good rows before it', (t) => {
  const whole = relaxingCsv(16);
  const folder = folderOf(t, { 'run.csv': whole.slice(0, -9) });
  const count = predicted([join(folder, 'run.csv')]).x.count;
  assert.ok(count === 15 || count === 16);
});

test('an option that cannot be meant is refused with exit code 2 before anything is read', () => {
  for (const args of [
    ['--level', '2'],
    ['--at', '1,x'],
    ['--until', '0'],
    ['--where', 'panel'],
    ['--solver', 'loss', '--verifier', 'loss'],
    ['--nonsense'],
  ]) {
    const { status, stderr } = runCli(['predict', 'not-there.csv', ...args]);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, /^ceiling-lens: --?|There is no option/);
  }
});

test('a folder of sampled responses is a log: solver and verifier with limits', (t) => {
  const folder = folderOf(t, simulatedDump({ steps: 60, prompts: 64, samples: 8, seed: 3 }));
  // Without the code that Node compiled, which lies there too.
  const env = { XDG_CACHE_HOME: join(folder, 'cache'), NODE_DISABLE_COMPILE_CACHE: '1' };
  const { status, stdout } = runCli(['predict', folder, '--json'], { env });
  assert.equal(status, 0);
  const report = JSON.parse(stdout);
  assert.deepEqual([report.format, report.x], ['rollouts', { name: 'step', count: 60, first: 1, last: 60 }]);
  const roles = Object.fromEntries(report.series.map((one: { role: string; name: string }) => [one.role, one.name]));
  assert.deepEqual(roles, { solver: 'score/mean@8', verifier: 'score/maj@8', gap: 'gap' });
  // A small folder is read faster than it is looked up: nothing is kept of it.
  assert.equal(existsSync(join(folder, 'cache')), false);
});

test('the bundle reads Parquet tables of TRL in a thread beside it', (t) => {
  const rows = [0, 1, 2, 3];
  const table = (step: number): Uint8Array =>
    new Uint8Array(
      parquetWriteBuffer({
        columnData: [
          { name: 'step', data: rows.map(() => BigInt(step)), type: 'INT64' },
          { name: 'prompt', data: rows.map((i) => `Question ${i >> 1}`), type: 'STRING' },
          { name: 'completion', data: rows.map((i) => `Answer ${i}`), type: 'STRING' },
          { name: 'reward', data: rows.map((i) => (i < step ? 1 : 0)), type: 'DOUBLE' },
        ],
      }),
    );
  const folder = folderOf(t, { 'completions_00001.parquet': table(1), 'completions_00002.parquet': table(2) });
  const { status, stdout } = runCli(['inspect', folder, '--json']);
  assert.equal(status, 0);
  const [run] = JSON.parse(stdout).runs;
  const solver = run.series.find(({ role }: { role: string }) => role === 'solver');
  assert.deepEqual([solver.name, solver.first, solver.last], ['reward/mean@2', [1, 0.25], [2, 0.5]]);
});

test('a learning rate that still falls is warned of, and intervals are wider for it', (t) => {
  const log = (rateName: string): string =>
    Array.from({ length: 30 }, (_, i) => {
      const loss = 0.2 + Math.exp(-i / 6) + 0.003 * Math.sin(7.3 * i * i);
      const rate = 3e-4 * 0.5 * (1 + Math.cos((Math.PI * i) / 45));
      return JSON.stringify({ step: 10 * i, loss, [rateName]: rate });
    }).join('\n');
  const folder = folderOf(t, { 'lr.jsonl': log('lr'), 'other.jsonl': log('entropy') });
  const [falling, other] = ['lr.jsonl', 'other.jsonl'].map((name) => {
    const { series, warnings } = predicted([join(folder, name), '--series', 'loss', '--at', '400']);
    const point = series[0]?.forecast[0];
    return {
      width: (point?.upper ?? 0) - (point?.lower ?? 0),
      isWarned: warnings.some(({ code }) => code === 'learning-rate'),
    };
  });
  assert.deepEqual([falling?.isWarned, other?.isWarned], [true, false]);
  near((falling?.width ?? 0) / (other?.width ?? 1), 1.3, 0.02);
});

test('a run whose loss is NaN to its end is told so first; NaN between its values is not that', (t) => {
  const rows = (value: (i: number) => string): string =>
    `step,loss\n${Array.from({ length: 40 }, (_, i) => `${i},${value(i)}`).join('\n')}\n`;
  const relaxing = (i: number): string => String(0.2 + Math.exp(-i / 6) + 0.001 * (i % 3));
  const folder = folderOf(t, {
    'broken.csv': rows((i) => (i < 30 ? relaxing(i) : 'nan')),
    'sparse.csv': rows((i) => (i % 2 === 0 ? relaxing(i) : 'nan')),
  });
  assert.match(
    runCli(['predict', join(folder, 'broken.csv')]).stdout.replaceAll('\n', ' '),
    /The last 10 values of loss are not finite: the run may have diverged\. Until then: loss /,
  );
  assert.doesNotMatch(runCli(['predict', join(folder, 'sparse.csv')]).stdout, /diverged/);
  assert.doesNotMatch(runCli(['predict', join(folder, 'broken.csv'), '--until', '20']).stdout, /diverged/);
});

test('a pipe with a name is refused at once, with the way to read it', { skip: process.platform === 'win32' }, (t) => {
  const folder = folderOf(t, {});
  const pipe = join(folder, 'pipe');
  assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
  const { status, stderr } = runCli(['predict', pipe]);
  assert.equal(status, 3);
  assert.match(stderr, /is no file but a pipe or a device; .*write - for LOG and pipe it in\./);
});

test('a format that does not fit the log ends predict and inspect with exit code 3, and with what to do', (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(20) }), 'run.csv');
  const predict = runCli(['predict', log, '--format', 'wandb']);
  assert.equal(predict.status, 3);
  assert.match(predict.stderr, /reads as wandb, .* it looks like csv\. Leave the format out, or choose csv\./);
  const inspect = runCli(['inspect', log, '--format', 'wandb', '--json']);
  assert.equal(inspect.status, 3);
  assert.equal(JSON.parse(inspect.stdout).problems[0].code, 'wrong-format');
});

test('what was passed over often is said to have been, in the JSON too', (t) => {
  const records = Array.from({ length: 20 }, (_, i) => `{"step":${i},"loss":${1 + 1 / (i + 1)}}\nnoise\n`).join('');
  const log = join(folderOf(t, { 'run.jsonl': records }), 'run.jsonl');
  assert.match(runCli(['predict', log]).stdout.replaceAll(/\s+/g, ' '), /Note: Line 2 holds no JSON .*\(20 times\)/);
  assert.equal(JSON.parse(runCli(['predict', log, '--json']).stdout).warnings[0].count, 20);
});
