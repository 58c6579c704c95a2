import type { Dynamics } from '../dynamics/dynamics.ts';
import { pWords } from '../dynamics/pWords.ts';
import { nearlyThere } from '../forecast/constants.ts';
import type { ModelWeight } from '../forecast/forecaster.ts';
import type { Budget } from '../runs/run.ts';
import { formatInterval } from './formatInterval.ts';
import { formatNumber } from './formatNumber.ts';
import { formatPercent } from './formatPercent.ts';
import { keepsOneCourse } from './keepsOneCourse.ts';
import { limitWord } from './limitWord.ts';
import { mainSeries } from './mainSeries.ts';
import type { SeriesReport } from './predictReport.ts';
import { readableName } from './readableName.ts';
import { roundCount } from './roundCount.ts';
import { settlingWords } from './settlingWords.ts';
import { xWords } from './xWords.ts';

export interface VerdictParts {
  readonly xName: string;
  /** Last checkpoint. */
  readonly lastX: number | null;
  readonly series: readonly SeriesReport[];
  readonly dynamics: Dynamics | null;
  readonly budget: Budget | null;
  /** How many values at the end of a series are no finite numbers, where all before them are; default 0. */
  readonly lostOf?: (series: SeriesReport) => number;
}

export interface VerdictWords {
  /** The answer, in at most four figures (a value with its interval counts as one). */
  readonly sentence: string;
  /** At most two sentences. */
  readonly why: string;
}

/** Share of the largest weight from which a model is said to fit as well. */
const fitsAlike = 0.5;
/** Width of the settling interval, in distances to go, from which only the interval is worth saying. */
const vagueFrom = 1.5;
/** The same from which the interval says nothing: it goes from soon to never. */
const hopelessFrom = 25;

/** The answer to "where will this run end?" about the main series, and why. */
export function verdictSentence(parts: VerdictParts): VerdictWords {
  const main = mainSeries(parts.series);
  if (main === null) {
    return { sentence: 'Nothing to forecast: no series was found that could have a limit.', why: '' };
  }
  const lost = parts.lostOf?.(main) ?? 0;
  if (main.n === 0 && lost > 0) return { sentence: neverFinite(main, lost), why: '' };
  return { sentence: `${brokenOff(main, parts)}${sentenceAbout(main, parts)}`, why: whyOf(main, parts) };
}

function sentenceAbout(main: SeriesReport, parts: VerdictParts): string {
  if (main.verdict === 'identified' && main.limit !== null) return headingFor(main, main.limit, parts);
  return main.verdict === 'no-trend' ? noTrend(main, parts) : tooEarly(main);
}

/** More checkpoints of the kind decide nothing. */
function neverFinite(main: SeriesReport, lost: number): string {
  const none =
    lost === 1
      ? `The only value of ${inSentence(main)} is not`
      : `None of the ${lost} values of ${inSentence(main)} is`;
  return `${none} finite: the run may have diverged. There is nothing to forecast until one is.`;
}

/** Whoever pays for the run has to know this first. */
function brokenOff(main: SeriesReport, { lostOf }: VerdictParts): string {
  const lost = lostOf?.(main) ?? 0;
  if (lost === 0) return '';
  const values =
    lost === 1 ? `The last value of ${inSentence(main)} is` : `The last ${lost} values of ${inSentence(main)} are`;
  return `${values} not finite: the run may have diverged. Until then: `;
}

function headingFor(main: SeriesReport, limit: NonNullable<SeriesReport['limit']>, parts: VerdictParts): string {
  const width = limit.upper - limit.lower;
  const where = `${formatNumber(limit.value, width)} (${formatInterval(limit.lower, limit.upper, width)})`;
  const way = main.progress === null ? null : `${formatPercent(main.progress)} of the way`;
  const { settling } = main;
  const isWorse = getsWorse(main, limit);
  if (settling !== null && parts.lastX !== null && settling.x <= parts.lastX) {
    const isSure = settling.upper <= parts.lastX;
    const probably = isSure ? '' : 'probably ';
    const came = isWorse ? 'got worse, and levelled off at' : `reached its ${limitWord(main.direction)},`;
    const under = formatPercent(settling.tolerance);
    const left = isSure
      ? `the rest is under ${under}`
      : `under ${under} is left from ${settledAt(settling, parts.xName)} on`;
    return `${subject(main)} has ${probably}${came} ${where}: ${left}.`;
  }
  const rest = settling === null || parts.lastX === null ? null : restOf(settling, parts.lastX, parts.xName);
  const clauses =
    rest === null && way !== null && (main.progress ?? 0) > 0.5
      ? [`${way}, and slow from here`]
      : [way, rest].filter((clause) => clause !== null);
  return `${subject(main)} ${isWorse ? 'gets worse, and ' : ''}is heading for ${where}${clauses.length > 0 ? ': ' : ''}${clauses.join('; ')}.`;
}

/** Whether it ends surely on the wrong side of where it began. */
function getsWorse({ direction, first }: SeriesReport, { lower, upper }: NonNullable<SeriesReport['limit']>): boolean {
  return first !== null && (direction === 'lower' ? lower > first : direction === 'higher' && upper < first);
}

function settledAt(settling: NonNullable<SeriesReport['settling']>, xName: string): string {
  return `${xWords(xName)?.one ?? readableName(xName)} ${settlingWords(settling, xName).whole}`;
}

function restOf(settling: NonNullable<SeriesReport['settling']>, lastX: number, xName: string): string {
  const under = `the rest under ${formatPercent(settling.tolerance)}`;
  const words = xWords(xName);
  if (words === null) return `${readableName(xName)} ${settlingWords(settling, xName).at} brings ${under}`;
  // Epochs are spoken of in parts, steps and the like are whole.
  const whole = words.one === 'epoch' ? (x: number) => x : Math.ceil;
  const leastWidth = words.one === 'epoch' ? 0 : 4;
  const more = whole(settling.x - lastX);
  const width = settling.upper - settling.lower;
  if (width > hopelessFrom * more) return `when ${under.replace('the rest', 'the rest is')} cannot be told yet`;
  if (width > vagueFrom * more) {
    const [lower, upper] = [Math.max(0, whole(settling.lower - lastX)), whole(settling.upper - lastX)];
    const shown = settlingWords({ x: more, lower, upper }, words.one);
    const range = Number(shown.lower) === 0 ? `up to ${shown.upper}` : shown.range;
    return `${range} more ${words.many} bring ${under}`;
  }
  // The digits of the distance, so that some is left.
  const shown = formatNumber(more, Math.max(Math.min(width, more), leastWidth));
  return Number(shown) === 1 ? `1 more ${words.one} brings ${under}` : `${shown} more ${words.many} bring ${under}`;
}

function tooEarly(main: SeriesReport): string {
  const about = main.role === 'solver' ? '' : ` for ${inSentence(main)}`;
  const opening = `Too early to tell${about}: `;
  const count = main.moreCheckpoints === null || main.moreCheckpoints < 1 ? null : roundCount(main.moreCheckpoints);
  if (main.n === 0) {
    return `${opening}it has no finite value yet${count === null ? '' : `; about ${formatNumber(count)} checkpoints would decide`}.`;
  }
  const more = count === null ? '' : `; about ${formatNumber(count)} more would decide`;
  const [low, high] = [main.alternatives[0], main.alternatives.at(-1)];
  if (low === undefined || high === undefined || main.alternatives.length < 2) {
    const there = main.n === 1 ? '1 checkpoint is' : `${main.n} checkpoints are`;
    return `${opening}${there} not enough${more}.`;
  }
  const width = Math.abs(high - low);
  const [from, to] = [formatNumber(low, width), formatNumber(high, width)];
  // The ends of an interval, or of models that weigh little, fit too, but not as well as what lies between.
  const alike = alikeOf(main).map(({ limit }) => limit);
  const isAlike = alike.includes(low) && alike.includes(high);
  const limits = isAlike && main.alternatives.length === 2 ? `${from} and ${to}` : `limits from ${from} to ${to}`;
  return `${opening}${limits} fit these ${main.n} checkpoints${isAlike ? ' alike' : ''}${more}.`;
}

function noTrend(main: SeriesReport, parts: VerdictParts): string {
  const about = main.role === 'solver' ? '' : ` in ${inSentence(main)}`;
  // A forecaster's reason opens with what the series did: "It has moved in steps: …".
  const did = /^It [^,:;.]+/.exec(main.reason)?.[0].replace(/^It/, 'it') ?? 'it goes up and down';
  const opening = `No trend to follow${about}: ${did}.`;
  if (main.now === null) return opening;
  const end = main.forecast.at(-1);
  if (end === undefined || !(end.upper > end.lower) || parts.lastX === null || end.x <= parts.lastX) {
    return `${opening} The best guess is where it is: ${formatNumber(main.now)}.`;
  }
  const width = end.upper - end.lower;
  // However wide the band is, a value that was seen is not 0.
  const seen = main.now === 0 ? width : Math.min(width, Math.abs(main.now));
  const at = `${xWords(parts.xName)?.one ?? readableName(parts.xName)} ${formatNumber(end.x)}`;
  return `${opening} The best guess is where it is: ${formatNumber(main.now, seen)} (${formatInterval(end.lower, end.upper, width)} at ${at}).`;
}

function whyOf(main: SeriesReport, parts: VerdictParts): string {
  const isOfOneRate = main.verdict === 'identified' && main.evidence.oneRate;
  const first = [gapClosing(parts.series), isOfOneRate ? null : modelsAlike(main)]
    .filter((clause) => clause !== null)
    .join('; ');
  const { because } = main.evidence;
  const isTold = because !== 'newest-part' && (main.verdict === 'identified' || hasAlternatives(main));
  const opening =
    isTold && first !== ''
      ? asSentence(first)
      : because === 'few-checkpoints'
        ? main.reason
        : beforeAdvice(main.reason);
  const rate = keepsOneCourse(parts.series) ? sharedRate(parts.dynamics) : null;
  const left = isPlanned(parts) ? budgetLeft(main, parts) : staysShort(main);
  const second = [newestEnd(main), isOfOneRate ? onOneRate(main, parts.dynamics) : rate, left]
    .filter((clause) => clause !== null)
    .join('; ');
  return [opening, second === '' ? '' : asSentence(second), leftOut(main)]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** Why the forecast that is drawn may pass the limit. */
function newestEnd({ limit, evidence }: SeriesReport): string | null {
  if (limit === null || evidence.newestEnd === null) return null;
  const end = formatNumber(evidence.newestEnd, limit.upper - limit.lower);
  return `its newest part leads to ${end} by twice as many checkpoints, for which the interval has room`;
}

/** Values before the forecast begins, where it is not a jump behind which it begins. */
function leftOut({ first, n, evidence: { since, jumps } }: SeriesReport): string {
  if (n === 0 || since <= 1 || first === null || jumps.some(({ checkpoint }) => checkpoint <= since)) return '';
  return since === 2
    ? `The first value, ${formatNumber(first)}, is far from all others and was left out.`
    : `The first ${since - 1} values, from ${formatNumber(first)} on, are far from all others and were left out.`;
}

function hasAlternatives({ verdict, alternatives }: SeriesReport): boolean {
  return verdict === 'too-early' && alternatives.length >= 2;
}

/** The best guess, which may follow the reason after a semicolon, stands in the sentence. */
function beforeAdvice(reason: string): string {
  return reason.replace(/;[^;]*\.$/, '.');
}

function gapClosing(series: readonly SeriesReport[]): string | null {
  const gap = series.find(({ role }) => role === 'gap');
  if (gap === undefined || gap.first === null || gap.now === null) return null;
  const verb = Math.abs(gap.now) < Math.abs(gap.first) ? 'closed' : 'opened';
  const width = Math.abs(gap.first - gap.now) / 5;
  return `the gap to the verifier has ${verb} from ${formatNumber(gap.first, width)} to ${formatNumber(gap.now, width)}`;
}

function modelsAlike(main: SeriesReport): string | null {
  const alike = alikeOf(main);
  const [best] = alike;
  if (best === undefined) return null;
  if (alike.length === 1) {
    // Of two exponentials.
    const verb = best.name.endsWith('s') ? 'fit' : 'fits';
    return `${best.name} ${verb} best, with ${formatPercent(best.weight)} of the weight`;
  }
  const names = alike.map(({ name }) => name);
  const listed = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const [from, to] = limitsOf(alike, main);
  return `${listed} fit alike, ${from === to ? `all with the limit ${from}` : `with limits from ${from} to ${to}`}`;
}

function alikeOf({ models }: SeriesReport): readonly ModelWeight[] {
  const most = Math.max(0, ...models.map(({ weight }) => weight));
  return models.filter(({ weight, limit }) => limit !== null && weight > 0 && weight >= fitsAlike * most);
}

/** The lowest and the highest limit of these models. */
function limitsOf(
  models: readonly ModelWeight[],
  { limit: printed, alternatives }: SeriesReport,
): readonly [string, string] {
  const limits = models.flatMap(({ limit }) => (limit === null ? [] : [limit]));
  const [low, high] = [Math.min(...limits), Math.max(...limits)];
  // In the digits of the sentence above them, or they would seem to lie outside of what it says.
  const said = alternatives.length < 2 ? 0 : Math.abs((alternatives.at(-1) ?? 0) - (alternatives[0] ?? 0));
  const width = printed === null ? Math.max(2 * (high - low), said) : printed.upper - printed.lower;
  return [formatNumber(low, width), formatNumber(high, width)];
}

/** The limits that the series' own curves leave open are wider than what one rate prints: they must not read as its reason. */
function onOneRate(main: SeriesReport, dynamics: Dynamics | null): string {
  const p = dynamics === null ? null : pOf(dynamics);
  const rests = `the forecast rests on one rate shared by solver and verifier${p === null ? '' : `, which holds (${p})`}`;
  const alike = alikeOf(main);
  if (alike.length < 2) return rests;
  const [from, to] = limitsOf(alike, main);
  return from === to ? rests : `${rests}; without it, limits from ${from} to ${to} would fit alike`;
}

function sharedRate(dynamics: Dynamics | null): string | null {
  const p = dynamics === null ? null : pOf(dynamics);
  if (dynamics === null || p === null) return null;
  return dynamics.sharedRate.holds
    ? `one rate shared by solver and verifier holds (${p})`
    : `one rate shared by solver and verifier does not hold (${p}), so each has its own`;
}

function pOf({ sharedRate: { pValue } }: Dynamics): string | null {
  if (!Number.isFinite(pValue)) return null;
  return pValue < 0.01 ? 'p < 0.01' : pWords(pValue);
}

/** Whether it is known when the run ends: plan and axis count the same thing. */
function isPlanned({ budget, xName }: VerdictParts): boolean {
  const words = xWords(xName);
  return budget !== null && words !== null && xWords(budget.unit)?.one === words.one;
}

/**
 * Where the limit lies beyond where the run is, and is no law's that was tested: of real curves that settled, many had been
 * ended before they came there (docs/forecasting.md).
 */
function staysShort({ verdict, limit, now, direction, progress, evidence }: SeriesReport): string | null {
  if (verdict !== 'identified' || limit === null || now === null || evidence.oneRate) return null;
  const short = `a run that its schedule ends sooner stays short of this ${limitWord(direction)}`;
  if (evidence.reachesBack) return `${short}, so its interval begins where the run is`;
  return (progress ?? 0) <= nearlyThere && (now < limit.lower || now > limit.upper) ? short : null;
}

/** What the rest of the planned run buys. */
function budgetLeft(main: SeriesReport, { budget, lastX, xName }: VerdictParts): string | null {
  const words = xWords(xName);
  if (budget === null || words === null) return null;
  if (main.settling === null || lastX === null || budget.x <= lastX) return null;
  const { x, upper, lower, tolerance } = main.settling;
  const over = budget.x - Math.max(x, lastX);
  const planned = `${formatNumber(budget.x)} planned ${words.many}`;
  return over > 0
    ? `of ${planned} the last ${formatNumber(over, Math.min(upper - lower, over))} buy under ${formatPercent(tolerance)}`
    : `the ${planned} end before the rest is under ${formatPercent(tolerance)}`;
}

function subject(main: SeriesReport): string {
  return main.role === 'none' ? readableName(main.name) : `The ${main.role}`;
}

function inSentence(main: SeriesReport): string {
  return main.role === 'none' ? readableName(main.name) : `the ${main.role}`;
}

function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
