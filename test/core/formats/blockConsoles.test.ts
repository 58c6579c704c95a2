import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boxTable } from '../../../src/core/formats/boxTable.ts';
import { caffe } from '../../../src/core/formats/caffe.ts';
import { composer } from '../../../src/core/formats/composer.ts';
import { deepspeedChat } from '../../../src/core/formats/deepspeedChat.ts';
import { fairseq } from '../../../src/core/formats/fairseq.ts';
import type { TextFormat } from '../../../src/core/formats/format.ts';
import { textTable } from '../../../src/core/formats/textTable.ts';
import { ultralyticsConsole } from '../../../src/core/formats/ultralyticsConsole.ts';
import { cellsOf, readText, sampleOf } from './readText.ts';

interface Example {
  readonly format: TextFormat;
  readonly text: string;
  readonly columns: Readonly<Record<string, readonly number[]>>;
}

const examples: readonly Example[] = [
  {
    format: ultralyticsConsole,
    text:
      '      Epoch    GPU_mem   box_loss   cls_loss  Instances       Size\n' +
      '\u001b[K       1/3      2.06G      1.851      2.655         52        768: 50% ━━── 1/2 2.6it/s\r' +
      '\u001b[K       1/3      2.06G      1.75      2.5         52        768: 100% ━━━━ 2/2 2.6it/s\n' +
      '                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): 100% ━━━━ 1/1\n' +
      '                   all         17         91      0.5      0.25      0.375      0.125\n' +
      '                   all         40         99      0.9      0.9      0.9      0.9\n' +
      '       2/3      2.06G      1.5      2.25         52        768: 100% ━━━━ 2/2 2.6it/s\n' +
      '       3/3      2.06G      9.5      9.25         52        768: 50% ━━── 1/2 2.6it/s\n',
    columns: { epoch: [1, 2], box_loss: [1.75, 1.5], cls_loss: [2.5, 2.25], P: [0.5], 'mAP50-95': [0.125] },
  },
  {
    format: boxTable,
    text:
      'Training...\n------------------------\n| epoch     | 0        |\n| test/rate | 0.25     |\n------------------------\nNew best\n' +
      '------------------------\n|     epoch |        1 |\n| test/rate |      nan |\n------------------------\n| torn | 1',
    columns: { epoch: [0, 1], 'test/rate': [0.25, Number.NaN] },
  },
  {
    format: boxTable,
    text:
      '2025-11-12T20:32:41Z StatsLogger INFO: Epoch 1/5 Step 1/9 Train step 1/45 done.\n2025-11-12T20:32:41Z ╒════╤════╤════╤════╕\n' +
      '2025-11-12T20:32:41Z │ reward/avg │ 1.5e-01 │ kl │ -2.0 │\n2025-11-12T20:32:41Z ├────┼────┼────┼────┤\n' +
      '2025-11-12T20:32:41Z │ entropy │ 3.5 │    │    │\nStatsLogger INFO: Epoch 1/5 Step 2/9 Train step 2/45 done.\n│ reward/avg │ 0.25 │\n',
    columns: { 'Train step': [1, 2], 'reward/avg': [0.15, 0.25], kl: [-2], entropy: [3.5] },
  },
  {
    format: boxTable,
    text: [0, 1]
      .map(
        (i) =>
          `Step ${i} took 3.1s\n┏━━━━━━━━━━━━━━┳━━━━━━━━┓\n┃ Metric       ┃ Value  ┃\n┡━━━━━━━━━━━━━━╇━━━━━━━━┩\n` +
          `│ progress/step │ ${i} │\n│ reward/total │ 0.${5 + i} │\n│ note │ none │\n└──────────────┴────────┘\n`,
      )
      .join(''),
    columns: { 'progress/step': [0, 1], 'reward/total': [0.5, 0.6] },
  },
  {
    format: fairseq,
    text:
      '2021-03-08 12:31:36 | INFO | train_inner | epoch 001:    100 / 200 loss=9.5, ppl=40.5, num_updates=100, lr=0.5\n' +
      "2021-03-08 12:31:36 | INFO | valid | epoch 001 | valid on 'valid' subset | loss 8.5 | ppl 18.5 | num_updates 200\n" +
      '2021-03-08 12:31:36 | INFO | train | epoch 001 | loss 9.25 | ppl 40 | num_updates 200 | lr 0.25\n',
    columns: { num_updates: [100, 200, 200], loss: [9.5], valid_loss: [8.5], train_loss: [9.25] },
  },
  {
    format: textTable,
    text:
      'epoch     train_loss  valid_loss  time    \n0         0.5         0.75        00:10\nBetter model found at epoch 0 with valid_loss value: 0.75.\n' +
      '1         0.25        nan         00:11\n2         0.125       0.5         00:12\nDone in 3 steps\n',
    columns: { epoch: [0, 1, 2], train_loss: [0.5, 0.25, 0.125], valid_loss: [0.75, Number.NaN, 0.5] },
  },
  {
    format: textTable,
    text: '┏━━━━━━━┳━━━━━━┓\n┃ Epoch ┃ Loss ┃\n┡━━━━━━━╇━━━━━━┩\n│ 1     │ 0.5  │\n├───────┼──────┤\n│ 2     │ 0.25 │\n│ 3     │ 0.2  │\n└───────┴──────┘\n',
    columns: { Epoch: [1, 2, 3], Loss: [0.5, 0.25, 0.2] },
  },
  {
    format: textTable,
    text: 'Step\tTraining Loss\treward\n1\t0.000000\tNo Log\n2\t0.500000\t0.25\n3\t0.250000\t0.5\nreward\t▁▂▃\nlr\t5\n4\t9\t9',
    columns: { Step: [1, 2, 3], 'Training Loss': [0, 0.5, 0.25], reward: [0.25, 0.5] },
  },
  {
    format: textTable,
    text:
      '# Model\n| Training Loss | Epoch | Step | Wer |\n|:-------------:|:-----:|:----:|:---:|\n| No log | 1.0 | 10 | 61.5 |\n' +
      '| 1.5 | 2.0 | 20 | 53.25 |\n| 1.25 | 3.0 | 30 | 50 |\n\n### Versions\n| a | b |\n',
    columns: { Step: [10, 20, 30], 'Training Loss': [1.5, 1.25], Wer: [61.5, 53.25, 50] },
  },
  {
    format: composer,
    text:
      '2024-01-01 10:00:00 INFO composer.trainer: start\n[batch=1/100]:\n\t Train time/batch: 0\n\t Train loss/train/total: 11.5\n' +
      '[batch=2/100]:\n\t Train loss/train/total: 10.25\n\t Train time/token: 4096\n[batch=3/100]:\n\t Train loss/tr',
    columns: { batch: [1, 2], 'loss/train/total': [11.5, 10.25], 'time/token': [4096] },
  },
  {
    format: caffe,
    text:
      'I0728 17:33:33.1 182 solver.cpp:87] Iteration 0, Testing net\nI0728 17:33:33.2 182 solver.cpp:141] Test score #0: 0.001\n' +
      'I0728 17:33:35.1 182 solver.cpp:87] Iteration 20, lr = 0.01\nI0728 17:33:35.2 182 solver.cpp:87] Iteration 20, loss = 6.9\n' +
      'I0728 17:33:36.2 182 solver.cpp:87] Iteration 40, loss = nan\n',
    columns: { Iteration: [0, 20, 40], 'Test score #0': [0.001], loss: [6.9, Number.NaN] },
  },
  {
    format: deepspeedChat,
    text:
      '***** Evaluating perplexity, Epoch 0/16 *****\nppl: 4998.5\n***** Evaluating perplexity, Epoch 1/16 *****\n' +
      '[2023-04-18] OVERFLOW! Rank 0 Skipping step.\nppl: 2.5\n',
    columns: { epoch: [0, 1], ppl: [4998.5, 2.5] },
  },
  {
    format: deepspeedChat,
    text:
      'epoch: 0|step: 0|ppo_ep: 1|act_loss: -0.5|cri_loss: 0.25|unsuper_loss: 0.0\naverage reward score: 4.5\n---\n' +
      'epoch: 0|step: 1|ppo_ep: 1|act_loss: 0.5|cri_loss: 0.125|unsuper_loss: 0.0\naverage reward score: 4.75\n',
    columns: { step: [0, 1], act_loss: [-0.5, 0.5], 'average reward score': [4.5, 4.75] },
  },
  {
    format: fairseq,
    text:
      '[2022-04-08 18:48:05,372][train_inner][INFO] - {"epoch": 1, "update": 0.5, "loss": "9.25", "num_updates": "200"}\n' +
      '[2022-04-08 18:58:05,372][train][INFO] - {"epoch": 1, "train_loss": "9.5", "train_num_updates": "400"}\n',
    columns: { num_updates: [200, 400], loss: [9.25], train_loss: [9.5] },
  },
  {
    format: fairseq,
    text:
      "| epoch 004 | valid on 'valid' subset  1000 / 1311 loss=3.24\n| epoch 004 | valid on 'valid' subset | valid loss 3.69 | valid ppl 12.94\n" +
      '| epoch 005  1000 / 2000 loss=2.17 (3.20), wps=959, clip=100%, gnorm=2.7\n| epoch 005 | train loss 2.92 | s/checkpoint 7748 |\n',
    columns: { update: [4, 4.5, 5], loss: [2.17], 'valid loss': [3.69], 'train loss': [2.92], gnorm: [2.7] },
  },
];

for (const { format, text, columns } of examples) {
  const title = `${format.id} (${Object.keys(columns)[0]})`;

  test(`${title}: it is recognised, and each record is one row`, () => {
    assert.notEqual(format.sniff(sampleOf(text)), null);
    const table = readText(format, text);
    for (const [name, values] of Object.entries(columns)) {
      assert.deepEqual([...(table.find(name)?.values.view() ?? [])], values, name);
    }
  });

  test(`${title}: any split gives the same cells, and any cut is read without an error`, () => {
    const whole = cellsOf(readText(format, text));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 8 }), (cuts) => {
        assert.deepEqual(cellsOf(readText(format, text, cuts)), whole);
      }),
      { numRuns: 100, seed: 1 },
    );
    for (let end = 0; end <= text.length; end++) readText(format, text.slice(0, end));
  });
}
