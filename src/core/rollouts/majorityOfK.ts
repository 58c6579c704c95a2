import { createRandom } from '../dynamics/random.ts';

/** Samples of one prompt that gave the same answer. */
export interface AnswerGroup {
  readonly count: number;
  /** Mean score of them. */
  readonly score: number;
}

/** Steps of the counting that are worth it for one prompt and one k; beyond, subsets are drawn. */
const mostSteps = 4_000_000;
/** C(N, k) over e^600 leaves no room for sums in a double. */
const largestLog = 600;
/** Subsets drawn where counting costs too much: their mean is within about 0.03 of the exact one (two standard errors). */
const drawnSubsets = 1000;
const seed = 20_250_707;

/**
 * Mean over all subsets of size k, for each k asked for, of the score that the subset's majority answer has; where several
 * answers tie, the mean of their scores. Samples without a readable answer vote for nothing, and a subset of only such has
 * their mean score. Given how many samples of an answer are in a subset, their mean score is that of the whole group on
 * average, so groups are all that counts. Exact by counting subsets; where that would take too long (hundreds of samples with
 * as many answers), the mean over 1000 subsets drawn with a fixed seed.
 * @param groups those who answered, by answer. @param silent those whose answer cannot be read.
 * @param sizes values of k; one that is more than their number, or less than 1, gives NaN.
 */
export function majorityOfK(groups: readonly AnswerGroup[], silent: AnswerGroup, sizes: readonly number[]): number[] {
  const n = groups.reduce((sum, { count }) => sum + count, silent.count);
  const isDirect = (k: number): boolean => groups.length < 2 || k <= 1 || k >= n;
  const isCountable = (k: number): boolean =>
    !isDirect(k) && logChoose(n, k) < largestLog && stepsOf(groups, k) < mostSteps;
  const counted = sizes.filter(isCountable);
  const means = counted.length === 0 ? null : countSubsets(groups, silent, n, Math.max(...counted));
  return sizes.map((k) => {
    if (k < 1 || k > n) return Number.NaN;
    if (isDirect(k)) return directly(groups, silent, n, k);
    return isCountable(k) ? (means?.[k] ?? Number.NaN) : drawSubsets(groups, silent, n, k);
  });
}

function directly(groups: readonly AnswerGroup[], silent: AnswerGroup, n: number, k: number): number {
  const [only] = groups;
  if (only === undefined) return silent.score;
  if (k === n) return majorityOfAll(groups);
  if (k === 1) return meanScore([...groups, silent], n);
  const isSilent = silent.count < k ? 0 : choose(silent.count, k) / choose(n, k);
  return isSilent === 0 ? only.score : isSilent * silent.score + (1 - isSilent) * only.score;
}

function majorityOfAll(groups: readonly AnswerGroup[]): number {
  const most = Math.max(...groups.map(({ count }) => count));
  const tied = groups.filter(({ count }) => count === most);
  return tied.reduce((sum, { score }) => sum + score, 0) / tied.length;
}

const meanScore = (groups: readonly AnswerGroup[], n: number): number =>
  groups.reduce((sum, { count, score }) => sum + (count === 0 ? 0 : count * score), 0) / n;

function stepsOf(groups: readonly AnswerGroup[], k: number): number {
  const largest = Math.min(k, Math.max(...groups.map(({ count }) => count)));
  let steps = 0;
  for (let most = 1; most <= largest; most += 1) {
    const states = k * (Math.floor(k / most) + 1);
    for (const { count } of groups) steps += states * (Math.min(most, count) + 1);
  }
  return steps;
}

/**
 * Means by size up to `k`. For each count `most` that a majority can have: how many subsets have `tied` answers of just that
 * count and none of more, by size so far, answer after answer; beside the number of subsets the sum over them of the tied
 * answers' scores.
 */
function countSubsets(groups: readonly AnswerGroup[], silent: AnswerGroup, n: number, k: number): Float64Array {
  const largest = Math.min(k, Math.max(...groups.map(({ count }) => count)));
  const width = k + 1;
  const totals = new Float64Array(width);
  for (let most = 1; most <= largest; most += 1) {
    const ties = Math.floor(k / most);
    const ways = new Float64Array((ties + 1) * width);
    const scores = new Float64Array((ties + 1) * width);
    for (let size = 0; size <= Math.min(k, silent.count); size += 1) ways[size] = choose(silent.count, size);
    let reached = silent.count;
    for (const group of groups) {
      reached = Math.min(k, reached + Math.min(most, group.count));
      addGroup(group, most, { ways, scores, width, ties, reached });
    }
    for (let tied = 1; tied <= ties; tied += 1) {
      for (let size = tied * most; size <= k; size += 1) {
        totals[size] = (totals[size] ?? 0) + (scores[tied * width + size] ?? 0) / tied;
      }
    }
  }
  return totals.map((total, size) => {
    const silently = silent.count >= size ? choose(silent.count, size) * silent.score : 0;
    return (total + silently) / choose(n, size);
  });
}

interface Counting {
  readonly ways: Float64Array;
  readonly scores: Float64Array;
  readonly width: number;
  readonly ties: number;
  /** No subset so far is larger. */
  readonly reached: number;
}

/** In place, from the largest size down: what is added to comes from smaller sizes, which are still those before. */
function addGroup({ count, score }: AnswerGroup, most: number, counting: Counting): void {
  const { ways, scores, width, ties, reached } = counting;
  for (let size = reached; size > 0; size -= 1) {
    const taken = Math.min(most, count, size);
    for (let tied = Math.min(ties, Math.floor(size / most)); tied >= 0; tied -= 1) {
      const to = tied * width + size;
      let way = ways[to] ?? 0;
      let sum = scores[to] ?? 0;
      let choices = 1;
      for (let take = 1; take <= taken; take += 1) {
        choices *= (count - take + 1) / take;
        const isTied = take === most;
        if (isTied && tied === 0) break;
        const from = isTied ? to - width - take : to - take;
        const before = ways[from] ?? 0;
        way += before * choices;
        sum += ((scores[from] ?? 0) + (isTied ? before * score : 0)) * choices;
      }
      ways[to] = way;
      scores[to] = sum;
    }
  }
}

function drawSubsets(groups: readonly AnswerGroup[], silent: AnswerGroup, n: number, k: number): number {
  const answers = new Int32Array(n).fill(-1);
  let next = silent.count;
  groups.forEach(({ count }, group) => {
    answers.fill(group, next, next + count);
    next += count;
  });
  const random = createRandom(seed);
  const votes = new Int32Array(groups.length);
  let sum = 0;
  for (let subset = 0; subset < drawnSubsets; subset += 1) {
    votes.fill(0);
    for (let i = 0; i < k; i += 1) {
      const other = i + Math.floor(random.uniform() * (n - i));
      const answer = answers[other] ?? -1;
      answers[other] = answers[i] ?? -1;
      answers[i] = answer;
      if (answer >= 0) votes[answer] = (votes[answer] ?? 0) + 1;
    }
    const most = votes.reduce((a, b) => Math.max(a, b), 0);
    sum += most === 0 ? silent.score : majorityOfAll(groups.map(({ score }, i) => ({ count: votes[i] ?? 0, score })));
  }
  return sum / drawnSubsets;
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 0; i < k; i += 1) ways *= (n - i) / (i + 1);
  return ways;
}

function logChoose(n: number, k: number): number {
  let log = 0;
  for (let i = 0; i < k; i += 1) log += Math.log((n - i) / (i + 1));
  return log;
}
