import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ConsoleLine, consoleLine } from '../../../src/core/formats/text/consoleLine.ts';
import { lineShapes } from '../../../src/core/formats/text/lineShapes.ts';

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
