import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { SampleLines } from '../../../../src/core/formats/rollouts/sampleLines.ts';
import type { StepResult } from '../../../../src/core/rollouts/stepResult.ts';

function read(text: string, cuts: readonly number[]): readonly StepResult[] {
  const results: StepResult[] = [];
  const lines = new SampleLines({ result: (result) => results.push(result), problem() {} }, 1);
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  for (const cut of [...cuts.map((one) => one % bytes.length).sort((a, b) => a - b), bytes.length]) {
    lines.feed(bytes.subarray(at, cut));
    at = cut;
  }
  lines.finish();
  return results;
}

test('a field that a sample has not is not that of the sample before, wherever the blocks are cut', () => {
  const sample = fc.record(
    {
      input: fc.constantFrom('What is one and one?', 'And what is the sum of all of these digits, one by one?'),
      gts: fc.constantFrom('2', '14'),
      uid: fc.constantFrom('a', 'b'),
      data_source: fc.constantFrom('math', 'code'),
      response_length: fc.constantFrom(3, 400),
      sum_logprob: fc.constantFrom(-1.5, -20),
      pred: fc.constantFrom('2', '3', ''),
    },
    { requiredKeys: ['input'] },
  );
  fc.assert(
    fc.property(
      fc.array(sample, { minLength: 2, maxLength: 12 }),
      fc.array(fc.nat(), { maxLength: 4 }),
      (samples, cuts) => {
        const text = samples
          .map((one, i) => `${JSON.stringify({ ...one, output: `It is \\boxed{${i % 3}}`, score: i % 2 })}\n`)
          .join('');
        const prompts = new Set(samples.map(({ input, gts = '' }) => `${input} ${gts}`)).size;
        const uids = new Set(samples.map(({ uid }) => uid));
        const isByUid = !uids.has(undefined) && uids.size < samples.length;
        const results = read(text, cuts);
        assert.deepEqual(results, read(text, []));
        assert.equal(results[0]?.prompts, isByUid ? uids.size : prompts);
      },
    ),
  );
});
