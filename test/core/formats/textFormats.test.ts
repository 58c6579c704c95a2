import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Format, Sample } from '../../../src/core/formats/format.ts';
import { formats } from '../../../src/core/formats/formatTable.ts';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { splitAt } from '../../support/splitAt.ts';

interface Golden {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly fileName?: string;
  readonly folders?: readonly string[];
  /** `name: x=y x=y …` of the newest run. */
  readonly series: Readonly<Record<string, string>>;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const trainer = range(4).map(
  (i) =>
    ` ${i}%|#  | ${i}/9 [00:0${i}<00:09]{'loss': ${4 - i * 0.5}, 'grad_norm': nan, 'learning_rate': 1e-05, 'epoch': ${i / 2}}`,
);

const history = range(3).map((i) => ({ step: 10 * i, epoch: i / 2, loss: 3 / i }));

const golden: readonly Golden[] = [
  {
    id: 'hf-trainer-state',
    title: 'the objects of log_history, the summary left out',
    text: `${JSON.stringify({ global_step: 30, log_history: [...history, { step: 30, eval_loss: 1.5 }, { step: 30, train_runtime: 9, train_loss: 2 }], max_steps: 90 }, null, 2)}\n`,
    series: { loss: '10=3 20=1.5 30=1', eval_loss: '30=1.5' },
  },
  {
    id: 'llamafactory-jsonl',
    title: 'current_steps of total_steps',
    text: range(3)
      .map((i) => `{"current_steps": ${5 * i}, "total_steps": 90, "loss": ${3 / i}, "elapsed_time": "0:00:0${i}"}\n`)
      .join(''),
    series: { loss: '5=3 10=1.5 15=1' },
  },
  {
    id: 'lightning-csv',
    title: 'each series from its own rows',
    text: 'epoch,step,train_loss,val_loss\n0,49,2.5,\n0,99,2.0,\n0,99,,2.2\n1,149,1.5,\n',
    series: { train_loss: '49=2.5 99=2 149=1.5', val_loss: '99=2.2' },
  },
  {
    id: 'keras-csv',
    title: 'a run that was started again without a new header is a second run',
    text: `epoch,acc,loss,val_acc,val_loss\n${[0, 1, 2, 3, 0, 1, 2].map((epoch, i) => `${epoch},0.${i},${9 - i},0.${i},${9 - i}\r\n`).join('')}`,
    series: { loss: '0=5 1=4 2=3' },
  },
  {
    id: 'ultralytics-csv',
    title: 'padded names and cells',
    text: '      epoch,  train/box_loss, metrics/mAP50(B)\n          0,          1.5,             0.1\n          1,          1.2,             0.3\n',
    series: { 'metrics/mAP50(B)': '0=0.1 1=0.3' },
  },
  {
    id: 'sb3-csv',
    title: 'counts environment steps',
    text: 'time/iterations,time/total_timesteps,rollout/ep_rew_mean\n1,2048,-5\n2,4096,3\n',
    series: { 'rollout/ep_rew_mean': '2048=-5 4096=3' },
  },
  {
    id: 'sb3-monitor',
    title: 'steps are the running sum of the lengths',
    text: '#{"t_start": 1652871292.6, "env_id": "Ant-v3"}\nr,l,t\n-13.5,11,1.1\n2.5,9,2.2\n',
    series: { r: '11=-13.5 20=2.5' },
  },
  {
    id: 'rllib-json',
    title: 'nested metrics, the repeated config left out',
    text: range(3)
      .map(
        (i) =>
          `{"training_iteration": ${i}, "timesteps_total": ${100 * i}, "episode_reward_mean": ${i === 1 ? 'NaN' : i}, "info": {"learner": {"loss": ${3 / i}}}, "config": {"lr": 1}}\n`,
      )
      .join(''),
    series: { episode_reward_mean: '200=2 300=3', 'info/learner/loss': '100=3 200=1.5 300=1' },
  },
  {
    id: 'rollouts',
    title: 'sampled responses as JSON lines, step after step',
    text: range(3)
      .flatMap((step) =>
        range(4).map(
          (i) =>
            `{"input": "Question ${i % 2}", "output": "It is \\\\boxed{${i <= step ? 7 : i}} — “so”", "score": ${i <= step ? '1.0' : '0.0'}, "step": ${step}}\n`,
        ),
      )
      .join(''),
    series: {
      'score/mean@2': '1=0.25 2=0.5 3=0.75',
      'score/best@2': '1=0.5 2=1 3=1',
      'score/maj@2': '1=0.25 2=0.5 3=0.75',
    },
  },
  {
    id: 'rollouts',
    title: 'validation samples of EasyR1 as text, the step beside each',
    fileName: 'generations.log',
    text: range(2)
      .flatMap((step) =>
        range(3).map(
          (i) =>
            `[step] ${10 * step}\n[prompt] Why\n[score] is no score ${i}?\n[output] Well…\n\\boxed{${i}}\n[ground_truth] 1\n[score] ${i <= step ? 1 : 0}\n\n`,
        ),
      )
      .join(''),
    series: { 'score/mean@1': '10=0.3333333333333333 20=0.6666666666666666' },
  },
  {
    id: 'spinningup',
    title: 'columns apart by tabs',
    text: 'Epoch\tAverageEpRet\tTotalEnvInteracts\n1\t-200.5\t4000\n2\t-100\t8000\n',
    series: { AverageEpRet: '4000=-200.5 8000=-100' },
  },
  {
    id: 'tb-csv-export',
    title: 'the metric is named by the file',
    fileName: 'run-a-tag-eval_loss.csv',
    text: 'Wall time,Step,Value\n1696394223.64,0,4.9\n1696394797.59,8000,3.4\n',
    series: { eval_loss: '0=4.9 8000=3.4' },
  },
  {
    id: 'wandb-csv-export',
    title: 'the repeating __MIN and __MAX are no series',
    text: '"Step","a - loss","a - loss__MIN","a - loss__MAX"\n"0","2.5","2.5","2.5"\n"10","1.5","1.5","1.5"\n',
    series: { 'a - loss': '0=2.5 10=1.5' },
  },
  {
    id: 'wandb-legacy',
    title: 'counts by _step',
    text: range(3)
      .map((i) => `{"loss": ${3 / i}, "_runtime": ${9 * i}, "_timestamp": 15700000${i}, "_step": ${i}}\n`)
      .join(''),
    series: { loss: '1=3 2=1.5 3=1' },
  },
  {
    id: 'sacred',
    title: 'steps and values of each metric',
    text: `${JSON.stringify({ 'training.loss': { steps: [1, 2, 3], timestamps: ['a', 'b', 'c'], values: [3, 2, 1] } })}\n`,
    series: { 'training.loss': '1=3 2=2 3=1' },
  },
  {
    id: 'json-history',
    title: 'lists beside each other in one document',
    text: `${JSON.stringify({ config: { lr: 1 }, epochs: [1, 2, 3], val_wer: [0.9, 0.5, 0.4] }, null, 1)}\n`,
    series: { val_wer: '1=0.9 2=0.5 3=0.4' },
  },
  {
    id: 'dvclive',
    title: 'folders are parts of the name',
    fileName: 'loss.tsv',
    folders: ['dvclive', 'plots', 'metrics', 'train'],
    text: 'step\tloss\n0\t3.5\n1\t2.5\n',
    series: { 'train/loss': '0=3.5 1=2.5' },
  },
  {
    id: 'mlflow-files',
    title: 'time, value and step in a line',
    fileName: 'dev_F1',
    folders: ['mlruns', '0', 'abc', 'metrics'],
    text: '1571234567890 41.5 1000\n1571234567999 52.25 2000\n',
    series: { dev_F1: '1000=41.5 2000=52.25' },
  },
  {
    id: 'python-dict-console',
    title: 'dicts glued to a bar, evaluations apart, the summary of the run no point',
    text: `${trainer.join('\n')}\n{'eval_loss': 2.1, 'eval_runtime': 3.2, 'epoch': 2.0}\n{'train_runtime': 99.0, 'train_loss': 2.7, 'epoch': 2.0}\n`,
    series: { loss: '0.5=3.5 1=3 1.5=2.5 2=2', eval_loss: '2=2.1' },
  },
  {
    id: 'python-dict-console',
    title: 'records that share a rounded epoch are told apart by their count',
    text: `${[3, 2.5, 2, 1.5].map((loss) => `{'loss': '${loss}', 'epoch': '0.01'}`).join('\n')}\n`,
    series: { loss: '1=3 2=2.5 3=2 4=1.5' },
  },
  {
    id: 'python-dict-console',
    title: 'a second run counts its records anew',
    text: `${[3, 2.5, 2, 1.5, 9, 8, 7, 6].map((loss, i) => `{'loss': ${loss}, 'epoch': ${i % 4 < 2 ? 0.01 : 0.02}}`).join('\n')}\n`,
    series: { loss: '1=9 2=8 3=7 4=6' },
  },
  {
    id: 'verl-console',
    title: 'cells behind a prefix in colours, keys with colons and brackets, numpy numbers',
    text: range(3)
      .map(
        (i) =>
          `\u001b[36m(TaskRunner pid=12)\u001b[0m step:${i} - actor/lr(1e-4):0.01 - critic/score/mean:0.${i} - val-core/a:b/acc/mean@8:np.float64(0.${i}5)\n`,
      )
      .join(''),
    series: { 'critic/score/mean': '1=0.1 2=0.2 3=0.3', 'val-core/a:b/acc/mean@8': '1=0.15 2=0.25 3=0.35' },
  },
  {
    id: 'torchtune',
    title: 'names and values without a blank between',
    text: range(3)
      .map((i) => `Step ${i} | loss:${2 / i} lr:2e-05 tokens_per_second_per_gpu:900\n`)
      .join(''),
    series: { loss: `1=2 2=1 3=${2 / 3}` },
  },
  {
    id: 'nanogpt',
    title: 'training and evaluation share their axis',
    text: 'step 0: train loss 4.2, val loss 4.3\niter 0: loss 4.2, time 10.50ms, mfu -100.00%\niter 10: loss 3.9, time 9.50ms, mfu 3.00%\nstep 20: train loss 3.5, val loss 3.6\n',
    series: { 'val loss': '0=4.3 20=3.6', loss: '0=4.2 10=3.9' },
  },
  {
    id: 'modded-nanogpt',
    title: 'steps of a total, times with units',
    text: 'step:0/100 val_loss:10.8 train_time:0ms step_avg:nanms\nstep:50/100 val_loss:4.5 train_time:99ms step_avg:2.1ms\nstep:100/100 val_loss:3.3 train_time:199ms step_avg:2.1ms\n',
    series: { val_loss: '0=10.8 50=4.5 100=3.3' },
  },
  {
    id: 'llmc',
    title: 'a validation loss belongs to the step above it',
    text: 'val loss 11.0\nstep    1/9 | loss 10.9 (+nanz)| norm 14.9 (+nanz)| lr 8e-07 | 39.05 ms\nstep    2/9 | loss 10.5 (+nanz)| norm 13.9 (+nanz)| lr 9e-07 | 39.05 ms\nval loss 10.2\n',
    series: { loss: '1=10.9 2=10.5', 'val loss': '0=11 2=10.2' },
  },
  {
    id: 'megatron',
    title: 'cells between bars and validation lines',
    text: ' iteration 10/ 100 | consumed samples: 80 | lm loss: 2.5E+00 | number of nan iterations: 0 |\n iteration 20/ 100 | consumed samples: 160 | lm loss: 2.25E+00 | number of nan iterations: 0 |\n validation loss at iteration 20 | lm loss value: 2.3E+00 | lm loss PPL: 9.9E+00 |\n',
    series: { 'lm loss': '10=2.5 20=2.25', 'validation lm loss value': '20=2.3' },
  },
  {
    id: 'megatron',
    title: 'ranks before the records',
    text: '[default0]: iteration 10/ 100 | consumed samples: 80 | lm loss: 2.5E+00 |\n[default0]: iteration 20/ 100 | consumed samples: 160 | lm loss: 2.25E+00 |\n',
    series: { 'lm loss': '10=2.5 20=2.25' },
  },
  {
    id: 'keras-console',
    title: 'of the bars of an epoch only the whole one is a point',
    text: 'Epoch 1/2\n1/9 [>.....] - ETA: 8s - loss: 9.9\r9/9 [=====] - 2s 1ms/step - loss: 0.5 - val_loss: 0.6\nEpoch 2/2\n9/9 [=====] - 2s 1ms/step - loss: 0.4 - val_loss: 0.55\n',
    series: { loss: '1=0.5 2=0.4', val_loss: '1=0.6 2=0.55' },
  },
  {
    id: 'keras-console',
    title: 'an evaluation behind the last epoch is no epoch',
    text: 'Epoch 1/2\n9/9 [=====] - 2s 1ms/step - loss: 0.5 - val_loss: 0.6\nEpoch 2/2\n9/9 [=====] - 2s 1ms/step - loss: 0.4 - val_loss: 0.55\n3/3 [=====] - 0s 1ms/step - loss: 0.55\n',
    series: { loss: '1=0.5 2=0.4' },
  },
  {
    id: 'keras-console',
    title: 'epochs without bars',
    text: 'Epoch 1/3\n938/938 - 3s - loss: 0.5 - val_loss: 0.6 - 3s/epoch - 3ms/step\nEpoch 2/3\n938/938 - 2s - loss: 0.4 - val_loss: 0.55 - 2s/epoch - 2ms/step\nEpoch 3/3\n - 2s - loss: 0.3 - val_loss: 0.5\n',
    series: { loss: '1=0.5 2=0.4 3=0.3', val_loss: '1=0.6 2=0.55 3=0.5' },
  },
  {
    id: 'mmengine',
    title: 'validations of an iteration-based runner and of the older one',
    text: '2023-06-05 20:10:13,123 - mmseg - INFO - Iter [50/200]\tlr: 1e-3, eta: 0:01:00, loss: 2.5\n2023-06-05 20:10:14,123 - mmseg - INFO - Iter(val) [250]\taAcc: 0.9, mIoU: 0.4\n2023-06-05 20:11:13,123 - mmseg - INFO - Iter(train) [100/200]  lr: 1e-3  loss: 1.5\n2023-06-05 20:11:14,123 - mmseg - INFO - Iter(val) [250/250]    aAcc: 0.92  mIoU: 0.5  data_time: 0.1\n2023-06-05 20:12:13,123 - mmdet - INFO - Epoch(val) [1][5000]\tbbox_mAP: 0.374, bbox_mAP_50: 0.5\n',
    series: { mIoU: '50=0.4 100=0.5', bbox_mAP: '1=0.374' },
  },
  {
    id: 'mmengine',
    title: 'epoch and place make the iteration, undefined averages are no points',
    text: '2023/06/05 20:10:13 - mmengine - INFO - Epoch(train)  [1][ 50/100]  lr: 1e-3  eta: 0:01:00  loss: 2.5\n2023/06/05 20:11:13 - mmengine - INFO - Epoch(train)  [2][ 50/100]  lr: 1e-3  eta: 0:00:00  loss: 1.5\n2023/06/05 20:12:13 - mmengine - INFO - Epoch(val) [2][6/6]    coco/AP: 0.58  coco/AP (M): -1.000  time: 0.1\n',
    series: { loss: '50=2.5 150=1.5', 'coco/AP': '2=0.58' },
  },
  {
    id: 'key-value-console',
    title: 'any repeated line of names and numbers, free text around it',
    text: `starting at step 1 of the plan\n${range(6)
      .map((i) => `[12:00:0${i}] INFO Epoch ${i}/20 train loss: ${2 / i}, val loss = ${3 / i} (best 1.0)\n`)
      .join('')}the loss is fine\n`,
    series: {
      'train loss': range(6)
        .map((i) => `${i}=${2 / i}`)
        .join(' '),
    },
  },
];

function sampleOf({ text, fileName = 'run.log', folders = [] }: Golden): Sample {
  return { fileName, folders, size: text.length, bytes: new TextEncoder().encode(text), head: text, tail: '' };
}

function surest(sample: Sample): Format | undefined {
  const sure = (format: Format): number => format.sniff(sample)?.confidence ?? 0;
  return formats.reduce<Format | undefined>(
    (best, one) => (sure(one) > (best === undefined ? 0 : sure(best)) ? one : best),
    undefined,
  );
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function readIn(pieces: readonly Uint8Array[], log: Golden): Table {
  const format = surest(sampleOf(log));
  assert.equal(format?.kind, 'text');
  const table = new Table();
  if (format?.kind !== 'text') return table;
  const parser = format.open(table, sampleOf(log));
  for (const piece of pieces) parser.feed(piece);
  parser.finish();
  return table;
}

const shown = (table: Table): unknown => buildRuns(table, {});

for (const log of golden) {
  const { id, title, text, series } = log;
  test(`${id}: ${title}`, () => {
    assert.equal(surest(sampleOf(log))?.id, id);
    const run = buildRuns(readIn([bytesOf(text)], log), {}).at(-1);
    for (const [name, points] of Object.entries(series)) {
      const found = run?.series.find((one) => one.name === name);
      assert.ok(found !== undefined, `no ${name} among ${run?.series.map((one) => one.name).join(', ')}`);
      assert.equal(Array.from(found.x, (x, i) => `${x}=${found.y[i]}`).join(' '), points);
    }
  });

  test(`${id}: ${title}; split anywhere it reads the same`, () => {
    const bytes = bytesOf(text);
    const whole = shown(readIn([bytes], log));
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 6 }), (cuts) => {
        assert.deepEqual(shown(readIn(splitAt(bytes, cuts), log)), whole);
      }),
      { numRuns: 40, seed: 5 },
    );
  });

  test(`${id}: ${title}; cut anywhere it neither throws nor offers a point twice`, () => {
    const bytes = bytesOf(text);
    for (let end = 0; end < bytes.length; end += 7) {
      const format = surest(sampleOf(log));
      if (format?.kind !== 'text') continue;
      const table = new Table();
      const parser = format.open(table, sampleOf(log));
      parser.feed(bytes.slice(0, end));
      const mark = table.mark();
      parser.finish();
      table.cutTo(mark);
      parser.feed(bytes.slice(end));
      parser.finish();
      assert.deepEqual(shown(table), shown(readIn([bytes], log)), `cut at ${end}`);
    }
  });
}
