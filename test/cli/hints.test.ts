import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderOf, relaxingCsv, runCli } from './runCli.ts';

const config = 'output_dir: runs/a\nlearning_rate: 1.0e-6\nhub_token: hf_secret\nnum_train_epochs: 60\n';

test('the log is found where the config writes', (t) => {
  const folder = folderOf(t, { 'config.yaml': config, 'runs/a/metrics.csv': relaxingCsv(20) });
  const { status, stdout } = runCli(['hints', join(folder, 'config.yaml'), '--json']);
  assert.equal(status, 0);
  const report = JSON.parse(stdout);
  assert.match(report.log, /runs\/a\/metrics\.csv$/);
  assert.equal(report.hints[0].line, 4);
  assert.match(
    report.hints[0].title,
    /^99\u202f% of the floor by epoch 1\d\.\d \(.+\); the last \d+ epochs buy ≤ [\d.]+\u202f%$/,
  );
  assert.ok(report.hints[0].suggestion.value < 60);
  assert.ok(!stdout.includes('hf_secret'));
});

test('--json prints each line with its hint, the run it comes from, and what was noticed', (t) => {
  const folder = folderOf(t, {
    'config.yaml': `${config}max_steps: 100\n`,
    'runs/a/metrics.csv': relaxingCsv(20),
  });
  const report = JSON.parse(runCli(['hints', join(folder, 'config.yaml'), '--json']).stdout);
  assert.deepEqual(Object.keys(report), ['schema', 'config', 'log', 'hints', 'run', 'warnings']);
  const [epochs, steps] = report.hints;
  assert.deepEqual(
    [epochs.line, epochs.key, epochs.value, epochs.unit, epochs.framework, epochs.wins, epochs.beatenBy],
    [4, 'num_train_epochs', 60, 'epoch', 'HF Trainer', false, 'max_steps'],
  );
  assert.deepEqual([steps.line, steps.unit, steps.wins, steps.suggestion], [5, 'step', true, null]);
  assert.match(steps.message, /The log counts epochs and this line steps/);
  assert.deepEqual(
    [report.run.series, report.run.verdict, report.run.found],
    ['solver', 'identified', 'named by the config'],
  );
  assert.deepEqual(report.warnings, []);
});

test('the text names the log that the hints come from, and how to name another', (t) => {
  const folder = folderOf(t, {
    'config.yaml': config,
    'runs/a/metrics.csv': relaxingCsv(20),
    'x.csv': relaxingCsv(20),
  });
  const text = (...more: readonly string[]): string =>
    runCli(['hints', join(folder, 'config.yaml'), ...more]).stdout.replaceAll(/\s+/g, ' ');
  assert.match(text(), /From \S+runs\/a\/metrics\.csv, named by the config\. Another is named by --run LOG\. $/);
  assert.match(text('--run', join(folder, 'x.csv')), /From \S+x\.csv, named on the command line\. $/);
});

test('a log may be named', (t) => {
  const folder = folderOf(t, { 'config.yaml': config, 'elsewhere/x.csv': relaxingCsv(20) });
  const { status, stdout } = runCli(['hints', join(folder, 'config.yaml'), '--run', join(folder, 'elsewhere/x.csv')]);
  assert.equal(status, 0);
  assert.match(stdout, /config\.yaml:4: num_train_epochs: 60\s+→\s+99\u202f%/);
});

test('without a log nothing is claimed', (t) => {
  const folder = folderOf(t, { 'config.yaml': config });
  const { status, stdout } = runCli(['hints', join(folder, 'config.yaml')], { cwd: folder });
  assert.equal(status, 0);
  assert.match(stdout, /No log was found/);
  const report = JSON.parse(runCli(['hints', join(folder, 'config.yaml'), '--json'], { cwd: folder }).stdout);
  assert.deepEqual([report.run, report.warnings[0].code], [null, 'no-forecast']);
});

test('what only looks like a log is passed over', (t) => {
  const folder = folderOf(t, {
    'config.yaml': config,
    'runs/a/trainer_state.json': '{"log_history": [',
    'runs/a/results.csv': 'name,colour\na,red\n',
    'runs/a/late/metrics.csv': relaxingCsv(20),
  });
  const report = JSON.parse(runCli(['hints', join(folder, 'config.yaml'), '--json']).stdout);
  assert.match(report.log, /runs\/a\/late\/metrics\.csv$/);
});

test('too few checkpoints end with exit code 4', (t) => {
  const folder = folderOf(t, { 'config.yaml': config, 'runs/a/metrics.csv': relaxingCsv(4) });
  assert.equal(runCli(['hints', join(folder, 'config.yaml')]).status, 4);
});

test('what is no config, not there, or a folder is said to be', (t) => {
  const folder = folderOf(t, { 'notes.yaml': 'a: 1\n', 'broken.json': '{"a": [', 'train.py': 'max_steps = 9\n' });

  test('a file of bytes, a pipe and an endless device are no config that can be read', (t) => {
    const bytes = Uint8Array.from({ length: 2000 }, (_, i) => (i * 7919) % 256);
    const folder = folderOf(t, {
      'model.yaml': bytes,
      'model.safetensors': bytes,
      'early.json': Uint8Array.of(0x7b, 0, 0, 0, 1),
    });
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
    for (const name of ['model.yaml', 'model.safetensors', 'early.json']) {
      const { status, stdout, stderr } = runCli(['hints', join(folder, name)]);
      assert.deepEqual([status, stdout], [3, '']);
      assert.match(
        stderr,
        /is binary, no config that can be read; name a training config in YAML, JSON, TOML or a launch script\./,
      );
    }
    for (const path of [join(folder, 'pipe.yaml'), '/dev/zero']) {
      const { status, stderr } = runCli(['hints', path]);
      assert.equal(status, 3);
      assert.match(stderr, /is no file but a pipe or a device; name a config file\./);
    }
  });

  test('a config in UTF-16 is read as one in UTF-8', (t) => {
    const wide = Buffer.from(`\ufeff${config}`, 'utf16le');
    const folder = folderOf(t, { 'config.yaml': wide, 'x.csv': relaxingCsv(20) });
    const { status, stdout } = runCli(['hints', join(folder, 'config.yaml'), '--run', join(folder, 'x.csv')]);
    assert.equal(status, 0);
    assert.match(stdout, /config\.yaml:4: num_train_epochs: 60/);
  });
  assert.match(
    runCli(['hints', join(folder, 'train.py')]).stdout.replaceAll(/\s+/g, ' '),
    /is neither YAML, JSON, TOML nor a shell script/,
  );
  assert.match(runCli(['hints', join(folder, 'notes.yaml')]).stdout, /no line that sets a training budget/);
  assert.match(runCli(['hints', join(folder, 'broken.json')]).stdout, /no line that sets a training budget/);
  assert.equal(runCli(['hints', join(folder, 'none.yaml')]).status, 3);
  assert.match(runCli(['hints', folder]).stderr, /is a folder/);
});
