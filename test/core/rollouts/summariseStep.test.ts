import assert from 'node:assert/strict';
import test from 'node:test';
import { createRandom } from '../../../src/core/dynamics/random.ts';
import type { Sample } from '../../../src/core/rollouts/sample.ts';
import type { Estimate } from '../../../src/core/rollouts/stepResult.ts';
import { readStepResult } from '../../../src/core/rollouts/stepResult.ts';
import { summariseStep } from '../../../src/core/rollouts/summariseStep.ts';

const nothing: Sample = {
  uid: Number.NaN,
  prompt: Number.NaN,
  longPrompt: Number.NaN,
  answer: Number.NaN,
  source: null,
  uncertainty: Number.NaN,
  uncertaintyPerToken: Number.NaN,
  scores: [],
};

const keyOf = ({ metric, kind, k, source }: Estimate): string => `${source ?? ''}/${metric}/${kind}@${k}`;

function estimates(samples: readonly Sample[], metrics: readonly string[] = ['score']): Map<string, Estimate> {
  return new Map(summariseStep(1, metrics, samples).estimates.map((one) => [keyOf(one), one]));
}

/** Prompts of different difficulty, eight responses each, four answers. */
function batch(prompts: number, seed: number): Sample[][] {
  const random = createRandom(seed);
  return Array.from({ length: prompts }, (_, prompt) => {
    const chance = random.uniform();
    return Array.from({ length: 8 }, (): Sample => {
      const isRight = random.uniform() < chance;
      const answer = isRight ? 0 : 1 + Math.floor(3 * random.uniform());
      const tokens = 20 + Math.floor(50 * random.uniform());
      const perToken = 0.2 + random.uniform();
      return {
        ...nothing,
        prompt,
        answer,
        scores: [isRight ? 1 : 0],
        uncertainty: tokens * perToken,
        uncertaintyPerToken: perToken,
      };
    });
  });
}

test('standard errors are those of a bootstrap by prompt', () => {
  const groups = batch(60, 3);
  const found = estimates(groups.flat());
  const random = createRandom(4);
  const replicates = new Map<string, number[]>();
  for (let round = 0; round < 400; round += 1) {
    // A prompt that is drawn twice is two prompts.
    const drawn = groups.flatMap((_, copy) =>
      (groups[Math.floor(random.uniform() * groups.length)] ?? []).map((sample) => ({ ...sample, prompt: copy })),
    );
    for (const [key, { value }] of estimates(drawn)) replicates.set(key, [...(replicates.get(key) ?? []), value]);
  }
  assert.equal(found.size, 9);
  for (const [key, { value, error }] of found) {
    const values = replicates.get(key) ?? [];
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1));
    assert.ok(error !== null && error > 0, key);
    // 400 replicates know a standard error to 3.5 %.
    assert.ok(Math.abs(error / deviation - 1) < 0.15, `${key}: ${error} against ${deviation}`);
    assert.ok(Math.abs(mean - value) < deviation / 2, key);
  }
});

test('samples of one prompt are no independent samples: errors do not shrink with their number', () => {
  const once = batch(40, 8).map((group) => group.slice(0, 1));
  const copied = once.map((group) => Array.from({ length: 16 }, () => group[0] ?? nothing));
  const error = estimates(once.flat()).get('/score/mean@1')?.error;
  assert.equal(estimates(copied.flat()).get('/score/mean@1')?.error, error);
});

test('U_s is the mean uncertainty of the responses, U_v that of the one that is least uncertain a token', () => {
  const sample = (prompt: number, uncertainty: number, tokens: number): Sample => ({
    ...nothing,
    prompt,
    uncertainty,
    uncertaintyPerToken: uncertainty / tokens,
    scores: [0],
  });
  const found = estimates([sample(1, 10, 10), sample(1, 30, 60), sample(2, 8, 4), sample(2, 9, 3)]);
  assert.equal(found.get('/uncertainty/mean@1')?.value, (20 + 8.5) / 2);
  assert.equal(found.get('/uncertainty/chosen@2')?.value, (30 + 8) / 2);
});

test('one response a prompt gives a solver only, one prompt no error', () => {
  const found = estimates([1, 2, 3].map((prompt) => ({ ...nothing, prompt, answer: 1, scores: [prompt / 3] })));
  assert.deepEqual([...found.keys()], ['/score/mean@1']);
  const alone = estimates([1, 0].map((score) => ({ ...nothing, prompt: 1, answer: score, scores: [score] })));
  assert.deepEqual(
    [...alone].map(([key, { value, error }]) => [key, value, error]),
    [
      ['/score/mean@1', 0.5, null],
      ['/score/best@2', 1, null],
      ['/score/majority@2', 0.5, null],
    ],
  );
});

test('prompts with fewer responses than k say nothing of k, and their number is read', () => {
  const of = (prompt: number, ...scores: number[]): Sample[] =>
    scores.map((score) => ({ ...nothing, prompt, scores: [score] }));
  const result = summariseStep(1, ['score'], [...of(1, 0, 1, 0, 1), ...of(2, 1, 1, 1, 1), ...of(3, 0)]);
  assert.deepEqual([result.size, result.prompts, result.samples], [4, 3, 9]);
  const found = new Map(result.estimates.map((one) => [keyOf(one), one.value]));
  assert.ok(Math.abs((found.get('/score/mean@1') ?? 0) - 0.5) < 1e-12);
  assert.equal(found.get('/score/best@4'), 1);
  assert.equal(found.has('/score/majority@4'), false);
});

test('a trainer’s own name of a prompt goes before its text, unless each sample has another', () => {
  const sample = (uid: number, prompt: number, score: number): Sample => ({ ...nothing, uid, prompt, scores: [score] });
  assert.equal(
    summariseStep(1, ['s'], [sample(1, 5, 0), sample(1, 5, 1), sample(2, 5, 0), sample(2, 5, 0)]).prompts,
    2,
  );
  assert.equal(
    summariseStep(1, ['s'], [sample(1, 5, 0), sample(2, 5, 1), sample(3, 6, 0), sample(4, 6, 0)]).prompts,
    2,
  );
});

test('a result that was written down is read again, and anything else is refused', () => {
  const result = summariseStep(7, ['score'], batch(3, 1).flat());
  assert.deepEqual(readStepResult(JSON.parse(JSON.stringify(result))), result);
  for (const broken of [
    null,
    7,
    [],
    {},
    { ...result, step: 'x' },
    { ...result, estimates: [{}] },
    { ...result, metrics: 1 },
  ]) {
    assert.equal(readStepResult(broken), null);
  }
});
