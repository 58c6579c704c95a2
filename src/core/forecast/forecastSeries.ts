import type { Control } from '../control.ts';
import { pWords } from '../dynamics/pWords.ts';
import { binLong } from '../fit/binLong.ts';
import { rSquared } from '../fit/rSquared.ts';
import { fitSharedRate } from '../fit/sharedRateFit.ts';
import { formatInterval } from '../report/formatInterval.ts';
import { formatNumber } from '../report/formatNumber.ts';
import { formatPercent } from '../report/formatPercent.ts';
import { roundCount } from '../report/roundCount.ts';
import { constantPrior, fewestCheckpoints } from './constants.ts';
import { gatherEvidence } from './evidence.ts';
import { findJumps, largestJump } from './findJumps.ts';
import type { ForecastRequest, Interval, SeriesForecast, SeriesInput } from './forecaster.ts';
import { forecastGrid } from './forecastGrid.ts';
import type { Designs } from './gridDesign.ts';
import type { LeaningPosterior } from './leanOnRecent.ts';
import type { LimitEstimate } from './limitEstimate.ts';
import { estimateByLaw, estimateByMixture } from './limitEstimate.ts';
import { moreCheckpoints } from './moreCheckpoints.ts';
import { newestCourse } from './newestCourse.ts';
import { findOutliers, withoutOutliers } from './outliers.ts';
import { reachBack } from './reachBack.ts';
import type { SeriesPosterior } from './seriesPosterior.ts';
import type { SharedRateLaw } from './sharedRateLaw.ts';
import { type Standing, standStill } from './standStill.ts';
import { isBounded } from './widestLimit.ts';

/** Weight under which a family's limit is not worth mentioning. */
const mentionedWeight = 0.05;

/** One series' forecast and verdict: too few checkpoints, then no trend, then too early, else identified. */
export function forecastSeries(
  input: SeriesInput,
  posterior: SeriesPosterior | LeaningPosterior | null,
  law: SharedRateLaw | null,
  request: ForecastRequest,
  designs: Designs,
  control: Control,
): SeriesForecast {
  const { y } = input;
  const n = y.length;
  if (n < fewestCheckpoints) return standStill(input, request, tooFew(n));
  if (posterior === null) return standStill(input, request, unchanging(input));
  const outliers = findOutliers(y);
  const calm = withoutOutliers(y, outliers);
  const range = calm.reduce((a, b) => Math.max(a, b)) - calm.reduce((a, b) => Math.min(a, b));
  const base = {
    name: input.name,
    role: input.role,
    direction: input.direction,
    n,
    r2: ownR2(input),
    models: posterior.models,
  };
  const past = 'past' in posterior ? posterior.past : null;
  const last = y[n - 1] ?? 0;
  const at = forecastGrid(input.x, request);
  const jump = largestJump(findJumps(calm));
  if (jump !== null || posterior.constant > constantPrior) {
    const points = posterior.points(at, request.level);
    const { lower: lowest = Number.NEGATIVE_INFINITY, upper: highest = Number.POSITIVE_INFINITY } = input.range;
    // After a jump the last value stays, unless curves forecast what the run did before.
    const follows = jump === null || ('staysPut' in posterior && !posterior.staysPut);
    // What stays put may still move as far as the curves would from where they are.
    const forecast = points.map((point) => ({
      x: point.x,
      y: follows ? point.y : last,
      lower: follows ? point.lower : Math.max(lowest, Math.min(point.lower, last - (point.y - point.lower))),
      upper: follows ? point.upper : Math.min(highest, Math.max(point.upper, last + (point.upper - point.y))),
    }));
    const where = formatNumber(forecast[0]?.y ?? last, range / 10);
    const reason =
      jump === null
        ? `No trend stands out from its ups and downs over ${n} checkpoints; the best guess is where it is, ${where}.`
        : `It has moved in steps: one jump at checkpoint ${jump.index + 1} makes ${formatPercent(jump.share)} of its range, so ${
            follows
              ? `there is no limit to name; the forecast follows its newer course from ${where}.`
              : `there is no curve to follow; the best guess is where it is, ${where}.`
          }`;
    return {
      ...base,
      limit: null,
      verdict: 'no-trend',
      reason,
      settling: null,
      fitted: jump === null ? posterior.curve(input.x) : Float64Array.from(y),
      forecast,
      progress: null,
      alternatives: [],
      moreCheckpoints: null,
      evidence: gatherEvidence(input, jump === null ? 'no-trend' : 'jump', 0, past),
    };
  }
  const estimate = (law === null ? null : estimateByLaw(input, law, request)) ?? estimateByMixture(posterior, request);
  const shown = { ...base, fitted: estimate.fitted(input.x), forecast: estimate.points(at) };
  const { open } = estimate;
  const now = shown.fitted[n - 1] ?? last;
  const isPrintable = (one: Interval): boolean =>
    isBounded({ limit: one, open, range: input.range, curve: shown.fitted });
  const [here = now] = allowed([now], input);
  const reached = estimate.law === null ? reachBack(estimate.limit, estimate.progress, here) : null;
  // Where the way left is so long that this would print nothing, the why says it alone.
  const back = reached !== null && isPrintable(reached) ? reached : null;
  const limit = back ?? estimate.limit;
  if (!isPrintable(limit)) {
    const alternatives = allowed(whatFits(posterior.limit(request.level), estimate, now), input);
    const more = moreCheckpoints(input, posterior, request, designs, control);
    const [low = limit.lower, high = limit.upper] = [alternatives[0], alternatives.at(-1)];
    const width = Math.abs(high - low);
    return {
      ...shown,
      limit: null,
      verdict: 'too-early',
      reason: `Limits from ${formatNumber(low, width)} to ${formatNumber(high, width)} fit these ${n} checkpoints; ${
        more === null ? 'four times as many would not decide' : `about ${roundCount(more)} more would decide`
      }.`,
      settling: null,
      progress: null,
      alternatives,
      moreCheckpoints: more,
      evidence: { ...gatherEvidence(input, 'wide-limit', 0, past), oneRate: estimate.law !== null },
    };
  }
  const elsewhere = estimate.law === null ? newestCourse(estimate, input.x) : null;
  const printed = elsewhere === null ? limit : both(limit, elsewhere.interval);
  if (elsewhere !== null && (elsewhere.isFar || !isPrintable(printed))) {
    const alternatives = allowed([printed.lower, printed.upper], input);
    const width = Math.abs(elsewhere.end - limit.value);
    return {
      ...shown,
      limit: null,
      verdict: 'too-early',
      reason: `Over all ${n} checkpoints it levels off at ${formatNumber(limit.value, width)}, but by twice as many its newest part leads to ${formatNumber(elsewhere.end, width)}.`,
      settling: null,
      progress: null,
      alternatives,
      moreCheckpoints: null,
      evidence: gatherEvidence(input, 'newest-part', 0, past),
    };
  }
  return {
    ...shown,
    limit: printed,
    verdict: 'identified',
    reason: identifiedReason({ ...estimate, limit: printed }, posterior, n),
    settling: elsewhere === null ? estimate.settling : elsewhere.settling,
    progress: Math.min(1, Math.max(0, estimate.progress)),
    alternatives: limitsOf(posterior),
    moreCheckpoints: null,
    evidence: {
      ...gatherEvidence(input, 'bounded-limit', 0, past),
      oneRate: estimate.law !== null,
      newestEnd: elsewhere?.end ?? null,
      reachesBack: back !== null,
    },
  };
}

const both = (one: Interval, other: Interval): Interval => ({
  ...one,
  lower: Math.min(one.lower, other.lower),
  upper: Math.max(one.upper, other.upper),
});

function tooFew(n: number): Standing {
  const there =
    n === 0 ? 'It has no finite value yet' : n === 1 ? 'There is 1 checkpoint' : `There are ${n} checkpoints`;
  return {
    verdict: 'too-early',
    reason: `${there}; at least ${fewestCheckpoints} are needed to see where it goes.`,
    moreCheckpoints: 8 - n,
    because: 'few-checkpoints',
  };
}

function unchanging({ y }: SeriesInput): Standing {
  const isConstant = y.every((value) => value === y[0]);
  const reason = isConstant
    ? `It does not change: all ${y.length} values are ${formatNumber(y[0] ?? 0, 0)}.`
    : 'Its values are outside what can be told apart, so there is no trend to follow.';
  return { verdict: 'no-trend', reason, moreCheckpoints: null, because: 'unchanging' };
}

function identifiedReason(estimate: LimitEstimate, posterior: SeriesPosterior, n: number): string {
  const { limit } = estimate;
  const heading = `Heading for ${formatNumber(limit.value, limit.upper - limit.lower)} (${formatInterval(limit.lower, limit.upper)})`;
  if (estimate.law !== null) {
    return `${heading}: one rate fits solver and verifier over ${n} checkpoints (${pWords(estimate.law.pValue)}).`;
  }
  const [best] = posterior.models;
  const others = posterior.models.filter((model) => model.weight >= mentionedWeight).length;
  const share = best === undefined ? '' : `, the ${best.name} weighing most (${formatPercent(best.weight)})`;
  return `${heading}: ${others === 1 ? 'one curve family fits' : `${others} curve families fit`} these ${n} checkpoints${share}.`;
}

/**
 * The ends of what may be the limit. The limits of the models, each its middle, are no such ends: what came later lay between
 * them in two of three real curves, and within the interval in seven of eight.
 */
function whatFits(mixture: Interval, { limit, open }: LimitEstimate, now: number): number[] {
  const ends = [mixture.lower, mixture.upper, limit.lower, limit.upper].filter(Number.isFinite);
  // Where only what the metric allows bounds the limit, nothing says where before that the run ends.
  const isCut = open.lower < limit.lower || open.upper > limit.upper;
  const [lowest, highest] = [Math.min(...ends), Math.max(...ends)];
  return isCut ? [Math.min(lowest, now), Math.max(highest, now)] : [lowest, highest];
}

/** A curve through noise, and what its numbers were scaled by, may lead past what the metric allows. */
function allowed(ends: readonly number[], { range }: SeriesInput): number[] {
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = range;
  return ends.map((end) => Math.min(upper, Math.max(lower, end)));
}

/** Limits of the models that fit, the lowest and the highest. */
function limitsOf(posterior: SeriesPosterior): number[] {
  const limits = posterior.models
    .filter((model) => model.weight >= mentionedWeight && model.name !== 'constant')
    .flatMap((model) => (model.limit === null ? [] : [model.limit]))
    .sort((a, b) => a - b);
  const [low, high] = [limits[0], limits.at(-1)];
  return low !== undefined && high !== undefined && high > low ? [low, high] : limits;
}

/** R² of the series' own exponential: what a fit of one series says of itself, not what its forecast is worth. */
function ownR2(input: SeriesInput): number | null {
  const fit = fitSharedRate([binLong({ x: input.x, y: input.y, limitRange: input.range })]);
  const [own] = fit.kind === 'none' ? [] : fit.series;
  if (fit.kind === 'none' || own === undefined) return null;
  // Of the checkpoints themselves: averages hide the noise that they have.
  return rSquared(input, (x) => own.limit + own.amplitude * Math.exp(-fit.rate * (x - fit.origin)));
}
