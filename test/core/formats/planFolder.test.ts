import assert from 'node:assert/strict';
import test from 'node:test';
import { planFolder } from '../../../src/core/formats/folders/planFolder.ts';

const plan = (...paths: readonly string[]) =>
  planFolder(
    'here',
    paths.map((path) => ({ path, size: 1, modifiedMs: 0 })),
  ).map(({ name, parts, join }) => [name, join, ...parts.map(({ path, prefix }) => `${prefix}${path}`)]);

test('event files of one folder are one run, in the order of their names', () => {
  assert.deepEqual(plan('events.out.tfevents.20.b', 'events.out.tfevents.9.a'), [
    ['here', 'append', 'events.out.tfevents.9.a', 'events.out.tfevents.20.b'],
  ]);
});

test('event files for training and validation are one run with the folder before each name', () => {
  assert.deepEqual(plan('train/events.out.tfevents.1', 'validation/events.out.tfevents.2'), [
    ['here', 'merge', 'train/train/events.out.tfevents.1', 'validation/validation/events.out.tfevents.2'],
  ]);
});

test('versions of Lightning are runs, the tenth behind the second; its table is read and not its event file', () => {
  assert.deepEqual(
    plan(
      'lightning_logs/version_10/metrics.csv',
      'lightning_logs/version_2/metrics.csv',
      'lightning_logs/version_2/events.out.tfevents.1',
      'lightning_logs/version_2/hparams.yaml',
    ).map(([name]) => name),
    ['lightning_logs/version_2', 'lightning_logs/version_10'],
  );
});

test('a W&B run that was resumed is one run of all its folders, and its console text is none', () => {
  assert.deepEqual(
    plan(
      'wandb/run-20260120_061615-xin/run-xin.wandb',
      'wandb/run-20260120_015454-xin/run-xin.wandb',
      'wandb/run-20260120_015454-xin/files/output.log',
    ),
    [
      [
        'wandb/xin',
        'append',
        'wandb/run-20260120_015454-xin/run-xin.wandb',
        'wandb/run-20260120_061615-xin/run-xin.wandb',
      ],
    ],
  );
});

test('one file a metric makes one run: DVCLive, MLflow, SwanLab', () => {
  const id = '0123456789abcdef0123456789abcdef';
  assert.deepEqual(
    plan(
      'dvclive/plots/metrics/train/loss.tsv',
      'dvclive/plots/metrics/eval/loss.tsv',
      `mlruns/1/${id}/metrics/loss`,
      `mlruns/1/${id}/metrics/train/acc`,
      `mlruns/1/${id}/params/lr`,
      'swanlog/run-1/logs/10/1000.log',
      'swanlog/run-1/logs/11/1000.log',
      'swanlog/run-1/logs/11/_summary.json',
    ).map(([name, join, ...parts]) => [name, join, parts.length]),
    [
      ['dvclive', 'merge', 2],
      [`mlruns/1/${id}`, 'merge', 2],
      ['swanlog/run-1', 'merge', 2],
    ],
  );
});

test('of a trainer with checkpoints the state with the whole history is read', () => {
  assert.deepEqual(
    plan('checkpoint-500/trainer_state.json', 'checkpoint-1000/trainer_state.json', 'runs/a/events.out.tfevents.1'),
    [['here', 'append', 'checkpoint-1000/trainer_state.json']],
  );
  assert.deepEqual(plan('checkpoint-500/trainer_state.json', 'trainer_state.json'), [
    ['here', 'append', 'trainer_state.json'],
  ]);
});

test('of an OpenMMLab run the JSON lines are read, and its text where there are none', () => {
  assert.deepEqual(
    plan('work/20210812_172835.log', 'work/20210812_190636.log', 'work/20210812_190636.log.json', 'work/model.py'),
    [
      ['work/20210812_172835.log', 'append', 'work/20210812_172835.log'],
      ['work/20210812_190636.log.json', 'append', 'work/20210812_190636.log.json'],
    ],
  );
  assert.deepEqual(plan('w/20230823_155232/20230823_155232.log', 'w/20230823_155232/vis_data/20230823_155232.json'), [
    ['w/20230823_155232', 'append', 'w/20230823_155232/vis_data/20230823_155232.json'],
  ]);
});

test('an empty job log beside the metrics, configs and weights are no runs', () => {
  assert.deepEqual(
    planFolder('here', [
      { path: 'outputs/a/train.log', size: 0, modifiedMs: 0 },
      { path: 'outputs/a/.hydra/config.yaml', size: 9, modifiedMs: 0 },
      { path: 'model.safetensors', size: 9, modifiedMs: 0 },
      { path: 'lightning_logs/version_0/metrics.csv', size: 9, modifiedMs: 0 },
    ]).map(({ name }) => name),
    ['lightning_logs/version_0'],
  );
});
