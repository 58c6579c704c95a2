import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyValueConsole } from '../../../src/core/formats/keyValueConsole.ts';
import { buildRuns } from '../../../src/core/runs/buildRuns.ts';
import { readText, sampleOf } from './readText.ts';

const range = (n: number, from = 1): number[] => Array.from({ length: n }, (_, i) => from + i);

interface Console {
  readonly title: string;
  readonly text: string;
  /** `x: x=y x=y …` of the newest run, by series. */
  readonly series: Readonly<Record<string, string>>;
  readonly absent?: readonly string[];
}

const consoles: readonly Console[] = [
  {
    title: 'epoch and batch in brackets, now and average',
    text: range(2, 0)
      .flatMap((e) => [0, 50].map((i) => `Epoch: [${e}][${i}]\tTime 0.6 (0.7)\tLoss ${4 - e}.${i} (9.9)\tLr: 0.1\n`))
      .join(''),
    series: { Loss: 'epoch: 0=4 0.5=4.5 1=3 1.5=3.5', Lr: 'epoch: 0=0.1 0.5=0.1 1=0.1 1.5=0.1' },
  },
  {
    title: 'epochs that count from 1 are done at their number, as their evaluation is',
    text: range(2)
      .map(
        (e) =>
          `Train Epoch: ${e} [320/640 (50%)]\tLoss: ${4 / e}\nTrain Epoch: ${e} [640/640 (100%)]\tLoss: ${2 / e}\n` +
          `\nTest set: Average loss: ${1 / e}, Accuracy: 9${e}/100 (9${e}%)\n\n`,
      )
      .join(''),
    series: { Loss: 'epoch: 0.5=4 1=2 1.5=2 2=1', 'Test Average loss': 'epoch: 1=1 2=0.5' },
  },
  {
    title: 'places without names',
    text: range(2)
      .flatMap((e) => [2000, 4000].map((i) => `[${e},  ${i}] loss: ${(i / 1000) * e}\n`))
      .join(''),
    series: { loss: 'epoch: 0.5=2 1=4 1.5=4 2=8' },
  },
  {
    title: 'one epoch only: the place in it counts',
    text: range(4)
      .map((i) => `Epoch:[1/1](${i * 10}/400), loss: 0.${i}, epoch_time: 9.0min\n`)
      .join(''),
    series: { loss: 'batch: 10=0.1 20=0.2 30=0.3 40=0.4' },
  },
  {
    title: 'many records under one epoch and no place: their own count',
    text: range(2)
      .map(
        (e) =>
          `${range(4)
            .map((i) => `Epoch ${e} - Batch loss: ${i / e}\n`)
            .join('')}Epoch ${e} - Mean Loss: ${e}\n`,
      )
      .join(''),
    series: { 'Batch loss': 'row: 1=1 2=2 3=3 4=4 5=0.5 6=1 7=1.5 8=2', 'Mean Loss': 'epoch: 1=1 2=2' },
  },
  {
    title: 'a name twice in one line belongs to the part that the name before it says',
    text: range(3)
      .map((e) => `Epoch ${e} | Train Loss: 9.${e} | Token Acc: 0.${e} | Val Loss: 8.${e} | Token Acc: 0.5${e}\n`)
      .join(''),
    series: { 'Token Acc': 'epoch: 1=0.1 2=0.2 3=0.3', 'Val Token Acc': 'epoch: 1=0.51 2=0.52 3=0.53' },
  },
  {
    title: 'parts of the run in lines of their own',
    text: range(3)
      .map((e) => `Epoch ${e}/3\n-----\ntrain Loss: 0.${e} Acc: 0.1\nval Loss: 0.9${e} Acc: 0.2${e}\n`)
      .join(''),
    series: { 'train Loss': 'epoch: 1=0.1 2=0.2 3=0.3', 'val Acc': 'epoch: 1=0.21 2=0.22 3=0.23' },
  },
  {
    title: 'a heading names the part of the run below it',
    text: range(3)
      .map(
        (e) =>
          `Epoch ${e}\nloss: 0.${e}  [   64/60000]\nloss: 0.0${e}  [ 6464/60000]\nTest Error: \n Accuracy: 5${e}.0%\n`,
      )
      .join(''),
    series: { 'Test Accuracy': 'epoch: 1=51 2=52 3=53' },
  },
  {
    title: 'of an evaluation only its end is a point',
    text: range(3, 0)
      .map(
        (e) =>
          `Epoch: [${e}][ 0/50]\tLoss 3.${e}\nEpoch: [${e}][25/50]\tLoss 2.${e}\n` +
          `Test: [ 0/20]\tAcc@1 1.0\nTest: [10/20]\tAcc@1 2.0\n *   Acc@1 7${e}.5\n`,
      )
      .join(''),
    series: { 'Test Acc@1': 'epoch: 1=70.5 2=71.5 3=72.5' },
  },
  {
    title: 'no counter at all: the order of the records',
    text: range(4)
      .map((i) => `precision: 0.${i}, recall: 0.5, fscore: 0.${i + 1} ||\n`)
      .join(''),
    series: { precision: 'row: 1=0.1 2=0.2 3=0.3 4=0.4' },
  },
  {
    title: 'bars above the line that names their epoch',
    text: range(3)
      .map(
        (e) =>
          `Train:  50%|##  | 1/2 [00:01<00:01, loss=2.${e}]\rTrain: 100%|####| 2/2 [00:02<00:00, loss=1.${e}]\r\n` +
          `[Epoch 0${e}/3] lr=1e-3\n  ├─ val: Loss=0.${e}\n`,
      )
      .join(''),
    series: { loss: 'epoch: 0.5=2.1 1=1.1 1.5=2.2 2=1.2 2.5=2.3 3=1.3', 'val Loss': 'epoch: 1=0.1 2=0.2 3=0.3' },
  },
  {
    title: 'bars without any epoch: each that begins is one more',
    text: range(3)
      .map((e) => `50%|##  | 1/2 [00:01<00:01, loss=2.${e}]\r100%|####| 2/2 [00:02<00:00, loss=1.${e}]\n`)
      .join(''),
    series: { loss: 'epoch: 0.5=2.1 1=1.1 1.5=2.2 2=1.2 2.5=2.3 3=1.3' },
    absent: ['epoch'],
  },
  {
    title: 'one bar only: the place in it counts, and nothing else is made of it',
    text: range(4)
      .map((i) => `Training: ${i * 25}%|#${' '.repeat(4 - i)}| ${i * 10}/40 [00:0${i}<00:0${4 - i}, Loss=0.${i}]\r`)
      .join(''),
    series: { Loss: 'batch: 10=0.1 20=0.2 30=0.3 40=0.4' },
    absent: ['epoch'],
  },
  {
    title: 'epoch and batch in a line above the numbers',
    text: range(2, 0)
      .flatMap((e) => [10, 20].map((i) => `Epoch: [${e}][${i}/20]\nlr: 0.01\nloss: ${e + 1}.${i}\n`))
      .join(''),
    series: { loss: 'epoch: 0.5=1.1 1=1.2 1.5=2.1 2=2.2' },
  },
  {
    title: 'what an epoch came to is another series than what stood inside of it',
    text: range(3, 0)
      .map(
        (e) =>
          `Epoch: [${e}]  [ 0/100]  loss: 3.${e} (3.5)  max mem: 500\nEpoch: [${e}]  [50/100]  loss: 2.${e} (3.1)  max mem: 500\n` +
          `Averaged stats: loss: 2.5${e} (2.9)\nTest:  [ 0/50]  loss: 9.0 (9.0)\nTest:  [49/50]  loss: 8.0 (8.5)\nAveraged stats: loss: 1.${e} (1.5)\n`,
      )
      .join(''),
    series: {
      loss: 'epoch: 0=3 0.5=2 1=3.1 1.5=2.1 2=3.2 2.5=2.2',
      'Averaged stats loss': 'epoch: 1=2.5 2=2.51 3=2.52',
      'Test loss': 'epoch: 1=1 2=1.1 3=1.2',
    },
  },
  {
    title: 'numbers in brackets behind the name of their group',
    text: range(3)
      .map(
        (i) =>
          `INFO [train.py:903] (0/4) Epoch 1, batch ${i}0, loss[loss=0.${i}, over 50 frames. ], tot_loss[loss=1.${i}, over 90 frames. ]\n`,
      )
      .join(''),
    series: { loss: 'batch: 10=0.1 20=0.2 30=0.3', 'tot_loss loss': 'batch: 10=1.1 20=1.2 30=1.3' },
  },
  {
    title: 'the epoch before its word, parts of the run in brackets',
    text: range(3)
      .map(
        (e) =>
          `(trainer:338) INFO: ${e}epoch results: [train] loss=0.${e}, acc=0.5${e}, [valid] loss=1.${e}, acc=0.4${e}\n`,
      )
      .join(''),
    series: { loss: 'epoch: 1=0.1 2=0.2 3=0.3', 'valid acc': 'epoch: 1=0.41 2=0.42 3=0.43' },
  },
  {
    title: 'a console in Chinese, the epoch around its number and wide signs',
    text: range(3)
      .map((i) => `2026-06-30 16:42:32 | INFO | 第 ${i} 轮：训练损失：0.${i}，验证准确率：0.5${i}\n`)
      .join(''),
    series: { 训练损失: 'epoch: 1=0.1 2=0.2 3=0.3', 验证准确率: 'epoch: 1=0.51 2=0.52 3=0.53' },
  },
  {
    title: 'counters in other languages',
    text: ['エポック', '에포크', 'эпоха', 'Époque', '轮次']
      .map((word, i) => `${word} ${i + 1}/9 - loss: 0.${i + 1}\n`)
      .join(''),
    series: { loss: 'epoch: 1=0.1 2=0.2 3=0.3 4=0.4 5=0.5' },
  },
  {
    title: 'counters that are written short',
    text: range(3)
      .map((u) => `[2020-01-01 10:00:00] Ep. 1 : Up. ${u}000 : Sen. 100,000 : Cost 9.${u} : Time 10.5s\n`)
      .join(''),
    series: { Cost: 'update: 1000=9.1 2000=9.2 3000=9.3' },
  },
  {
    title: 'a comma behind a counter is none of its digits',
    text: range(6)
      .map((i) => `17:45:0${i} [INFO] [Rank 0] completed step: ${i}, loss: 1.${i}, tokens_per_second: 4,972.00\n`)
      .join(''),
    series: {
      loss: 'step: 1=1.1 2=1.2 3=1.3 4=1.4 5=1.5 6=1.6',
      tokens_per_second: 'step: 1=4972 2=4972 3=4972 4=4972 5=4972 6=4972',
    },
  },
  {
    title: 'a dict of Python behind a counter, brackets and tensors around numbers',
    text: range(3)
      .map(
        (i) =>
          `INFO:run:step ${i}: {'loss': tensor(0.${i}, device='cuda:0'), 'reward/all': np.float64(1.${i})} lr=[1e-4]\n`,
      )
      .join(''),
    series: { loss: 'step: 1=0.1 2=0.2 3=0.3', 'reward/all': 'step: 1=1.1 2=1.2 3=1.3' },
  },
  {
    title: 'names that no known metric has, under a counter that rises',
    text: range(6)
      .map((i) => `(epoch: 1, iters: ${i}00, time: 0.1, data: 0.2) G_GAN: 0.${i} D_real: 1.${i} \n`)
      .join(''),
    series: { G_GAN: 'iters: 100=0.1 200=0.2 300=0.3 400=0.4 500=0.5 600=0.6' },
  },
  {
    title: 'neither settings that are printed twice nor what is said at the end is a point',
    text: `LOSS_WEIGHT: 1.0\nLOSS_WEIGHT: 1.0\n${range(5)
      .map((i) => `step ${i * 10} loss ${5 / i}\n`)
      .join('')}Best step 10 with loss 5\nBest loss: 1.0\n`,
    series: { loss: `step: 10=5 20=2.5 30=${5 / 3} 40=1.25 50=1` },
    absent: ['LOSS_WEIGHT'],
  },
  {
    title: 'a record glued to a message goes on with the names that repeat',
    text: `${range(5)
      .map((i) => `step ${i} loss 0.${i}, acc 0.5\n`)
      .join('')}step 6 loss 0.6, acc 0.5[rank: 2] Received SIGTERM: 15\n`,
    series: { loss: 'step: 1=0.1 2=0.2 3=0.3 4=0.4 5=0.5 6=0.6' },
    absent: ['Received SIGTERM', 'rank'],
  },
  {
    title: 'steps beside an episode are its length',
    text: range(9)
      .map((i) => `Episode ${i} | Reward: ${i}.5 | Steps: ${100 + i}\n`)
      .join(''),
    series: {
      Reward: `episode: ${range(9)
        .map((i) => `${i}=${i}.5`)
        .join(' ')}`,
    },
  },
  {
    title: 'results printed to be copied, under the iteration above them',
    text: range(3)
      .map(
        (i) =>
          `[11/18 18:14:0${i}] d2.utils.events INFO:  eta: 1:00:00  iter: ${i}9  total_loss: 0.${i}  lr: 0.02\n` +
          `[11/18 18:14:0${i}] d2.evaluation.testing INFO: copypaste: Task: bbox\n` +
          `[11/18 18:14:0${i}] d2.evaluation.testing INFO: copypaste: AP,AP50,APs\n` +
          `[11/18 18:14:0${i}] d2.evaluation.testing INFO: copypaste: 1${i}.5,23.2,nan\n`,
      )
      .join(''),
    series: { total_loss: 'iter: 19=0.1 29=0.2 39=0.3', 'bbox/AP': 'iter: 19=11.5 29=12.5 39=13.5' },
  },
  {
    title: 'steps rounded to thousands: the epoch tells its points apart',
    text: range(9)
      .map((i) => `INFO step:${1 + Math.floor(i / 5)}K smpl:32K epch:${i}.50 loss:0.${i}\n`)
      .join(''),
    series: {
      loss: `epch: ${range(9)
        .map((i) => `${i}.5=0.${i}`)
        .join(' ')}`,
    },
  },
];

for (const { title, text, series, absent = [] } of consoles) {
  test(`key-value-console: ${title}`, () => {
    assert.ok(keyValueConsole.sniff(sampleOf(text)) !== null);
    const run = buildRuns(readText(keyValueConsole, text), {}).at(-1);
    for (const [name, points] of Object.entries(series)) {
      const found = run?.series.find((one) => one.name === name);
      assert.ok(found !== undefined, `no ${name} among ${run?.series.map((one) => one.name).join(', ')}`);
      assert.equal(`${found.xName}: ${Array.from(found.x, (x, i) => `${x}=${found.y[i]}`).join(' ')}`, points);
    }
    for (const name of absent) assert.ok(!run?.series.some((one) => one.name === name), `${name} is no series`);
  });
}

test('key-value-console: lines that the sample did not show are read from their first one on', () => {
  const head = range(9).map((i) => `step ${i} loss 0.${i}\n`);
  const later = range(3).map((i) => `step ${9 + i} loss 0.0${i}\nstep ${9 + i} eval: accuracy=0.${i}\n`);
  const sample = sampleOf(head.join(''));
  const table = readText(
    { ...keyValueConsole, open: (sink) => keyValueConsole.open(sink, sample) },
    [...head, ...later].join(''),
  );
  const found = buildRuns(table, {})[0]?.series.find(({ name }) => name === 'eval accuracy');
  assert.deepEqual(Array.from(found?.x ?? []), [10, 11, 12]);
});

test('key-value-console: steps that start over in each epoch are not what is planned', () => {
  const text = range(3)
    .map((e) => `Epoch ${e}/30\nEpoch ${e}, Step 0/150, Loss: 1.0${e}\nEpoch ${e}, Step 100/150, Loss: 0.9${e}\n`)
    .join('');
  const run = buildRuns(readText(keyValueConsole, text), {})[0];
  assert.deepEqual([run?.xName, run?.budget?.x, run?.budget?.unit], ['epoch', 30, 'epoch']);
});
