import type { ForecastSummary } from '../report/forecastSummary.ts';
import { formatInterval } from '../report/formatInterval.ts';
import { formatNumber } from '../report/formatNumber.ts';
import { formatPercent } from '../report/formatPercent.ts';
import { limitWord } from '../report/limitWord.ts';
import { readableName } from '../report/readableName.ts';
import { roundCount } from '../report/roundCount.ts';
import { type SettlingSpan, settlingWords } from '../report/settlingWords.ts';
import { xWords } from '../report/xWords.ts';
import type { BudgetAnchor } from './budgetAnchors.ts';
import type { ForecastAnswer } from './forecastAnswer.ts';

/** What stands on a budget line. */
export interface BudgetHint {
  /** Short, for the lens. */
  readonly title: string;
  /** Sentences that say why, for hover and terminal. */
  readonly reasons: readonly string[];
  /** A smaller budget that still brings all but the tolerance of the way; null where there is none to suggest. */
  readonly suggestion: BudgetSuggestion | null;
}

export interface BudgetSuggestion {
  readonly value: number;
  /** Written as the config writes its value. */
  readonly text: string;
  readonly title: string;
}

/** What the run that belongs to a config says of its budget. Claims nothing that the forecast does not hold. */
export function budgetHint(anchor: BudgetAnchor, answer: ForecastAnswer): BudgetHint {
  if (anchor.beatenBy !== null) {
    return plain(`does not count: ${anchor.beatenBy} wins`, [
      `${anchor.framework} ends the run by ${anchor.beatenBy}, so this line changes nothing.`,
    ]);
  }
  if (answer.kind === 'pending') return plain('ceiling: working on it', [`${capital(answer.note)}.`]);
  if (answer.kind === 'none') return plain('ceiling: no run yet', [answer.message]);
  const hint = fromForecast(anchor, answer.summary);
  const notes = [
    otherPlan(anchor, answer.summary),
    anchor.unless === null ? null : `This holds unless ${anchor.unless}.`,
  ];
  return { ...hint, reasons: [...hint.reasons, ...notes.filter((note) => note !== null)] };
}

/** A budget line with its hint behind it: `num_train_epochs: 30  →  99 % of the ceiling by epoch 9.2 (8.1–10.6)`. */
export function hintLine({ key, valueText }: BudgetAnchor, { title }: BudgetHint): string {
  return `${key}: ${valueText}  →  ${title}`;
}

function fromForecast(anchor: BudgetAnchor, summary: ForecastSummary): BudgetHint {
  const { verdict, limit, sentence, now } = summary;
  if (verdict === 'identified' && limit !== null) return identified(anchor, summary, limit);
  if (verdict === 'no-trend') return plain(`no trend to follow: it is at ${formatNumber(now)}`, [sentence]);
  return plain(tooEarlyTitle(summary), [sentence]);
}

function plain(title: string, reasons: readonly string[]): BudgetHint {
  return { title, reasons, suggestion: null };
}

function tooEarlyTitle({ moreCheckpoints }: ForecastSummary): string {
  const more = moreCheckpoints === null || moreCheckpoints < 1 ? null : roundCount(moreCheckpoints);
  if (more === null) return 'too early to tell';
  return `too early to tell: about ${more} more ${more === 1 ? 'checkpoint' : 'checkpoints'} would decide`;
}

type Limit = NonNullable<ForecastSummary['limit']>;
type Settling = NonNullable<ForecastSummary['settling']>;

function identified(anchor: BudgetAnchor, summary: ForecastSummary, limit: Limit): BudgetHint {
  const { settling, sentence } = summary;
  if (settling === null) {
    const width = limit.upper - limit.lower;
    const where = `${formatNumber(limit.value, width)} (${formatInterval(limit.lower, limit.upper, width)})`;
    return plain(`heading for ${where}, slowly: no end in sight`, [sentence]);
  }
  const almostAll = `${formatPercent(1 - settling.tolerance)} of the ${limitWord(summary.direction)}`;
  const perX = unitsPerX(anchor, summary);
  if (perX === null) {
    const words = xWords(summary.xName) ?? { one: readableName(summary.xName), many: readableName(summary.xName) };
    return plain(`${almostAll} by ${words.one} ${settlingWords(settling, summary.xName).whole}`, [
      sentence,
      `The log counts ${words.many} and this line ${anchor.unit}s; the log does not say how they relate.`,
    ]);
  }
  const by = `${anchor.unit} ${settlingWords(inUnits(settling, perX), anchor.unit).whole}`;
  if (anchor.value <= settling.x * perX) return endsBefore(anchor, summary, limit, perX, `${almostAll} by ${by}`);
  const enough = settling.upper === null ? null : Math.ceil(settling.upper * perX);
  return enough === null || enough < 1 || enough >= anchor.value
    ? plain(`${almostAll} by ${by}`, [sentence])
    : outlasts({ anchor, summary, limit, perX, almostAll, by, enough });
}

function endsBefore(
  anchor: BudgetAnchor,
  summary: ForecastSummary,
  limit: Limit,
  perX: number,
  goal: string,
): BudgetHint {
  const done = wayDoneAt(summary, limit.value, anchor.value / perX);
  const end = done === null ? 'ends before' : `ends at about ${formatPercent(done)} of the way;`;
  const change = summary.direction === 'lower' ? 'lower' : 'raise';
  return plain(`${end} ${goal}`, [
    summary.sentence,
    `More than ${formatNumber(anchor.value)} ${anchor.unit}s would still ${change} it.`,
  ]);
}

interface Outlasting {
  readonly anchor: BudgetAnchor;
  readonly summary: ForecastSummary;
  readonly limit: Limit;
  readonly perX: number;
  /** `99 % of the ceiling` */
  readonly almostAll: string;
  /** `epoch 9.2 (8.1–10.6)` */
  readonly by: string;
  /** The end of the settling interval in whole units of the config: nineteen times in twenty the way is done by then. */
  readonly enough: number;
}

function outlasts({ anchor, summary, limit, perX, almostAll, by, enough }: Outlasting): BudgetHint {
  const last = Number((anchor.value - enough).toFixed(2));
  const lastUnits = `the last ${last === 1 ? anchor.unit : `${formatNumber(last)} ${anchor.unit}s`}`;
  const verb = last === 1 ? 'buys' : 'buy';
  const bought = atMost(restBound(summary, limit.value, enough / perX, anchor.value / perX));
  const width = limit.upper - limit.lower;
  const way = `the way from ${formatNumber(summary.first, width)} to ${formatNumber(limit.value, width)}`;
  const text = anchor.valueText.includes('.') ? `${enough}.0` : String(enough);
  return {
    title: `${almostAll} by ${by}; ${lastUnits} ${verb} ≤ ${bought}`,
    reasons: [
      summary.sentence,
      `${capital(lastUnits)}, ${formatPercent(last / anchor.value)} of the budget, ${verb} at most ${bought} of ${way}.`,
    ],
    suggestion: { value: enough, text, title: `Set ${anchor.key} to ${text} (${almostAll})` },
  };
}

/**
 * The most that training from one x to another brings, as a share of the whole way. The slow end of the settling
 * interval is the forecast with its time stretched: what is left at `from` on the slow course is what the forecast has
 * left as much earlier. `from` lies behind the settling interval, so the tolerance bounds it in any case.
 */
function restBound(
  { forecast, settling, first, lastX }: ForecastSummary,
  limit: number,
  from: number,
  to: number,
): number {
  const whole = Math.abs(limit - first);
  if (settling === null || settling.upper === null || whole === 0) return 1;
  const { x, upper, tolerance } = settling;
  const pace = x > lastX && upper > x ? (x - lastX) / (upper - lastX) : 1;
  const start = valueAt(forecast, lastX + (from - lastX) * pace);
  const end = valueAt(forecast, to) ?? limit;
  return start === null ? tolerance : Math.min(tolerance, Math.abs(end - start) / whole);
}

/** A bound is rounded up, to one digit; what is less than a thousandth is not told apart. */
function atMost(share: number): string {
  const percent = Math.max(100 * share, 0.1);
  const place = 10 ** Math.floor(Math.log10(percent));
  // What is whole but for the last bits stays whole.
  return formatPercent(Number((Math.ceil(percent / place - 1e-9) * place).toPrecision(2)) / 100);
}

/** How many of the config's units one unit of the log's x axis is; null where the log does not tell. */
function unitsPerX({ unit }: BudgetAnchor, { xName, stepsPerEpoch }: ForecastSummary): number | null {
  const counted = xWords(xName)?.one;
  const logUnit = counted === 'iteration' || counted === 'update' || counted === 'batch' ? 'step' : counted;
  if (logUnit === unit) return 1;
  if (stepsPerEpoch === null) return null;
  if (logUnit === 'step' && unit === 'epoch') return 1 / stepsPerEpoch;
  return logUnit === 'epoch' && unit === 'step' ? stepsPerEpoch : null;
}

function inUnits({ x, lower, upper }: Settling, perX: number): SettlingSpan {
  return { x: x * perX, lower: lower * perX, upper: upper === null ? null : upper * perX };
}

/** Share of the way from the first value to the limit that the forecast has behind it at x; null beyond its end. */
function wayDoneAt({ forecast, first, now, lastX }: ForecastSummary, limit: number, x: number): number | null {
  const y = valueAt([{ x: lastX, y: now }, ...forecast.filter((point) => point.x > lastX)], x);
  return y === null || limit === first ? null : Math.min(1, Math.max(0, (y - first) / (limit - first)));
}

interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** On the straight line between neighbours; the first value before the first point, null behind the last. */
function valueAt(points: readonly CurvePoint[], x: number): number | null {
  const after = points.findIndex((point) => point.x >= x);
  const [left, right] = [points[after - 1], points[after]];
  if (right === undefined) return null;
  return left === undefined ? right.y : left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x);
}

/** What the log says of its own plan, where it is another than this line's. */
function otherPlan(anchor: BudgetAnchor, { budget }: ForecastSummary): string | null {
  if (budget === null || xWords(budget.unit)?.one !== anchor.unit || budget.x === anchor.value) return null;
  return `The log was planned to ${anchor.unit} ${formatNumber(budget.x)} (${readableName(budget.from)}), not ${formatNumber(anchor.value)}: it may belong to another config.`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
