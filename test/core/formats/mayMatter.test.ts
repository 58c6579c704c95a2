import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { consoleLine } from '../../../src/core/formats/text/consoleLine.ts';
import { mayMatter } from '../../../src/core/formats/text/mayMatter.ts';
import { headingPhase } from '../../../src/core/formats/text/phase.ts';

const parts = fc.oneof(
  fc.constantFrom(
    ...[
      'step',
      'ſteps',
      'epoch',
      '12epoch: ',
      'it',
      'ep. 3',
      'Up. ',
      'batch',
      'iter',
      'gen',
      'timesteps',
      'env_',
      'global ',
    ],
    ...[
      'val',
      'Test',
      'dev',
      '训练',
      'loss',
      'LOSS',
      'ppl',
      'bleu',
      'AP50',
      'lr',
      'rew',
      'f1',
      'hit',
      'top-1',
      'acc@5',
      'kl',
    ],
    ...[
      ': ',
      '=',
      ' = ',
      ' ',
      '/',
      ' / ',
      '[',
      ']',
      '][',
      ',',
      '(',
      ')',
      '|',
      '%|',
      '| ',
      '. ',
      "'",
      '"',
      '_',
      '-',
      '#',
      '\t',
    ],
    ...['INFO ', '10:00:01 ', '[rank0]: ', 'finished. ', 'é', '损失', '━ ', 'K'],
    ...['第', ' 轮', '正解率', '：', '，', 'Verlust', 'эпоха ', '손실', '検証'],
  ),
  fc.nat(2000).map(String),
  fc.double({ noNaN: true, min: -9, max: 9 }).map((value) => value.toFixed(2)),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);

test('a line that is not to matter says nothing that a console is read for', () => {
  let idle = 0;
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 9 }), (pieces) => {
      const line = pieces.join('');
      if (mayMatter(line)) return;
      idle += 1;
      assert.equal(headingPhase(line), null);
      const found = consoleLine(line);
      if (found === null) return;
      assert.deepEqual(
        [found.counters.length, found.batch, found.phase, found.kind.isRecord],
        [0, null, null, false],
        line,
      );
    }),
    { numRuns: 30_000, seed: 2 },
  );
  assert.ok(idle > 3000, `only ${idle} were not to matter`);
});

test('what stands between the records of a console does not matter', () => {
  for (const line of [
    '2026-03-02 10:12:17,123 INFO [data.loader.py:12] rank 3: batch fetched in 0.1234s (id=3f0a)',
    'node-3:1234:5678 [3] NCCL INFO Channel 01 : 3[0] -> 4[0] via P2P',
    'Saving to out/model.bin (12.5 MB)',
  ])
    assert.equal(mayMatter(line), false, line);
  for (const line of ['val', 'step: 3', 'acc 0.5', '[3, 20]', '3/9 files', '12 | x'])
    assert.equal(mayMatter(line), true);
});
