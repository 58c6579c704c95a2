import { encodeBlockLog } from '../support/encodeBlockLog.ts';
import { event, firstRecord, simpleValue } from '../support/encodeEvents.ts';
import { bytesField, joinBytes, textField, utf8 } from '../support/encodeProtobuf.ts';
import { encodeSqlite } from '../support/encodeSqlite.ts';

/** A small log of one format, from which the fuzzer starts. */
export interface Seed {
  /** Title of its format, which is its own where ids are shared. */
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly path: string;
  /** Whole records stand one behind the other: what is cut or damaged costs only itself. */
  readonly isOfRecords: boolean;
}

const rows = (count: number, row: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => row(i + 1)).join('');

const text = (title: string, path: string, content: string, isOfRecords = true): Seed => ({
  title,
  path,
  bytes: utf8(content),
  isOfRecords,
});
const json = (title: string, path: string, content: unknown): Seed =>
  text(title, path, `${JSON.stringify(content, null, 1)}\n`, false);

const records: readonly Seed[] = [
  text(
    'JSON lines',
    'metrics.jsonl',
    rows(6, (i) => `{"step": ${i}, "loss": ${6 / i}, "eval": {"acc": 0.${i}}, "note": "a{b\\"é"}\n`),
  ),
  text(
    'LLaMA-Factory trainer_log.jsonl',
    'trainer_log.jsonl',
    rows(5, (i) => `{"current_steps": ${i}, "total_steps": 90, "loss": ${3 / i}}\n`),
  ),
  text(
    'RLlib result.json',
    'result.json',
    rows(
      4,
      (i) =>
        `{"training_iteration": ${i}, "timesteps_total": ${100 * i}, "episode_reward_mean": ${i === 1 ? 'NaN' : i}, "config": {"lr": 1}}\n`,
    ),
  ),
  text(
    'wandb-history.jsonl',
    'wandb-history.jsonl',
    rows(4, (i) => `{"loss": ${3 / i}, "_runtime": ${9 * i}, "_timestamp": 15700000${i}, "_step": ${i}}\n`),
  ),
  text(
    'MLflow metric',
    'mlruns/0/0123456789abcdef0123456789abcdef/metrics/val/loss',
    rows(5, (i) => `170000000000${i} ${1 / i} ${i}\n`),
  ),
  text(
    'SwanLab metric',
    'run-1/logs/train%2Floss/1000.log',
    rows(5, (i) => `{"index": ${i}, "data": ${1 / i}, "create_time": "2026-01-01"}\n`),
  ),
];

const tables: readonly Seed[] = [
  text(
    'Table with a header',
    'table.csv',
    `step,loss,"note ""a"""\r\n${rows(6, (i) => `${i},${6 / i},"x, ${i}"\r\n`)}`,
  ),
  text(
    'PyTorch Lightning metrics.csv',
    'metrics.csv',
    `epoch,step,train_loss,val_loss\n${rows(5, (i) => `0,${i},${2 / i},${i === 3 ? 1 : ''}\n`)}`,
  ),
  text(
    'Keras CSVLogger',
    'training.log',
    `epoch,acc,loss,val_acc,val_loss\n${rows(5, (i) => `${i},0.${i},${9 - i},0.${i},${9 - i}\r\n`)}`,
  ),
  text(
    'Ultralytics or YOLO results.csv',
    'results.csv',
    `   epoch,  train/box_loss, metrics/mAP50(B)\n${rows(4, (i) => `   ${i},   ${2 / i},   0.${i}\n`)}`,
  ),
  text(
    'Stable-Baselines3 progress.csv',
    'progress.csv',
    `time/iterations,time/total_timesteps,rollout/ep_rew_mean\n${rows(4, (i) => `${i},${2048 * i},${i}\n`)}`,
  ),
  text(
    'Stable-Baselines3 monitor.csv',
    'monitor.csv',
    `#{"t_start": 1652871292.6, "env_id": "Ant-v3"}\nr,l,t\n${rows(5, (i) => `-${i}.5,${i},1${i}.1\n`)}`,
  ),
  text(
    'RLlib progress.csv',
    'progress.csv',
    `training_iteration,timesteps_total,episode_reward_mean,config\n${rows(4, (i) => `${i},${100 * i},${i},"{'lr': 1, 'a': ""b""}"\n`)}`,
  ),
  text(
    'Spinning Up progress.txt',
    'progress.txt',
    `Epoch\tAverageEpRet\tTotalEnvInteracts\n${rows(4, (i) => `${i}\t-${i}.5\t${4000 * i}\n`)}`,
  ),
  text(
    'CSV from the TensorBoard page',
    'run-a-tag-eval_loss.csv',
    `Wall time,Step,Value\n${rows(4, (i) => `169639422${i}.64,${i},${4 / i}\n`)}`,
  ),
  text(
    'CSV from a W&B chart',
    'wandb.csv',
    `"Step","a - loss","a - loss__MIN","a - loss__MAX"\n${rows(4, (i) => `"${i}","${2 / i}","${2 / i}","${2 / i}"\n`)}`,
  ),
  text('DVCLive metric', 'dvclive/plots/metrics/train/loss.tsv', `step\tloss\n${rows(5, (i) => `${i}\t${3 / i}\n`)}`),
];

const documents: readonly Seed[] = [
  json('Hugging Face trainer_state.json', 'trainer_state.json', {
    log_history: [1, 2, 3, 4].map((step) => ({ step, epoch: step / 4, loss: 4 / step })),
    max_steps: 90,
  }),
  json('Sacred metrics.json', 'metrics.json', {
    loss: { steps: [1, 2, 3], timestamps: ['a', 'b', 'c'], values: [3, 2, 1] },
  }),
  json('History in a JSON document', 'history.json', {
    config: { lr: 1 },
    epochs: [1, 2, 3],
    val_wer: [0.9, 0.5, 0.4],
  }),
];

const consoles: readonly Seed[] = [
  text(
    'Console of a Hugging Face Trainer',
    'run.log',
    rows(6, (i) => ` ${i}%|#  | ${i}/9 [00:0${i}<00:09]{'loss': ${4 / i}, 'grad_norm': nan, 'epoch': ${i / 2}}\n`),
  ),
  text(
    'verl console',
    'run.log',
    rows(
      5,
      (i) =>
        `\u001b[36m(TaskRunner pid=12)\u001b[0m step:${i} - actor/lr:0.01 - critic/score/mean:0.${i} - val/acc/mean@8:np.float64(0.${i}5)\n`,
    ),
  ),
  text(
    'torchtune log',
    'run.log',
    rows(5, (i) => `Step ${i} | loss:${2 / i} lr:2e-05 tokens_per_second_per_gpu:900\n`),
  ),
  text(
    'nanoGPT console',
    'run.log',
    rows(
      4,
      (i) =>
        `step ${10 * i}: train loss ${4 / i}, val loss ${4.5 / i}\niter ${10 * i}: loss ${4 / i}, time 10.50ms, mfu 3.00%\n`,
    ),
  ),
  text(
    'modded-nanogpt log',
    'run.log',
    rows(5, (i) => `step:${10 * i}/100 val_loss:${9 / i} train_time:${i}ms step_avg:2.1ms\n`),
  ),
  text(
    'llm.c log',
    'main.log',
    `val loss 11.0\n${rows(4, (i) => `step    ${i}/9 | loss ${9 / i} (+nanz)| norm 14.9 (+nanz)| lr 8e-07 | 39.05 ms\n`)}val loss 10.2\n`,
  ),
  text(
    'Megatron or GPT-NeoX console',
    'run.log',
    rows(
      4,
      (i) =>
        ` iteration ${10 * i}/ 100 | consumed samples: ${80 * i} | lm loss: ${2 / i}E+00 | number of nan iterations: 0 |\n`,
    ),
  ),
  text(
    'Keras console',
    'run.log',
    rows(
      3,
      (i) =>
        `Epoch ${i}/3\n1/9 [>.....] - ETA: 8s - loss: 9.9\r9/9 [=====] - 2s 1ms/step - loss: 0.${i} - val_loss: 0.${i}\n`,
    ),
  ),
  text(
    'OpenMMLab console',
    'run.log',
    rows(
      4,
      (i) =>
        `2023/06/05 20:10:1${i} - mmengine - INFO - Epoch(train)  [${i}][ 50/100]  lr: 1e-3  eta: 0:01:00  loss: ${2 / i}\n`,
    ),
  ),
  text(
    'Console with names and numbers',
    'run.log',
    rows(8, (i) => `[12:00:0${i}] INFO Epoch ${i}/20 train loss: ${2 / i}, val loss = ${3 / i}\n`),
  ),
  text(
    'Tables drawn with lines',
    'run.log',
    rows(
      4,
      (i) =>
        `------------------------\n| epoch     | ${i}        |\n| test/rate | 0.${i}     |\n------------------------\n`,
    ),
  ),
  text('Table in a text', 'table.log', `Step\tTraining Loss\treward\n${rows(5, (i) => `${i}\t0.${i}00000\t0.25\n`)}`),
  text(
    'Ultralytics console',
    'run.log',
    rows(
      3,
      (i) =>
        `      Epoch    GPU_mem   box_loss   cls_loss  Instances       Size\n       ${i}/3      2.06G      1.${i}      2.5         52        768: 100% ━━━━ 2/2 2.6it/s\n                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): 100% ━━━━ 1/1\n                   all         17         91      0.5      0.25      0.${i}      0.125\n`,
    ),
  ),
  text(
    'Caffe console',
    'caffe.log',
    rows(
      4,
      (i) =>
        `I0728 17:33:35.1 182 solver.cpp:87] Iteration ${20 * i}, lr = 0.01\nI0728 17:33:35.2 182 solver.cpp:87] Iteration ${20 * i}, loss = ${6 / i}\n`,
    ),
  ),
  text(
    'Composer console',
    'run.log',
    `2024-01-01 10:00:00 INFO composer.trainer: start\n${rows(4, (i) => `[batch=${i}/100]:\n\t Train time/batch: ${i - 1}\n\t Train loss/train/total: ${11 / i}\n`)}`,
  ),
  text(
    'DeepSpeed-Chat console',
    'run.log',
    rows(4, (i) => `***** Evaluating perplexity, Epoch ${i}/16 *****\nppl: ${50 / i}\n`),
  ),
  text(
    'fairseq console',
    'run.log',
    rows(
      5,
      (i) =>
        `| epoch 00${i}:  ${i}0 / 100 loss=${4 / i}, nll_loss=${3 / i}, ppl=${8 / i}, wps=100, ups=1, num_updates=${i}0, lr=0.1\n`,
    ),
  ),
];

const float = (value: number) => simpleValue('loss', value);
const item = (name: string, value: string) => bytesField(1, textField(1, name), textField(16, value));
const metricsSql =
  'CREATE TABLE metrics (key TEXT, value FLOAT, timestamp BIGINT, run_uuid TEXT, step BIGINT, is_nan BOOLEAN)';

const binaries: readonly Seed[] = [
  {
    title: 'TensorBoard event file',
    path: 'events.out.tfevents.1',
    isOfRecords: true,
    bytes: joinBytes(firstRecord, ...[1, 2, 3, 4, 5].map((step) => event({ step, values: [float(4 / step)] }))),
  },
  {
    title: 'W&B run file',
    path: 'run-1.wandb',
    isOfRecords: true,
    bytes: encodeBlockLog(
      Uint8Array.of(0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0),
      [1, 2, 3, 4, 5].map((step) => bytesField(2, item('loss', String(4 / step)), item('_step', String(step)))),
    ).bytes,
  },
  {
    title: 'SwanLab backup',
    path: 'backup.swanlab',
    isOfRecords: true,
    bytes: encodeBlockLog(
      Uint8Array.of(0x3a, 0x53, 0x57, 0x4c, 0xd6, 0xe1, 1),
      [1, 2, 3, 4, 5].map((step) =>
        utf8(
          `{"model_type": "Scalar", "data": {"metric": {"index": ${step}, "data": ${4 / step}, "create_time": "2026"}, "key": "loss", "step": ${step}, "epoch": 1}}\n`,
        ),
      ),
    ).bytes,
  },
  {
    title: 'MLflow database',
    path: 'mlflow.db',
    isOfRecords: false,
    bytes: encodeSqlite([
      {
        name: 'metrics',
        sql: metricsSql,
        rows: [1, 2, 3].map((step) => ['loss', 3 / step, 1_700_000_000_000 + step, 'a', step, 0]),
      },
      {
        name: 'runs',
        sql: 'CREATE TABLE runs (run_uuid TEXT, name TEXT, start_time BIGINT)',
        rows: [['a', 'first', 1]],
      },
      { name: 'latest_metrics', sql: 'CREATE TABLE latest_metrics (key TEXT)', rows: [] },
    ]),
  },
];

const noLogs: readonly Seed[] = [
  text('No training log', 'all_results.json', '{\n "train_loss": 0.5,\n "epoch": 3\n}\n', false),
  { title: 'No training log', path: 'model.npy', bytes: utf8('\u0093NUMPY').slice(1), isOfRecords: false },
];

/** One step of samples: four of each of two prompts. */
const dumps: readonly Seed[] = [
  text(
    'rollout dump',
    'rollouts/10.jsonl',
    rows(
      8,
      (i) =>
        `{"input": "what is ${i % 2} and ${i % 2}", "output": "it is \\\\boxed{${i % 3}}", "score": ${i % 3 === 0 ? 1 : 0}.0, "step": 10}\n`,
    ),
    false,
  ),
];

export const seeds: readonly Seed[] = [
  ...dumps,
  ...records,
  ...tables,
  ...documents,
  ...consoles,
  ...binaries,
  ...noLogs,
];
