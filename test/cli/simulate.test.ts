import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { sampleLogs, simulate } from '../../scripts/makeSamples.mjs';
import { root } from '../../scripts/support/paths.mjs';
import { runCli } from './runCli.ts';

/** Columns of what was printed, by name. */
function columns(args: readonly string[]): Record<string, number[]> {
  const { status, stdout, stderr } = runCli(['simulate', ...args, '--json']);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

test('a simulated run is a CSV of epoch, solver, verifier and gap', () => {
  const { status, stdout } = runCli(['simulate', '--checkpoints', '3', '--spacing', '2']);
  assert.equal(status, 0);
  assert.match(stdout, /^epoch,solver,verifier,gap\n0,1,0\.45,0\.55\n2,[\d.]+,[\d.]+,[\d.]+\n4,[^\n]+\n$/);
});

test('it follows the closed form of the dynamics', () => {
  const {
    epoch = [],
    solver = [],
    gap = [],
  } = columns(
    '--alpha-over-beta 2 --rate 0.5 --gap-limit 0.1 --start-solver 2 --start-verifier 1 --digits 15'.split(' '),
  );
  epoch.forEach((t, i) => {
    const left = Math.exp(-0.5 * t);
    assert.ok(Math.abs((gap[i] ?? 0) - (0.1 + 0.9 * left)) < 1e-12);
    assert.ok(Math.abs((solver[i] ?? 0) - (2 - 2 * 0.9 * (1 - left))) < 1e-12);
  });
});

test('the same seed prints the same run, another seed another', () => {
  const print = (seed: string): string => runCli(['simulate', '--noise', '0.02', '--seed', seed]).stdout;
  assert.equal(print('5'), print('5'));
  assert.notEqual(print('5'), print('6'));
});

test('with jumps the run stands still between them', () => {
  const { solver = [] } = columns(['--jumps', '2', '--checkpoints', '20']);
  assert.equal(new Set(solver).size, 3);
});

test('external data lowers the limit, by its whole and hardly by its schedule', () => {
  const last = (...args: string[]): number =>
    columns(['--checkpoints', '200', '--spacing', '1', ...args]).solver?.at(-1) ?? Number.NaN;
  const [none, early, late, one] = [
    last(),
    last('--gamma', '0.2', '--schedule', 'early'),
    last('--gamma', '0.2', '--schedule', 'late'),
    last('--gamma', '0.2', '--schedule', '1:1'),
  ];
  for (const fed of [early, late, one]) assert.ok(fed < none - 0.01);
  assert.ok(Math.abs(early - late) < 0.2 * (none - early));
});

test('an accuracy run rises and is called mean@8 and maj@8', () => {
  const run = columns(['--accuracy', '--start-solver', '0.7', '--start-verifier', '0.5']);
  assert.deepEqual(Object.keys(run), ['schema', 'epoch', 'mean@8', 'maj@8', 'gap']);
  assert.ok((run['mean@8']?.at(-1) ?? 0) > (run['mean@8']?.[0] ?? 1));
  assert.ok(run.gap?.every((value) => value > 0));
});

test('--jsonl prints one object a checkpoint', () => {
  const { stdout } = runCli(['simulate', '--jsonl', '--checkpoints', '4', '--steps-per-epoch', '10', '--no-gap']);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    rows.map(({ epoch, step }) => [epoch, step]),
    [
      [0, 0],
      [0.5, 5],
      [1, 10],
      [1.5, 15],
    ],
  );
  assert.deepEqual(Object.keys(rows[0]), ['epoch', 'step', 'solver', 'verifier']);
});

const wrong: readonly (readonly [args: string, complaint: RegExp])[] = [
  ['--alpha-over-beta 1', /--alpha-over-beta takes a number over 1, not "1"/],
  ['--rate -1', /--rate takes a number over 0, not "-1"/],
  ['--rate Infinity', /--rate takes a number over 0, not "Infinity"/],
  ['--noise -0.1', /--noise takes a number from 0/],
  ['--checkpoints 2.5', /--checkpoints takes a whole number from 1 to 1000000, not "2\.5"/],
  ['--schedule soon', /--schedule takes early, uniform, late or shares by round .*, not "soon"/],
  ['--schedule 1:0.5,99:0.5', /--schedule takes .* \(1 to 19\)/],
  ['--seed x', /--seed takes a whole number, not "x"/],
  ['--digits 0', /--digits takes a whole number from 1 to 17/],
  ['--json --jsonl', /--json or --jsonl, not both/],
  ['--solver-name a --verifier-name a', /Two columns would be called "a"/],
  ['run.csv', /simulate reads no file; leave out "run\.csv"/],
];
for (const [args, complaint] of wrong) {
  test(`simulate ${args} is wrong usage and says why`, () => {
    const { status, stdout, stderr } = runCli(['simulate', ...args.split(' ')]);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, complaint);
    assert.equal(stderr.trimEnd().split('\n').length, 1);
  });
}

for (const { log, options } of sampleLogs) {
  test(`samples/${log} is what its script makes`, () => {
    const kept = readFileSync(join(root, 'samples', log), 'utf8').replaceAll('\r\n', '\n');
    assert.equal(simulate(options), kept);
  });
}
