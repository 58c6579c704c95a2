import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ConsoleLine, consoleLine } from '../../../src/core/formats/text/consoleLine.ts';
import { LineShapes, lineShapes } from '../../../src/core/formats/text/lineShapes.ts';
import { stripAnsi } from '../../../src/core/formats/text/stripAnsi.ts';

type Line = (numbers: readonly number[], text: string) => string;

const lines: readonly Line[] = [
  ([a, b, c]) => `2025-01-02 10:00:00,123 - train - INFO - Epoch ${a}/${b} | loss: ${c} | acc@5 ${b}.5%`,
  ([a, b, c]) => `Epoch: [${a}][ ${b}/${c}]\tTime  0.5 ( 0.6)\tLoss ${b}.25e-02 (1.0)\tTop-${a} ${c}.5`,
  ([a, b, c]) => `Train: 50%|${'#'.repeat((a ?? 0) % 9)}   | ${b}/${c} [00:0${(a ?? 0) % 9}<00:09, loss=-${a}.${b}]`,
  ([a, b]) => `step:${a}K smpl:${b}K loss:nan lr(1e-${a}):0.${b}`,
  ([a, b, c]) => `[${a}, ${b}] loss_${a}: 0.${b} reward=${c},${100 + ((b ?? 0) % 900)} BLEU-${a} ${c}`,
  ([a, b], text) => `${text} ${a}: step ${b} ${text} = ${a}.${b}`,
];

const shown = (found: ConsoleLine | null): unknown =>
  found === null
    ? null
    : {
        counters: found.counters.map(({ name, at, of }) => [name, at, of]),
        batch: found.batch === null ? null : [found.batch.at, found.batch.of],
        values: found.values,
        phase: found.phase,
      };

test('a line that differs from an earlier one in its numbers reads as it would alone', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.nat(lines.length - 1), fc.array(fc.nat(30_000), { minLength: 3, maxLength: 3 }), fc.string()),
        { minLength: 2, maxLength: 60 },
      ),
      (picked) => {
        const read = lineShapes();
        for (const [which, numbers, text] of picked) {
          const line = lines[which]?.(numbers, text) ?? '';
          assert.deepEqual(shown(read(line)), shown(consoleLine(line)), line);
        }
      },
    ),
    { numRuns: 300, seed: 3 },
  );
});

test('names that differ in a number stay apart', () => {
  const read = lineShapes();
  const names = ['step 1 acc(1): 0.5', 'step 2 acc(5): 0.6', 'step 3 top5: 0.7', 'step 4 top1: 0.8'].map(
    (line) => read(line)?.values[0]?.[0],
  );
  assert.deepEqual(names, ['acc(1)', 'acc(5)', 'top5', 'top1']);
});

const numbers = fc.oneof(
  { weight: 8, arbitrary: fc.nat(30_000).map(String) },
  { weight: 8, arbitrary: fc.double({ noNaN: true }).map(String) },
  fc.constantFrom(
    '1,234.5',
    'nan',
    '-inf',
    '5.',
    '.25',
    '1e-05',
    '3K',
    '12%',
    '007',
    '4/3',
    '3/4',
    '1.5.2',
    '-7',
    '٣',
    '12:30:01',
  ),
);
const kinds = [
  '2025-01-02 10:00:00,123 - train - INFO - Epoch N | loss: N | acc@5 N',
  '\u001b[32mINFO\u001b[0m step N: loss = N\u001b[1;31m reward=N\u001b[0m',
  ' N%|#####B    | N/N [00:09<00:01, loss=N]',
  'N%|50%|██B  | N/90 acc: N',
  'step:N loss:N 损失 N é=N \ud800 \u0000N \u0001',
  '[N, N] loss_1: N id=3f0aN',
  'N\u001b]0;title\u0007 \u001bM loss: N \u001b[',
  'Validation N:',
];
const line = fc
  .tuple(fc.constantFrom(...kinds), fc.infiniteStream(numbers), fc.nat(8))
  .map(([kind, found, blocks]) =>
    kind.replace(/N/g, () => String(found.next().value)).replace('B', '█▏▎▍▌▋▊▉'.repeat(2).slice(0, blocks)),
  );

test('a line that is known by its bytes reads as its text does', () => {
  let known = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 60, maxLength: 120, size: 'max' }), (lines) => {
      const shapes = new LineShapes((text) => text);
      for (const [i, one] of [...lines, ...lines].entries()) {
        const bytes = new TextEncoder().encode(`${'x'.repeat(i % 3)}${one}\n`);
        const text = stripAnsi(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(i % 3, -1)));
        const byBytes = shapes.readBytes(bytes, i % 3, bytes.length - 1);
        const alone = shown(consoleLine(text.replace(/(?<=\d)%\|[█▏▎▍▌▋▊▉#\d ]*\|(?= *\d+\/\d)/, '%||')));
        if (byBytes !== null) known += 1;
        if (byBytes !== null) assert.deepEqual(shown(byBytes.found), alone, text);
        assert.deepEqual(shown(shapes.read(text)), alone, text);
      }
    }),
    { numRuns: 60, seed: 4 },
  );
  assert.ok(known > 3000, `only ${known} were known`);
});

test('a place past its end in one line does not hide the places of the lines that are alike', () => {
  const read = lineShapes();
  for (const text of ['7/5 [00:01', '9/5 [00:02', '8/5 [00:03']) assert.equal(read(` 50%|## | ${text}, 2it/s]`), null);
  assert.equal(read(' 50%|## | 2/5 [00:04, 2it/s]')?.batch?.at, 2);
});
