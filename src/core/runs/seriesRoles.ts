import { nameTokens } from './nameTokens.ts';
import type { Direction, Role } from './run.ts';

interface Pattern {
  readonly pattern: RegExp;
  /** Evidence, the surest highest. */
  readonly score: number;
  readonly why: string;
}

/** Names of the model's plain answers, by framework: sampled once, or the mean over samples. */
const solverPatterns: readonly Pattern[] = [
  { pattern: /(^|[^a-z])solver/i, score: 100, why: 'its name says solver' },
  { pattern: /(^|[^a-z])mean@\d+/i, score: 80, why: 'mean@k is the mean over single samples' },
  { pattern: /pass[@_]?(at_)?1(?!\d)/i, score: 75, why: 'pass@1 is the accuracy of a single sample' },
  { pattern: /(^|\/)val\/test_score/i, score: 70, why: 'the validation score is of single samples' },
  { pattern: /critic\/score\/mean/i, score: 60, why: 'the mean score over samples' },
  { pattern: /(^|[/_ ])eval[/_](mean_)?reward(s|_mean|\/mean)?$/i, score: 58, why: 'the mean reward over samples' },
  { pattern: /critic\/rewards\/mean/i, score: 55, why: 'the mean reward over samples' },
  { pattern: /(correct|accuracy)[a-z_]*(_func)?\/mean$/i, score: 52, why: 'the mean of a correctness reward' },
  { pattern: /^(train\/)?reward$/i, score: 54, why: 'the mean reward over samples' },
  {
    pattern: /(^|[/_ ])((mean|episode|ep)_)?rew(ard)?(s|_mean|\/mean)*$/i,
    score: 50,
    why: 'the mean reward over samples',
  },
  { pattern: /(averageepret|episode[_-]return|ep_rew_mean|episode_reward_mean)/i, score: 50, why: 'the mean return' },
];
/** Names that are a solver's only where its verifier stands beside them: any run has an accuracy. */
const partnerPatterns: readonly Pattern[] = [
  {
    pattern: /(^|[^a-z])acc(uracy)?([_/ ](mean|avg))?$/i,
    score: 30,
    why: 'the accuracy of single answers, beside what the best of several reach',
  },
];
/** Names of what the model reaches by choosing among its own answers. */
const verifierPatterns: readonly Pattern[] = [
  { pattern: /(^|[^a-z])verifier/i, score: 100, why: 'its name says verifier' },
  { pattern: /(^|[^a-z])maj@\d+/i, score: 85, why: 'maj@k is the answer that most samples give' },
  { pattern: /(^|[^a-z])(majority|self[_-]?consistency|vote)/i, score: 82, why: 'a majority over samples' },
  { pattern: /(^|[^a-z])best@\d+/i, score: 80, why: 'best@k is the best of k samples' },
  { pattern: /best[_-]?of[_-]?n|(^|[^a-z])bon(\d|[^a-z]|$)/i, score: 75, why: 'best of n samples' },
  { pattern: /pass[@_]?(at_)?([2-9]|[1-9]\d+)(?!\d)/i, score: 70, why: 'pass@k is the best of k samples' },
];
const gapPatterns: readonly Pattern[] = [{ pattern: /(^|[^a-z])gap([^a-z]|$)/i, score: 100, why: 'its name says gap' }];
/** Of a bootstrap or a batch: how far it spreads is no role. */
const spread = /(^|[^a-z])(std|stddev|var|min|max|se|stderr|sem|rate_of_change)([^a-z]|$)/i;

export interface NamedSeries {
  readonly name: string;
  readonly direction: Direction;
  /** Its direction is not known, rather than known to be none. */
  readonly isUnknown: boolean;
  readonly n: number;
}

export interface FoundRole {
  readonly role: Exclude<Role, 'none'>;
  readonly why: string;
}

interface Candidate {
  readonly index: number;
  readonly name: string;
  readonly score: number;
  readonly why: string;
}

/**
 * At most one solver, one verifier and one gap of a run: the surest names, and of these such as belong together
 * (`solver_uncertainty` with `verifier_uncertainty`, not with `verifier_accuracy`).
 */
export function findRoles(series: readonly NamedSeries[]): ReadonlyMap<number, FoundRole> {
  const named = candidates(series, solverPatterns, isMetric);
  const verifiers = candidates(series, verifierPatterns, isMetric);
  const isAlone = named.length === 0 && verifiers.length > 0;
  const solvers = isAlone ? candidates(series, partnerPatterns, isMetric) : named;
  const gaps = candidates(series, gapPatterns, () => true);
  const roles = new Map<number, FoundRole>();
  const give = (candidate: Candidate | undefined, role: FoundRole['role']): void => {
    if (candidate !== undefined) roles.set(candidate.index, { role, why: candidate.why });
  };
  const [solver, verifier] = bestPair(series, solvers, verifiers);
  give(solver, 'solver');
  give(verifier, 'verifier');
  const partner = solver ?? verifier;
  give(
    surest(gaps, (gap) => (partner === undefined ? 0 : likeness(gap.name, partner.name))),
    'gap',
  );
  return roles;
}

const isMetric = ({ direction, isUnknown }: NamedSeries): boolean => direction !== 'none' || isUnknown;

function candidates(
  series: readonly NamedSeries[],
  patterns: readonly Pattern[],
  isPossible: (one: NamedSeries) => boolean,
): Candidate[] {
  return series.flatMap((one, index) => {
    if (!isPossible(one) || spread.test(one.name) || one.n < 2) return [];
    const found = patterns.find(({ pattern }) => pattern.test(one.name));
    return found === undefined ? [] : [{ index, name: one.name, score: found.score, why: found.why }];
  });
}

function bestPair(
  series: readonly NamedSeries[],
  solvers: readonly Candidate[],
  verifiers: readonly Candidate[],
): readonly [Candidate | undefined, Candidate | undefined] {
  let best: readonly [Candidate, Candidate] | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const solver of solvers) {
    for (const verifier of verifiers) {
      if (solver.index === verifier.index) continue;
      if (series[solver.index]?.direction !== series[verifier.index]?.direction) continue;
      const score =
        solver.score + verifier.score + 60 * likeness(solver.name, verifier.name) + samplesOf(verifier.name);
      if (score > most) {
        most = score;
        best = [solver, verifier];
      }
    }
  }
  if (best !== null) return best;
  // A verifier without its solver says nothing of what a run reaches; a solver alone does.
  return [surest(solvers, () => 0), solvers.length === 0 ? surest(verifiers, () => 0) : undefined];
}

function surest(all: readonly Candidate[], bonus: (one: Candidate) => number): Candidate | undefined {
  let best: Candidate | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const one of all) {
    const score = one.score + 60 * bonus(one);
    if (score > most) {
      most = score;
      best = one;
    }
  }
  return best;
}

/** Among best@2, best@4, best@8 the largest k is furthest from the solver; worth less than any other evidence. */
function samplesOf(name: string): number {
  const k = Number(/@_?(\d+)/.exec(name)?.[1] ?? 0);
  return k > 0 ? Math.min(4, Math.log2(k + 1) / 2) : 0;
}

/** Share of the words that two names have in common, roles and sample counts left out. */
function likeness(a: string, b: string): number {
  const words = (name: string): Set<string> =>
    new Set(
      nameTokens(name).filter((token) => !/^(solver|verifier|gap|mean|(mean|best|maj|pass)@?\d*|\d+)$/.test(token)),
    );
  const [left, right] = [words(a), words(b)];
  if (left.size === 0 && right.size === 0) return 1;
  const common = [...left].filter((word) => right.has(word)).length;
  return common / Math.max(1, left.size + right.size - common);
}
