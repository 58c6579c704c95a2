import { studentTQuantile } from '../fit/studentT.ts';
import type { Interval, SeriesInput } from '../forecast/forecaster.ts';
import { formatInterval } from '../report/formatInterval.ts';
import { formatNumber } from '../report/formatNumber.ts';
import { type ExternalData, type Injection, isIn, type TimingLimits, tellingSpan } from './externalData.ts';
import type { InjectedFit, InjectedProblem } from './fitInjectedLaw.ts';
import { fitInjectedLaw } from './fitInjectedLaw.ts';
import { injectedPath } from './injectedPath.ts';
import { spendingSchedule } from './spendingSchedule.ts';
import { thinBetween } from './thinBetween.ts';

/** Linear parameters (two starts and the gap's limit), rate, beta/alpha and gamma. */
const parameters = 6;
const fewestSpare = 4;
/** Beyond it the verifier's uncertainty is gone, so that stronger data cannot be told from it. */
const strongest = 1000;

/**
 * gamma of a run whose external data is marked, by least squares of the dynamics with a fall of the verifier at each mark,
 * with a profile-likelihood interval (Bates and Watts 1988, 6.1.2); and where the solver would end had the same amount been
 * spent early, evenly or late (D5). gamma scales the verifier's uncertainty, so the metric's best value must be known: 0 for
 * what falls, the end of the range for what rises.
 */
export function fitExternalData(
  solver: SeriesInput | null,
  verifier: SeriesInput | null,
  injections: readonly Injection[],
  level: number,
): ExternalData {
  const none = (why: string): ExternalData => ({
    injections,
    gamma: null,
    solverLimit: null,
    sentence: `What the external data did cannot be told: ${why}.`,
  });
  if (solver === null || verifier === null) return none('solver and verifier are both needed; name them');
  const best = bestValue(solver);
  if (best === null || best !== bestValue(verifier)) {
    return none('nothing says what the best value of solver and verifier is, from which the effect is measured');
  }
  const sign = solver.direction === 'higher' ? -1 : 1;
  if ([solver, verifier].some(({ y }) => isMostlyBeyond(y, best, sign))) {
    return none(`most values lie beyond ${formatNumber(best, 0)}, from which the effect is measured`);
  }
  const span = tellingSpan(solver, verifier);
  const origin = span.from;
  const last = Math.max(solver.x.at(-1) ?? 0, verifier.x.at(-1) ?? 0);
  const seen = injections.filter(({ x }) => isIn(span, x));
  if (seen.length === 0) {
    return none(
      `no mark lies between the first checkpoint and the last, ${formatNumber(origin, 0)} and ${formatNumber(last, 0)}`,
    );
  }
  const scale: Scale = { origin, span: last - origin, best, sign, unit: unitOf(solver, verifier, best) };
  if (!(scale.span > 0 && scale.unit > 0)) return none('the values do not change');
  const plain = problemOf(solver, verifier, seen, scale);
  const spare = plain.solver.x.length + plain.verifier.x.length - parameters;
  if (spare < fewestSpare) return none('there are too few checkpoints');
  const problem = weighed(plain);
  const { fit, lower, upper } = profileGamma(problem, level, spare);
  const gamma: Interval = { value: fit.law.gamma, lower, upper, level };
  if (!(Number.isFinite(upper) && Number.isFinite(fit.ssr))) {
    return none(`any strength from ${formatNumber(lower, lower / 10)} up fits these checkpoints`);
  }
  const solverLimit = limitsOf(problem, fit, solver.x.length - 1, scale);
  return { injections, gamma, solverLimit, sentence: sentenceOf(gamma, solverLimit) };
}

interface Scale {
  readonly origin: number;
  readonly span: number;
  readonly best: number;
  /** -1 where higher is better. */
  readonly sign: 1 | -1;
  readonly unit: number;
}

/** Where uncertainty is 0; null where the metric's range does not say. */
function bestValue({ direction, range }: SeriesInput): number | null {
  if (direction === 'higher') return range.upper ?? null;
  return direction === 'lower' ? (range.lower ?? 0) : null;
}

/** Noise may carry single values beyond the best one; where most lie there it is not what the metric counts from. */
function isMostlyBeyond(y: Float64Array, best: number, sign: 1 | -1): boolean {
  return y.filter((value) => sign * (value - best) < 0).length > y.length / 2;
}

function unitOf(solver: SeriesInput, verifier: SeriesInput, best: number): number {
  const most = (y: Float64Array): number => y.reduce((top, value) => Math.max(top, Math.abs(value - best)), 0);
  return Math.max(most(solver.y), most(verifier.y));
}

function problemOf(
  solver: SeriesInput,
  verifier: SeriesInput,
  injections: readonly Injection[],
  { origin, span, best, sign, unit }: Scale,
): InjectedProblem {
  const scaled = (series: SeriesInput) => {
    const { x, y } = thinBetween(series, injections);
    return {
      x: x.map((at) => (at - origin) / span),
      y: y.map((value) => (sign * (value - best)) / unit),
      weight: 1,
    };
  };
  return {
    solver: scaled(solver),
    verifier: scaled(verifier),
    injections: injections.map(({ x, share }) => ({ x: (x - origin) / span, share })),
  };
}

/** With the noise of each series as a first fit leaves it. */
function weighed(problem: InjectedProblem): InjectedProblem {
  const { fit: first } = tryStrengths(problem);
  const variance = (squares: number, n: number): number => Math.max(squares / Math.max(1, n - parameters / 2), 1e-16);
  const { solver, verifier } = problem;
  return {
    ...problem,
    solver: { ...solver, weight: 1 / variance(first.solverSquares, solver.x.length) },
    verifier: { ...verifier, weight: 1 / variance(first.verifierSquares, verifier.x.length) },
  };
}

/** Strengths from one search by grid to the next. */
const newStart = 8;

/** gamma 0 and 24 strengths up to where the verifier is as good as perfect, each from the fit before. */
function tryStrengths(problem: InjectedProblem): {
  readonly fit: InjectedFit;
  readonly below: number;
  readonly above: number;
} {
  const strengths = [0, ...Array.from({ length: 24 }, (_, i) => 0.02 * 1.45 ** i)];
  const fits: InjectedFit[] = [];
  for (const [i, gamma] of strengths.entries()) {
    const before = fits.at(-1);
    const followed = before === undefined ? null : fitInjectedLaw(problem, gamma, before.law);
    // A fit that follows the one before may be led into a side valley; a new one now and then leads it out.
    const fresh = followed === null || i % newStart === 0 ? fitInjectedLaw(problem, gamma, null) : followed;
    fits.push(followed !== null && followed.ssr < fresh.ssr ? followed : fresh);
  }
  const best = fits.reduce((least, fit, i) => (fit.ssr < (fits[least]?.ssr ?? 0) ? i : least), 0);
  const fit = fits[best];
  if (fit === undefined) throw new Error('no strength was tried');
  return { fit, below: strengths[Math.max(0, best - 1)] ?? 0, above: strengths[best + 1] ?? strongest };
}

/** Golden section; the profile is one valley between neighbours of the grid's best. */
function bestGamma(problem: InjectedProblem): InjectedFit {
  const { fit: start, below, above } = tryStrengths(problem);
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [below, above];
  let best = start;
  const at = (gamma: number): InjectedFit => {
    const fit = fitInjectedLaw(problem, gamma, best.law);
    if (fit.ssr < best.ssr) best = fit;
    return fit;
  };
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [atLeft, atRight] = [at(left), at(right)];
  for (let i = 0; i < 24; i++) {
    if (atLeft.ssr <= atRight.ssr) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - ratio * (high - low);
      atLeft = at(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + ratio * (high - low);
      atRight = at(right);
    }
  }
  return best;
}

function profileGamma(
  problem: InjectedProblem,
  level: number,
  spare: number,
): { readonly fit: InjectedFit; readonly lower: number; readonly upper: number } {
  const fit = bestGamma(problem);
  const best = fit.law.gamma;
  const allowed = fit.ssr * (1 + studentTQuantile((1 + level) / 2, spare) ** 2 / spare);
  const isAllowed = (gamma: number): boolean => fitInjectedLaw(problem, gamma, fit.law).ssr <= allowed;
  const between = (inner: number, outer: number): number => {
    let [within, without] = [inner, outer];
    for (let i = 0; i < 24; i++) {
      const middle = (within + without) / 2;
      if (isAllowed(middle)) within = middle;
      else without = middle;
    }
    return within;
  };
  const lower = isAllowed(0) ? 0 : between(best, 0);
  let outer = Math.max(0.01, 2 * best);
  while (outer < strongest && isAllowed(outer)) outer *= 2;
  return { fit, lower, upper: outer >= strongest ? Number.POSITIVE_INFINITY : between(best, outer) };
}

/** Limit of the solver once everything is spent, in units of the log. */
function limitsOf(
  { injections }: InjectedProblem,
  { law, start }: InjectedFit,
  rounds: number,
  scale: Scale,
): TimingLimits {
  const total = injections.reduce((sum, { share }) => sum + share, 0);
  const limit = (spent: readonly Injection[]): number => {
    const { last } = injectedPath(law, start, spent, Float64Array.of(1));
    const left = (last.solver - last.verifier - start.gapLimit) / (1 - law.betaOverAlpha);
    return scale.best + scale.sign * scale.unit * (last.solver - left);
  };
  const by = (schedule: 'early' | 'uniform' | 'late'): number =>
    limit(
      Array.from(spendingSchedule(schedule, rounds), (share, round) => ({
        x: round / rounds,
        share: share * total,
      })).filter(({ share }) => share > 0),
    );
  return { none: limit([]), asSpent: limit(injections), early: by('early'), uniform: by('uniform'), late: by('late') };
}

/** Share of what the data moves, under which its timing is not worth a thought. */
const littleTiming = 0.1;

function sentenceOf(gamma: Interval, limits: TimingLimits): string {
  const { none, asSpent, early, uniform, late } = limits;
  const width = gamma.upper - gamma.lower;
  const strength = `gamma ${formatNumber(gamma.value, width)} (${formatInterval(gamma.lower, gamma.upper)})`;
  if (gamma.lower === 0) return `The external data may have done nothing: ${strength}, and 0 fits as well.`;
  const moved = Math.abs(asSpent - none);
  const timing = Math.max(early, uniform, late) - Math.min(early, uniform, late);
  const shown = (value: number): string => formatNumber(value, Math.max(timing, moved / 20));
  const verdict = timing <= littleTiming * moved ? 'when it is spent hardly matters' : 'when it is spent matters';
  return `The external data moves the solver's limit from ${shown(none)} to ${shown(asSpent)} (${strength}); ${verdict}: ${shown(early)} if spent early, ${shown(uniform)} evenly, ${shown(late)} late.`;
}
