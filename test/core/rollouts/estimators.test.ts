import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { bestOfK } from '../../../src/core/rollouts/bestOfK.ts';
import { type AnswerGroup, majorityOfK as majorityOfEach } from '../../../src/core/rollouts/majorityOfK.ts';

const majorityOfK = (groups: readonly AnswerGroup[], silent: AnswerGroup, k: number): number =>
  majorityOfEach(groups, silent, [k])[0] ?? Number.NaN;

interface Sample {
  readonly score: number;
  /** null: not readable. */
  readonly answer: string | null;
}

/** All subsets of size k, by index. */
function subsets(n: number, k: number): number[][] {
  if (k === 0) return [[]];
  if (n < k) return [];
  return [...subsets(n - 1, k), ...subsets(n - 1, k - 1).map((subset) => [...subset, n - 1])];
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const pick = <T>(all: readonly T[], at: readonly number[]): T[] => all.filter((_, i) => at.includes(i));

function groupsOf(samples: readonly Sample[]): { groups: AnswerGroup[]; silent: AnswerGroup } {
  const scoresBy = (answer: string | null) => samples.filter((one) => one.answer === answer).map(({ score }) => score);
  const group = (scores: readonly number[]) => ({
    count: scores.length,
    score: scores.length === 0 ? 0 : mean(scores),
  });
  const answers = [...new Set(samples.flatMap(({ answer }) => (answer === null ? [] : [answer])))];
  return { groups: answers.map((answer) => group(scoresBy(answer))), silent: group(scoresBy(null)) };
}

/** What the majority of these samples scores, by the definition. */
function majority(samples: readonly Sample[]): number {
  const { groups, silent } = groupsOf(samples);
  if (groups.length === 0) return silent.score;
  const most = Math.max(...groups.map(({ count }) => count));
  return mean(groups.filter(({ count }) => count === most).map(({ score }) => score));
}

const close = (actual: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

const sample = fc.record({
  score: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: -2, max: 2, noNaN: true })),
  answer: fc.constantFrom('7', '8', '9', '10', null),
});

test('best of k is the mean of the best over all subsets of size k', () => {
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 9 }), (samples) => {
      const scores = samples.map(({ score }) => score);
      const sorted = Float64Array.from(scores).sort();
      for (let k = 1; k <= scores.length; k += 1) {
        close(bestOfK(sorted, k), mean(subsets(scores.length, k).map((at) => Math.max(...pick(scores, at)))), 1e-9);
      }
    }),
    { numRuns: 60 },
  );
});

test('best of k of scores 0 and 1 is 1 - C(N-c, k)/C(N, k)', () => {
  const choose = (n: number, k: number): number => (k === 0 ? 1 : n < k ? 0 : (choose(n - 1, k - 1) * n) / k);
  for (const [n, c] of [
    [16, 3],
    [64, 1],
    [200, 40],
  ] as const) {
    const scores = new Float64Array(n).fill(1, n - c);
    for (const k of [1, 2, 8, 16]) close(bestOfK(scores, k), 1 - choose(n - c, k) / choose(n, k), 1e-10);
  }
});

test('majority of k is the mean of the majority over all subsets of size k, ties shared, unreadable answers silent', () => {
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 9 }), (samples) => {
      const { groups, silent } = groupsOf(samples);
      const sizes = samples.map((_, i) => i + 1);
      const together = majorityOfEach(groups, silent, sizes);
      for (const k of sizes) {
        const expected = mean(subsets(samples.length, k).map((at) => majorityWithin(samples, at)));
        close(together[k - 1] ?? Number.NaN, expected, 1e-9);
        close(majorityOfK(groups, silent, k), expected, 1e-9);
      }
    }),
    { numRuns: 120 },
  );
});

/** The answer is chosen in the subset; its score is that of its samples in the subset. */
const majorityWithin = (samples: readonly Sample[], at: readonly number[]): number => majority(pick(samples, at));

test('where counting takes too long, drawn subsets come near what counting gives, the same each time', () => {
  const many = Array.from({ length: 300 }, (): AnswerGroup => ({ count: 1, score: 0 }));
  const groups = [{ count: 180, score: 1 }, { count: 120, score: 0 }, ...many];
  const silent = { count: 0, score: 0 };
  const value = majorityOfK(groups, silent, 256);
  assert.equal(majorityOfK(groups, silent, 256), value);
  assert.ok(value > 0.97, `${value}`);
  // Of 600 the two large groups alone decide: a subset of 64 has about 19 against 13.
  const counted = majorityOfK(
    [groups[0], groups[1]].filter((group) => group !== undefined),
    { count: 300, score: 0 },
    32,
  );
  assert.ok(Math.abs(majorityOfK(groups, silent, 32) - counted) < 0.05);
});

test('there is no best or majority of more samples than there are', () => {
  assert.ok(Number.isNaN(bestOfK(new Float64Array(3), 4)));
  assert.ok(Number.isNaN(majorityOfK([{ count: 3, score: 1 }], { count: 0, score: 0 }, 4)));
});
