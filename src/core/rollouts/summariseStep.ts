import { bestOfK } from './bestOfK.ts';
import { type AnswerGroup, majorityOfK } from './majorityOfK.ts';
import { promptGroups } from './promptGroups.ts';
import type { Sample } from './sample.ts';
import type { Estimate, MetricValues, StepResult } from './stepResult.ts';

/** Data sets that are shown one by one; of more, only the whole is. */
const mostSources = 8;
/** Share of the samples whose answer can be read, under which no majority is told. */
const enoughAnswers = 0.5;

/** The solver's own uncertainty, of the whole response or a token. */
export const uncertaintyNames = { whole: 'uncertainty', perToken: 'uncertainty_per_token' } as const;

type Group = readonly Sample[];

/**
 * What the samples of one step say: solver by mean, verifier by best of k and by majority, for k = 2, 4, 8 … N, and where
 * probabilities are there the uncertainties of solver and verifier (Sun et al., section 2). Estimates are means over prompts;
 * their standard errors are those of prompts, as samples of one prompt depend on each other.
 * @param metrics names of the scores, in the order of `Sample.scores`
 */
export function summariseStep(step: number, metrics: readonly string[], samples: readonly Sample[]): StepResult {
  const groups = promptGroups(samples);
  const size = commonSize(groups);
  const sizes = sizesUpTo(size);
  const parts: { source: string | null; groups: readonly Group[]; sizes: readonly number[] }[] = [
    { source: null, groups, sizes },
    ...sourcesOf(samples).map((source) => ({
      source,
      groups: groups.filter(([first]) => first?.source === source),
      sizes: sizes.slice(-1),
    })),
  ];
  return {
    step,
    samples: samples.length,
    prompts: groups.length,
    size,
    estimates: [
      ...metrics.flatMap((metric, i) =>
        parts.flatMap((part) =>
          scoreEstimates(part.groups, i, part.sizes).map((one) => ({ ...one, metric, source: part.source })),
        ),
      ),
      ...uncertaintyEstimates(groups, size),
    ],
    metrics: [
      ...metrics.flatMap((metric, i) =>
        valuesOf(
          metric,
          'higher',
          samples.map(({ scores }) => scores[i] ?? Number.NaN),
        ),
      ),
    ],
  };
}

/** Samples that most prompts have; of equally frequent numbers the larger. */
export function commonSize(groups: readonly { readonly length: number }[]): number {
  const times = new Map<number, number>();
  for (const { length } of groups) times.set(length, (times.get(length) ?? 0) + 1);
  return [...times].reduce(
    (best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] > best[0]) ? one : best),
    [0, 0],
  )[0];
}

/** 2, 4, 8 … and the size itself; none for a single sample, of which nothing can be chosen. */
function sizesUpTo(size: number): readonly number[] {
  const sizes: number[] = [];
  for (let k = 2; k < size; k *= 2) sizes.push(k);
  if (size > 1) sizes.push(size);
  return sizes;
}

function sourcesOf(samples: readonly Sample[]): readonly string[] {
  const names = new Set<string>();
  for (const { source } of samples) {
    if (source !== null) names.add(source);
    if (names.size > mostSources) return [];
  }
  return names.size < 2 ? [] : [...names].sort();
}

function scoreEstimates(
  groups: readonly Group[],
  metric: number,
  sizes: readonly number[],
): Pick<Estimate, 'kind' | 'k' | 'value' | 'error'>[] {
  const scored = groups
    .map((group) => group.filter(({ scores }) => Number.isFinite(scores[metric])))
    .filter(({ length }) => length > 0);
  if (scored.length === 0) return [];
  const scoreOf = ({ scores }: Sample): number => scores[metric] ?? 0;
  const all = scored.flat();
  const hasAnswers = all.filter(({ answer }) => !Number.isNaN(answer)).length >= enoughAnswers * all.length;
  const sorted = scored.map((group) => Float64Array.from(group, scoreOf).sort());
  const votes = hasAnswers ? scored.map((group) => votesOf(group, scoreOf)) : [];
  return [
    { kind: 'mean', k: 1, ...overPrompts(sorted.map((scores) => scores.reduce((a, b) => a + b, 0) / scores.length)) },
    ...sizes.flatMap((k) => {
      const bests = sorted.filter(({ length }) => length >= k).map((scores) => bestOfK(scores, k));
      const majorities = votes
        .filter((_, i) => (scored[i]?.length ?? 0) >= k)
        .map(({ groups: answers, silent }) => majorityOfK(answers, silent, k));
      return [
        ...(bests.length > 0 ? [{ kind: 'best' as const, k, ...overPrompts(bests) }] : []),
        ...(majorities.length > 0 ? [{ kind: 'majority' as const, k, ...overPrompts(majorities) }] : []),
      ];
    }),
  ];
}

function votesOf(group: Group, scoreOf: (sample: Sample) => number): { groups: AnswerGroup[]; silent: AnswerGroup } {
  const sums = new Map<number, { count: number; sum: number }>();
  let silent = { count: 0, sum: 0 };
  for (const sample of group) {
    const known = Number.isNaN(sample.answer) ? silent : (sums.get(sample.answer) ?? { count: 0, sum: 0 });
    const next = { count: known.count + 1, sum: known.sum + scoreOf(sample) };
    if (Number.isNaN(sample.answer)) silent = next;
    else sums.set(sample.answer, next);
  }
  const toGroup = ({ count, sum }: { count: number; sum: number }): AnswerGroup => ({
    count,
    score: count === 0 ? 0 : sum / count,
  });
  return { groups: [...sums.values()].map(toGroup), silent: toGroup(silent) };
}

/**
 * U_s, the mean uncertainty of the responses, and U_v, that of the one which is least uncertain a token. A log that has only
 * means a token gives both a token.
 */
function uncertaintyEstimates(groups: readonly Group[], size: number): Estimate[] {
  const has = (pick: (sample: Sample) => number): boolean =>
    groups.some((group) => group.some((one) => isKnown(pick(one))));
  const isWhole = has(({ uncertainty }) => uncertainty);
  if (!isWhole && !has(({ uncertaintyPerToken }) => uncertaintyPerToken)) return [];
  const metric = isWhole ? uncertaintyNames.whole : uncertaintyNames.perToken;
  const uncertaintyOf = (sample: Sample): number => (isWhole ? sample.uncertainty : sample.uncertaintyPerToken);
  const known = groups
    .map((group) => group.filter((sample) => isKnown(uncertaintyOf(sample))))
    .filter(({ length }) => length > 0);
  const means = known.map((group) => group.reduce((sum, one) => sum + uncertaintyOf(one), 0) / group.length);
  const chosen = known.flatMap((group) => {
    const ranked = group.filter(({ uncertaintyPerToken }) => isKnown(uncertaintyPerToken));
    if (ranked.length < Math.max(2, size)) return [];
    return [
      uncertaintyOf(ranked.reduce((best, one) => (one.uncertaintyPerToken < best.uncertaintyPerToken ? one : best))),
    ];
  });
  return [
    { metric, kind: 'mean', k: 1, source: null, ...overPrompts(means) },
    ...(chosen.length > 0 ? [{ metric, kind: 'chosen' as const, k: size, source: null, ...overPrompts(chosen) }] : []),
  ];
}

const isKnown = (value: number): boolean => Number.isFinite(value);

/** Mean of independent values and its standard error. */
function overPrompts(values: readonly number[]): Pick<Estimate, 'value' | 'error'> {
  const n = values.length;
  const value = values.reduce((a, b) => a + b, 0) / n;
  if (n < 2) return { value, error: null };
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  return { value, error: Math.sqrt(squares / (n - 1) / n) };
}

function valuesOf(metric: string, direction: MetricValues['direction'], all: readonly number[]): MetricValues[] {
  const values = all.filter(isKnown);
  if (values.length === 0) return [];
  const lowest = values.reduce((a, b) => Math.min(a, b));
  const highest = values.reduce((a, b) => Math.max(a, b));
  return [
    { metric, direction, lowest, highest, isTwoValued: values.every((one) => one === lowest || one === highest) },
  ];
}
