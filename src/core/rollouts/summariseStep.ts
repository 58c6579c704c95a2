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
  // Trainers often write one score under two names.
  const estimated: Omit<Estimate, 'metric'>[][] = [];
  return {
    step,
    samples: samples.length,
    prompts: groups.length,
    size,
    estimates: [
      ...metrics.flatMap((metric, i) => {
        const same = metrics.findIndex((_, j) => samples.every(({ scores }) => Object.is(scores[i], scores[j])));
        estimated[i] =
          estimated[same] ??
          parts.flatMap((part) =>
            scoreEstimates(part.groups, i, part.sizes).map((one) => ({ ...one, source: part.source })),
          );
        return estimated[i].map((one) => ({ ...one, metric }));
      }),
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
  const sorted = scored.map((group) => new Float64Array(group.map(scoreOf)).sort());
  const voted = hasAnswers ? scored.map((group) => majoritiesOf(group, scoreOf, sizes)) : [];
  return [
    { kind: 'mean', k: 1, ...overPrompts(sorted.map((scores) => scores.reduce((a, b) => a + b, 0) / scores.length)) },
    ...sizes.flatMap((k, i) => {
      const bests = sorted.filter(({ length }) => length >= k).map((scores) => bestOfK(scores, k));
      const majorities = voted.flatMap((values) => (isKnown(values[i] ?? Number.NaN) ? [values[i] ?? 0] : []));
      return [
        ...(bests.length > 0 ? [{ kind: 'best' as const, k, ...overPrompts(bests) }] : []),
        ...(majorities.length > 0 ? [{ kind: 'majority' as const, k, ...overPrompts(majorities) }] : []),
      ];
    }),
  ];
}

function majoritiesOf(group: Group, scoreOf: (sample: Sample) => number, sizes: readonly number[]): number[] {
  const sums = new Map<number, { count: number; sum: number }>();
  const silent = { count: 0, sum: 0 };
  for (const sample of group) {
    let answer = Number.isNaN(sample.answer) ? silent : sums.get(sample.answer);
    if (answer === undefined) {
      answer = { count: 0, sum: 0 };
      sums.set(sample.answer, answer);
    }
    answer.count += 1;
    answer.sum += scoreOf(sample);
  }
  const toGroup = ({ count, sum }: { count: number; sum: number }): AnswerGroup => ({
    count,
    score: count === 0 ? 0 : sum / count,
  });
  return majorityOfK([...sums.values()].map(toGroup), toGroup(silent), sizes);
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
