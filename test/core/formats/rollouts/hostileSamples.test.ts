import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Parser } from '../../../../src/core/formats/format.ts';
import type { DumpSink } from '../../../../src/core/formats/rollouts/dump.ts';
import { GenerationsLog } from '../../../../src/core/formats/rollouts/generationsLog.ts';
import { recogniseDump } from '../../../../src/core/formats/rollouts/recogniseDump.ts';
import { SampleLines } from '../../../../src/core/formats/rollouts/sampleLines.ts';
import { decodedText } from '../../../../src/core/formats/text/decodedText.ts';
import type { StepResult } from '../../../../src/core/rollouts/stepResult.ts';

const encoder = new TextEncoder();
const lines = [
  '{"input": "a\\"b", "output": "\\\\boxed{1{2}", "score": 1.0, "step": 3, "pred": null, "data_source": "x"}',
  '{"content": [["Why?", "So \\\\boxed{7}."]], "rewards": [0.5], "generation_logprobs": [[0, -1e-3, null, "x"]], "token_loss_mask": [[0, 1]], "idx": 1}',
  '{"messages": [{"role": "user", "content": [{"type": "text", "text": "Hm"}]}, {"role": "assistant", "content": "x"}], "reward": true, "uid": 7, "mean_logprob": -0.2, "response_length": "12"}',
];
const json = encoder.encode(`${lines.join('\n')}\n`);
const text = encoder.encode(
  '[prompt] a\n[output] \\boxed{1\n}\n[ground_truth] 1\n[score] 1\n\n[prompt] a\n[output] x\n[ground_truth] 1\n[score] nan\n\n',
);

function results(open: (sink: DumpSink) => Parser, pieces: readonly Uint8Array[]): readonly StepResult[] {
  const found: StepResult[] = [];
  const parser = open({ result: (result) => found.push(result), problem() {} });
  for (const piece of pieces) parser.feed(piece);
  parser.finish();
  return found;
}

test('bytes that were damaged anywhere are read without an error, and give numbers only', () => {
  for (const [whole, open] of [
    [json, (sink: DumpSink) => new SampleLines(sink, 5)],
    [text, (sink: DumpSink) => decodedText(new GenerationsLog(sink))],
  ] as const) {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(whole.length),
        (changes, cut) => {
          const bytes = whole.slice();
          for (const [at, byte] of changes) bytes[at] = byte;
          const found = results(open, [bytes.slice(0, cut), bytes.slice(cut)]);
          for (const { estimates } of found) {
            for (const { value, error } of estimates) {
              assert.ok(Number.isFinite(value) && (error === null || error >= 0));
            }
          }
        },
      ),
      { numRuns: 400, seed: 11 },
    );
  }
});

test('a torn sample takes nothing of the one behind it', () => {
  const torn = encoder.encode(`${lines[0]?.slice(0, 30)}\n${lines[0]}\n`);
  const [result] = results((sink) => new SampleLines(sink, null), [torn]);
  assert.deepEqual([result?.samples, result?.estimates[0]?.value], [1, 1]);
});

test('a text that begins many samples and ends none is told in one look', () => {
  const head = '[prompt] why\n'.repeat(40_000);
  const bytes = encoder.encode(head);
  assert.equal(recogniseDump({ fileName: 'a.log', folders: [], size: bytes.length, bytes, head, tail: '' }), null);
});
