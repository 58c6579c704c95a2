import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fairseq } from '../../../src/core/formats/fairseq.ts';
import type { RowSink, TextFormat } from '../../../src/core/formats/format.ts';
import { megatron } from '../../../src/core/formats/megatron.ts';
import { moddedNanogpt } from '../../../src/core/formats/moddedNanogpt.ts';
import { nanogpt } from '../../../src/core/formats/nanogpt.ts';
import { pythonDictConsole } from '../../../src/core/formats/pythonDictConsole.ts';
import { learnTemplate } from '../../../src/core/formats/text/learnTemplate.ts';
import { torchtune } from '../../../src/core/formats/torchtune.ts';
import { verlConsole } from '../../../src/core/formats/verlConsole.ts';
import { Table } from '../../../src/core/runs/table.ts';
import { contentOf } from '../../support/readTable.ts';
import { splitAt } from '../../support/splitAt.ts';
import { sampleOf } from './readText.ts';

/** Lines of a kind, with `N` for a number of any spelling and `I` for a count. */
const kinds: readonly { readonly format: TextFormat; readonly lines: readonly string[] }[] = [
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
const lineEnd = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\n\n');

const lineOf = (patterns: readonly string[]): fc.Arbitrary<string> =>
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

/** Each line by a parser of its own, which has no time to learn. */
function readLineByLine(format: TextFormat, text: string): Table {
  const table = new Table();
  const pieces = text.split('\n');
  pieces.forEach((piece, i) => {
    if (i === pieces.length - 1) return;
    const sink: RowSink = {
      column: (name) => table.column(name),
      describe: (column, facts) => table.describe(column, facts),
      startRun: (name) => table.startRun(name),
      budget: (budget) => table.budget(budget),
      beginRow: (at) => table.beginRow(at + i),
      number: (column, value) => table.number(column, value),
      text: (column, value) => table.text(column, value),
      endRow: () => table.endRow(),
      numberRows: (rows) => table.numberRows({ ...rows, starts: rows.starts.map((at) => at + i) }),
      problem: (problem) => table.problem(problem),
    };
    format.open(sink, sampleOf(text)).feed(new TextEncoder().encode(`${piece}\n`));
  });
  return table;
}

function readWhole(format: TextFormat, text: string, cuts: readonly number[]): Table {
  const table = new Table();
  const parser = format.open(table, sampleOf(text));
  for (const piece of splitAt(new TextEncoder().encode(text), cuts)) parser.feed(piece);
  return table;
}

for (const { format, lines } of kinds) {
  test(`${format.id}: lines that are known by their bytes are read as each is on its own`, () => {
    const log = fc.array(fc.tuple(lineOf(lines), lineEnd), { minLength: 150, maxLength: 300, size: 'max' });
    fc.assert(
      fc.property(log, fc.array(fc.nat(20_000), { maxLength: 5 }), (parts, cuts) => {
        const text = `${parts.flat().join('')}\n`;
        assert.deepEqual(contentOf(readWhole(format, text, cuts)), contentOf(readLineByLine(format, text)));
      }),
      { numRuns: 60, seed: 5 },
    );
  });
}

test('dicts that are known by their bytes are read and counted as those behind a colour, which never are', () => {
  const dicts = [
    "{'loss': N, 'grad_norm': N, 'epoch': N}",
    " N%|##   | I/900 [00:01<00:09]{'loss': 'N', 'lr': N, 'epoch': 0.I}",
    "{'eval_loss': N, 'eval_acc': N, 'epoch': I}",
    "{'loss': N, 'epoch': I} {'loss': N, 'epoch': N}",
    "{'train_runtime': N, 'epoch': I}",
    "x {'a': {'b': N}, 'loss': N, 'epoch': I} 'epoch' N",
  ];
  const log = fc.array(fc.tuple(lineOf(dicts), lineEnd), { minLength: 150, maxLength: 250, size: 'max' });
  fc.assert(
    fc.property(log, fc.array(fc.nat(20_000), { maxLength: 5 }), (parts, cuts) => {
      const [plain, coloured] = ['', '\u001b[0m'].map((colour) =>
        parts.map(([line, end]) => `${colour}${line.replaceAll('\u001b[31m', '')}${end}`).join(''),
      );
      const [one, other] = [plain, coloured].map((text) => readWhole(pythonDictConsole, `${text}\n`, cuts));
      assert.deepEqual(one && contentOf(one), other && contentOf(other));
    }),
    { numRuns: 60, seed: 6 },
  );
});

test('a line of verl that W&B may have cut loses its last number, however its like was read', () => {
  const lineOfLength = (length: number, i: number): string => {
    const line = `step:${100 + i} - a:0.5 - b:0.${'7'.repeat(i % 9)}1 - ${'x'.repeat(4000)}:2.5 - c:1.`;
    return line + '5'.repeat(length - line.length);
  };
  const text = Array.from({ length: 180 }, (_, i) => `${lineOfLength(i % 5 === 0 ? 4096 : 4090 + (i % 6), i)}\n`).join(
    '',
  );
  const table = readWhole(verlConsole, text, []);
  assert.deepEqual(contentOf(table), contentOf(readLineByLine(verlConsole, text)));
  assert.ok((table.find('c')?.rows.length ?? 0) < table.rowCount);
});

test('a number is known by its place only where nothing else of the record hangs on it', () => {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const read = (line: Uint8Array) => {
    const text = new TextDecoder().decode(line);
    const [, a = '', b = '', name = ''] = /^a=(\S+) b=(\S+) (\w+)/.exec(text) ?? [];
    const found = {
      cells: [
        ['a', Number(a)],
        ['twice b', 2 * Number(b)],
        [`of ${name}`, 1],
      ],
    } as const;
    return { found: a === '' ? null : found, textLength: text.length };
  };
  const template = learnTemplate(encode('a=5 b=7 x12 99 tail'), read);
  assert.equal(template?.read(encode('a=-6.5e3 b=7 x12 1234 tail'), 0, 26), true);
  assert.deepEqual([...(template?.values.subarray(0, 3) ?? [])], [-6500, 14, 1]);
  for (const other of [
    'a=5 b=8 x12 99 tail',
    'a=5 b=7 x13 99 tail',
    'a=5 b=7 x12 99 tails',
    'a=5 b=7 x12 99 tai',
    'a=x b=7 x12 99 tail',
  ])
    assert.equal(template?.read(encode(other), 0, other.length), false, other);
  assert.equal(learnTemplate(encode('nothing'), read), null);
});
