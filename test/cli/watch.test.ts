import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PredictReport } from '../../src/core/report/predictReport.ts';
import { folderOf, relaxingCsv, runCli } from './runCli.ts';
import { startCli, startInTerminal } from './startCli.ts';

const rowsOf = (from: number, to: number): string =>
  `${relaxingCsv(to)
    .split('\n')
    .slice(1 + from, 1 + to)
    .join('\n')}\n`;
const countIn = (line: string): number => Number(/(\d+) checkpoints?/.exec(line)?.[1]);
const countOf = (line: string): number => {
  const report: PredictReport = JSON.parse(line);
  return report.x.count;
};

test('a log that grows has a line for each change, and Ctrl-C ends it with what is known', async (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(3) }), 'run.csv');
  const watch = startCli(t, ['watch', log]);
  await watch.until('the first verdict', () => watch.lines.length === 1);
  assert.match(watch.lines[0] ?? '', /3 checkpoints · epoch 2: Too early to tell/);
  for (let count = 4; count <= 16; count++) {
    appendFileSync(log, rowsOf(count - 1, count));
    await watch.until(`the line of ${count} checkpoints`, () => countIn(watch.lines.at(-1) ?? '') === count);
  }
  assert.match(watch.lines.at(-1) ?? '', /The solver is heading for 0\.2/);
  assert.ok(!watch.stdout.includes('\u001b'), 'no terminal, no control signs');
  watch.child.kill('SIGINT');
  assert.equal(await watch.ended(), 0);
  assert.equal(watch.stderr, '');
});

test('--json prints what predict prints, an object a line', async (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(8) }), 'run.csv');
  const watch = startCli(t, ['watch', log, '--json', '--series', 'solver', '--at', '30']);
  await watch.until('the first object', () => watch.lines.length === 1);
  appendFileSync(log, rowsOf(8, 16));
  await watch.until('the second object', () => watch.lines.length === 2);
  assert.deepEqual(watch.lines.map(countOf), [8, 16]);
  const { stdout } = runCli(['predict', log, '--json', '--series', 'solver', '--at', '30']);
  assert.equal(watch.lines[1], stdout.trimEnd());
  watch.child.kill('SIGTERM');
  assert.equal(await watch.ended(), 0);
});

test('--once-identified ends with exit code 0 when the limit is first identified, and not before', async (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(3) }), 'run.csv');
  const watch = startCli(t, ['watch', log, '--once-identified', '--json']);
  await watch.until('the verdict on three checkpoints', () => watch.lines.length === 1);
  appendFileSync(log, rowsOf(3, 20));
  assert.equal(await watch.ended(), 0);
  const limits = watch.lines.map((line): boolean => {
    const report: PredictReport = JSON.parse(line);
    return report.series.some(({ role, limit }) => role === 'solver' && limit !== null);
  });
  assert.deepEqual(limits, [false, true]);
});

test('what is not identified when it is ended has exit code 4', async (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(3) }), 'run.csv');
  const watch = startCli(t, ['watch', log, '--once-identified']);
  await watch.until('the verdict', () => watch.lines.length === 1);
  watch.child.kill('SIGINT');
  assert.equal(await watch.ended(), 4);
});

test('a log that is not there is waited for, and so is its first record', async (t) => {
  const log = join(folderOf(t, {}), 'run.csv');
  const watch = startCli(t, ['watch', log]);
  await watch.until('the sentence', () => /^Waiting: .*run\.csv is not there/.test(watch.lines[0] ?? ''));
  writeFileSync(log, '');
  await watch.until('the next sentence', () => /^Waiting: .*run\.csv .*it is empty/.test(watch.lines[1] ?? ''));
  appendFileSync(log, relaxingCsv(12));
  await watch.until('the forecast', () => countIn(watch.lines[2] ?? '') === 12);
  rmSync(log);
  await watch.until('that it is gone', () => /^Waiting: .*run\.csv is not there/.test(watch.lines[3] ?? ''));
  writeFileSync(log, relaxingCsv(13));
  await watch.until('the forecast of what is back', () => countIn(watch.lines.at(-1) ?? '') === 13);
});

test('a log that was cut or replaced is read anew, and it is said', async (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(20) }), 'run.csv');
  const watch = startCli(t, ['watch', log, '--json']);
  await watch.until('the first', () => watch.lines.length === 1);
  truncateSync(log, relaxingCsv(12).length);
  await watch.until('the one of what is left', () => watch.lines.length === 2);
  assert.match(watch.stderr, /run\.csv was cut or replaced; it is read anew from its beginning\.\n$/);
  writeFileSync(`${log}.new`, relaxingCsv(30).replaceAll(',0.7', ',0.8'));
  renameSync(`${log}.new`, log);
  await watch.until('the one of the new log', () => watch.lines.length === 3);
  assert.deepEqual(watch.lines.map(countOf), [20, 12, 30]);
  assert.match(watch.lines[2] ?? '', /"code":"started-over"/);
  assert.equal(watch.stderr.split('\n').length, 3);
});

test('a state that is written anew with every checkpoint goes on, and is not said to start over', async (t) => {
  const entries = (count: number): string =>
    Array.from(
      { length: count },
      (_, i) => `{"epoch": ${i}, "loss": ${0.2 + Math.exp(-0.3 * i)}, "step": ${10 * i}}`,
    ).join(',\n');
  const state = (count: number): string =>
    `{"best_metric": ${1 / count}, "epoch": ${count}, "global_step": ${10 * count}, "log_history": [${entries(count)}]}`;
  const log = join(folderOf(t, { 'trainer_state.json': state(8) }), 'trainer_state.json');
  const watch = startCli(t, ['watch', log, '--json']);
  await watch.until('the first', () => watch.lines.length === 1);
  writeFileSync(`${log}.new`, state(12));
  renameSync(`${log}.new`, log);
  await watch.until('the second', () => watch.lines.length === 2);
  assert.deepEqual(watch.lines.map(countOf), [8, 12]);
  assert.equal(watch.stderr, '');
});

test('lines without a record make no line', async (t) => {
  const line = (step: number): string => `step ${step}: train loss ${(0.2 + Math.exp(-step / 40)).toFixed(4)}\n`;
  const lines = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, i) => line(10 * (from + i))).join('');
  const log = join(folderOf(t, { 'train.log': lines(0, 12) }), 'train.log');
  const watch = startCli(t, ['watch', log, '--json']);
  await watch.until('the first', () => watch.lines.length === 1);
  appendFileSync(log, 'saving the model\n');
  appendFileSync(log, lines(12, 13));
  await watch.until('the second', () => watch.lines.length === 2);
  assert.deepEqual(watch.lines.map(countOf), [12, 13]);
});

test('a run folder is watched as a log is', async (t) => {
  const folder = folderOf(t, { 'version_0/metrics.csv': relaxingCsv(10) });
  const watch = startCli(t, ['watch', folder, '--json']);
  await watch.until('the first', () => watch.lines.length === 1);
  appendFileSync(join(folder, 'version_0/metrics.csv'), rowsOf(10, 14));
  await watch.until('the second', () => watch.lines.length === 2);
  assert.deepEqual(watch.lines.map(countOf), [10, 14]);
});

test('what a run prints is watched as it comes, and the end of it is the end', async (t) => {
  const watch = startCli(t, ['watch', '-', '--json']);
  watch.child.stdin?.write(relaxingCsv(8));
  await watch.until('the first', () => watch.lines.length === 1);
  watch.child.stdin?.write(rowsOf(8, 12).slice(0, -4));
  await watch.until('the second', () => watch.lines.length === 2);
  watch.child.stdin?.end(`${rowsOf(8, 12).slice(-4)}${rowsOf(12, 20)}`);
  assert.equal(await watch.ended(), 0);
  assert.equal(countOf(watch.lines.at(-1) ?? ''), 20);
});

test('once identified, it does not wait for the end of what a run prints', async (t) => {
  const watch = startCli(t, ['watch', '-', '--once-identified']);
  watch.child.stdin?.write(relaxingCsv(20));
  assert.equal(await watch.ended(), 0);
});

test('standard input without a log in it ends with exit code 3 and why', () => {
  const { status, stdout } = runCli(['watch', '-'], { input: 'nothing to see here\n' });
  assert.equal(status, 3);
  assert.match(stdout, /Waiting: .*there is no number in it/);
});

test('what no growth of the log mends is refused at once', (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(8) }), 'run.csv');
  for (const [args, code, says] of [
    [[log, '--format', 'parchment'], 2, /There is no format "parchment"/],
    [[log, '--level', '2'], 2, /--level takes/],
  ] as const) {
    const { status, stderr } = runCli(['watch', ...args]);
    assert.equal(status, code);
    assert.match(stderr, says);
  }
});

test('a reader that goes away ends it', async (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(3) }), 'run.csv');
  const watch = startCli(t, ['watch', log]);
  await watch.until('the first line', () => watch.lines.length === 1);
  watch.child.stdout?.destroy();
  appendFileSync(log, rowsOf(3, 4));
  assert.equal(await watch.ended(), 4);
  assert.equal(watch.stderr, '');
});

const withoutScript =
  spawnSync('script', ['--version']).error === undefined ? false : 'the command `script` is not there';
test('in a terminal verdict and chart are written over in place, and Ctrl-C leaves it clean', {
  skip: withoutScript,
}, async (t) => {
  const log = join(folderOf(t, { 'run.csv': relaxingCsv(10) }), 'run.csv');
  const watch = startInTerminal(t, ['watch', log]);
  const screen = (): string[] => screenOf(watch.stdout, 24);
  // The chart's last line: a terminal may get the lines above it alone first.
  await watch.until('the chart', () => screen().some((line) => line.includes('░░ forecast')));
  const before = screen().filter((line) => line !== '').length;
  appendFileSync(log, rowsOf(10, 20));
  await watch.until('20 checkpoints', () => screen().some((line) => line.includes('20 checkpoints')));
  assert.ok(!screen().some((line) => line.includes('10 checkpoints')), screen().join('\n'));
  assert.ok(Math.abs(screen().filter((line) => line !== '').length - before) <= 2);
  watch.child.stdin?.write('\u0003');
  assert.equal(await watch.ended(), 0);
  const left = screen();
  assert.match(left.join('\n'), /20 checkpoints[\s\S]*floor, 0\.2[\s\S]*┊/);
  assert.ok(!left.join('\n').includes('^C'), 'what the terminal wrote of the key is gone');
  assert.ok(!watch.stdout.includes('\u001b[?'), 'no mode of the terminal was changed');
});

const control = new RegExp(`${String.fromCharCode(27)}\\[(\\d*)([A-Za-z])|[\\s\\S]`, 'gu');

/** What a terminal shows after the text: it knows line ends, carriage returns, moves up, and the two signs that clear. */
function screenOf(text: string, rows: number): string[] {
  const lines: string[] = [''];
  let [row, column] = [0, 0];
  for (const [sign, count, kind] of text.matchAll(control)) {
    const line = lines[row] ?? '';
    if (kind === 'A') row = Math.max(0, row - Number(count));
    else if (kind === 'K') lines[row] = line.slice(0, column);
    else if (kind === 'J') {
      lines[row] = line.slice(0, column);
      lines.length = row + 1;
    } else if (kind !== undefined) continue;
    else if (sign === '\r') column = 0;
    else if (sign === '\n') {
      row += 1;
      lines[row] ??= '';
    } else {
      lines[row] = `${line.slice(0, column).padEnd(column)}${sign}${line.slice(column + 1)}`;
      column += 1;
    }
    assert.ok(lines.length <= rows, 'nothing scrolls away');
  }
  return lines.map((line) => line.trimEnd());
}
