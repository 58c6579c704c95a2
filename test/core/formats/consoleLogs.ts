import fc from 'fast-check';
import { fairseq } from '../../../src/core/formats/fairseq.ts';
import type { TextFormat } from '../../../src/core/formats/format.ts';
import { megatron } from '../../../src/core/formats/megatron.ts';
import { moddedNanogpt } from '../../../src/core/formats/moddedNanogpt.ts';
import { nanogpt } from '../../../src/core/formats/nanogpt.ts';
import { torchtune } from '../../../src/core/formats/torchtune.ts';
import { verlConsole } from '../../../src/core/formats/verlConsole.ts';

/** Lines of a kind, with `N` for a number of any spelling and `I` for a count. */
export const consoleKinds: readonly { readonly format: TextFormat; readonly lines: readonly string[] }[] = [
  {
    format: verlConsole,
    lines: [
      '\u001b[36m(TaskRunner pid=31)\u001b[0m step:I - actor/loss:N - val-core/mean@16:N - lr:N',
      'step:I - actor/loss:N - timing_s/step:N',
      'step:I - actor/loss:np.float64(N) - a:b:N [repeated Ix across cluster]',
      'per step:I - step: N step:N',
      '损失 ✓ step:I - 损失:N - x:N',
    ],
  },
  {
    format: torchtune,
    lines: ['Step I | loss:N lr:N tokens_per_second:N', '2025-01-02 10:00:0I INFO - Step I | loss:N lr:N'],
  },
  {
    format: nanogpt,
    lines: [
      'iter I: loss N, time Nms, mfu N%',
      'step I: train loss N, val loss N',
      '[train] iter I: loss N, time I.Ims',
    ],
  },
  { format: moddedNanogpt, lines: ['step:I/I val_loss:N train_time:Nms step_avg:Nms', 'step:I/900 loss:N grad:N'] },
  {
    format: megatron,
    lines: [
      ' iteration       I/     900 | consumed samples:    I | lm loss: N | grad norm: N |',
      '1: iteration I/ I | loss: N | elapsed (ms): N',
      'valid loss at iteration I | lm loss value: N | ppl: N |',
    ],
  },
  {
    format: fairseq,
    lines: [
      '[2022-04-08 18:48:05,I][train_inner][INFO] - {"epoch": I, "update": N, "loss": "N", "num_updates": "I"}',
      '| epoch I | loss N | ppl N | num_updates I',
      '| epoch I:   I / 90 loss=N, ppl=N',
    ],
  },
];

const common = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer({ min: -99, max: 99_999 }).map((n) => String(n / 1000)),
  fc.nat(9999).map(String),
);
const number = fc.oneof(
  { weight: 9, arbitrary: common },
  fc.constantFrom(
    'nan',
    '-inf',
    '1,099',
    '50K',
    '5.',
    '.5',
    '--5',
    '+3',
    '-.5e-3',
    '1e',
    '1e5e5',
    '',
    '-',
    '0x1f',
    '1 - 2',
    '5%',
    '007',
    '-0',
    '1.2.3',
    '9:10',
    ' 5',
    '1e400',
    '3\u001b[0m',
    '\u001b[31m3',
    '٣',
    'é',
  ),
);
const count = fc.oneof(
  { weight: 9, arbitrary: fc.nat(999).map(String) },
  fc.constantFrom('', '-3', '1e3', '12.5', '10000000', '00', '0'),
);
export const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\n\n');

/** A line after one of some patterns; a few are torn. */
export const lineOf = (patterns: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...patterns), fc.infiniteStream(number), fc.infiniteStream(count), fc.nat(40), fc.nat(300))
    .map(([pattern, numbers, counts, wounds, at]) => {
      const line = pattern.replace(/N|I(?![A-Z])/g, (letter) =>
        String((letter === 'N' ? numbers : counts).next().value),
      );
      // A few lines are torn in the middle, or have a sign too many.
      if (wounds === 0) return line.slice(0, at % (line.length + 1));
      return wounds === 1 ? `${line.slice(0, at % line.length)} ${line.slice(at % line.length)}` : line;
    });

/** The same of dicts of Python. */
export const dictLines: readonly string[] = [
  "{'loss': N, 'grad_norm': N, 'epoch': N}",
  " N%|##   | I/900 [00:01<00:09]{'loss': 'N', 'lr': N, 'epoch': 0.I}",
  "{'eval_loss': N, 'eval_acc': N, 'epoch': I}",
  "{'loss': N, 'epoch': I} {'loss': N, 'epoch': N}",
  "{'train_runtime': N, 'epoch': I}",
  "x {'a': {'b': N}, 'loss': N, 'epoch': I} 'epoch' N",
];
