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
 * Mean over all subsets of size k of the score that the subset's majority answer has; where several answers tie, the mean of
 * their scores. Samples without a readable answer vote for nothing, and a subset of only such has their mean score. Given how
 * many samples of an answer are in a subset, their mean score is that of the whole group on average, so groups are all that
 * counts. Exact by counting subsets; where that would take too long (hundreds of samples with as many answers), the mean over
 * 1000 subsets drawn with a fixed seed.
 * @param groups those who answered, by answer. @param silent those whose answer cannot be read. @param k 1 to their number.
 */
export function majorityOfK(groups: readonly AnswerGroup[], silent: AnswerGroup, k: number): number {
  const n = groups.reduce((sum, { count }) => sum + count, silent.count);
  if (k < 1 || k > n) return Number.NaN;
  if (groups.length === 0) return silent.score;
  if (k === n) return majorityOfAll(groups);
  if (k === 1) return meanScore([...groups, silent], n);
  const isCountable = logChoose(n, k) < largestLog && stepsOf(groups, k) < mostSteps;
  return isCountable ? counted(groups, silent, n, k) : drawn(groups, silent, n, k);
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
 * For each count `most` that a majority can have: how many subsets have `tied` answers of just that count and none of more,
 * by size so far, answer after answer; beside the number of subsets the sum over them of the tied answers' scores.
 */
function counted(groups: readonly AnswerGroup[], silent: AnswerGroup, n: number, k: number): number {
  const largest = Math.min(k, Math.max(...groups.map(({ count }) => count)));
  let total = 0;
  for (let most = 1; most <= largest; most += 1) {
    const ties = Math.floor(k / most) + 1;
    const at = (tied: number, size: number): number => tied * (k + 1) + size;
    let ways = new Float64Array(ties * (k + 1));
    let scores = new Float64Array(ties * (k + 1));
    for (let size = 0; size <= Math.min(k, silent.count); size += 1) ways[at(0, size)] = choose(silent.count, size);
    for (const { count, score } of groups) {
      const nextWays = new Float64Array(ways.length);
      const nextScores = new Float64Array(ways.length);
      for (let tied = 0; tied < ties; tied += 1) {
        for (let size = 0; size <= k; size += 1) {
          const way = ways[at(tied, size)] ?? 0;
          if (way === 0) continue;
          const sum = scores[at(tied, size)] ?? 0;
          const taken = Math.min(most, count, k - size);
          let choices = 1;
          for (let take = 0; take <= taken; take += 1) {
            const isTied = take === most;
            const to = at(isTied ? tied + 1 : tied, size + take);
            nextWays[to] = (nextWays[to] ?? 0) + way * choices;
            nextScores[to] = (nextScores[to] ?? 0) + (isTied ? sum + way * score : sum) * choices;
            choices *= (count - take) / (take + 1);
          }
        }
      }
      ways = nextWays;
      scores = nextScores;
    }
    for (let tied = 1; tied < ties; tied += 1) total += (scores[at(tied, k)] ?? 0) / tied;
  }
  if (silent.count >= k) total += choose(silent.count, k) * silent.score;
  return total / choose(n, k);
}

function drawn(groups: readonly AnswerGroup[], silent: AnswerGroup, n: number, k: number): number {
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
