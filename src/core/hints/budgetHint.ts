import type { ForecastSummary } from '../report/forecastSummary.ts';
import { formatInterval } from '../report/formatInterval.ts';
import { formatNumber } from '../report/formatNumber.ts';
import { formatPercent } from '../report/formatPercent.ts';
import { limitWord } from '../report/limitWord.ts';
import { readableName } from '../report/readableName.ts';
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
  readonly suggestion: { readonly value: number; readonly text: string; readonly title: string } | null;
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
  const { summary } = answer;
  if (summary.verdict === 'identified' && summary.limit !== null) return identified(anchor, summary, summary.limit);
  if (summary.verdict === 'no-trend') {
    return plain(`no trend to follow: it is at ${formatNumber(summary.now)}`, [summary.sentence]);
  }
  return plain(tooEarlyTitle(summary), [summary.sentence]);
}

function plain(title: string, reasons: readonly string[]): BudgetHint {
  return { title, reasons, suggestion: null };
}

function tooEarlyTitle({ moreCheckpoints }: ForecastSummary): string {
  const more = moreCheckpoints === null || moreCheckpoints < 1 ? null : Math.ceil(moreCheckpoints);
  if (more === null) return 'too early to tell';
  return `too early to tell: about ${more} more ${more === 1 ? 'checkpoint' : 'checkpoints'} would decide`;
}

function identified(
  anchor: BudgetAnchor,
  summary: ForecastSummary,
  limit: NonNullable<ForecastSummary['limit']>,
): BudgetHint {
  const word = limitWord(summary.direction);
  const { settling } = summary;
  const reasons = [summary.sentence];
  const width = limit.upper - limit.lower;
  const where = `${formatNumber(limit.value, width)} (${formatInterval(limit.lower, limit.upper, width)})`;
  const perX = unitsPerX(anchor, summary);
  if (settling === null) return plain(`heading for ${where}, slowly: no end in sight`, reasons);
  const almostAll = formatPercent(1 - settling.tolerance);
  const little = formatPercent(settling.tolerance);
  if (perX === null) {
    const axis = xWords(summary.xName)?.one ?? readableName(summary.xName);
    reasons.push(
      `The log counts ${xWords(summary.xName)?.many ?? readableName(summary.xName)} and this line ${anchor.unit}s; the log does not say how they relate.`,
    );
    return plain(
      `${almostAll} of the ${word} by ${axis} ${range(settling.x, settling.lower, settling.upper, 1)}`,
      reasons,
    );
  }
  const by = `${anchor.unit} ${range(settling.x * perX, settling.lower * perX, settling.upper === null ? null : settling.upper * perX, anchor.unit === 'step' ? 1 : 0.1)}`;
  const budgetX = anchor.value / perX;
  const rest = anchor.value - settling.x * perX;
  if (rest <= 0) {
    const done = wayDoneAt(summary, limit.value, budgetX);
    const title =
      done === null
        ? `ends before ${almostAll} of the ${word} (${by})`
        : `ends at about ${formatPercent(done)} of the way; ${almostAll} of the ${word} by ${by}`;
    return plain(title, [
      ...reasons,
      `More than ${formatNumber(anchor.value)} ${anchor.unit}s would still raise it.`.replace(
        'raise',
        summary.direction === 'lower' ? 'lower' : 'raise',
      ),
    ]);
  }
  const left = anchor.unit === 'step' ? Math.floor(rest) : Number(rest.toPrecision(2));
  const title = `${almostAll} of the ${word} by ${by}; the last ${formatNumber(left)} ${anchor.unit}s buy ≤ ${little}`;
  return {
    title,
    reasons: [...reasons, ...beyond(anchor, summary)],
    suggestion: suggest(anchor, settling, perX, almostAll, word),
  };
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

/** @param least digits finer than this are of no use: no one trains half a step. */
function range(x: number, lower: number, upper: number | null, least: number): string {
  if (upper === null) return `${rounded(x, least)} (${rounded(lower, least)} or later)`;
  const width = Math.max(upper - lower, 4 * least);
  return `${formatNumber(x, width)} (${formatInterval(lower, upper, width)})`;
}

function rounded(x: number, least: number): string {
  return formatNumber(Math.round(x / least) * least, 4 * least);
}

/** Share of the way from the first value to the limit that the forecast has behind it at x. */
function wayDoneAt({ forecast, first, now, lastX }: ForecastSummary, limit: number, x: number): number | null {
  const whole = limit - first;
  if (whole === 0) return null;
  const points = [{ x: lastX, y: now }, ...forecast.filter((point) => point.x > lastX)];
  const after = points.findIndex((point) => point.x >= x);
  const [left, right] = [points[after - 1], points[after]];
  if (after === 0 && right !== undefined) return share((right.y - first) / whole);
  if (left === undefined || right === undefined) return null;
  const y = left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x);
  return share((y - first) / whole);
}

const share = (value: number): number => Math.min(1, Math.max(0, value));

function beyond(anchor: BudgetAnchor, { budget }: ForecastSummary): string[] {
  if (budget === null || budget.unit !== anchor.unit || budget.x === anchor.value) return [];
  return [
    `The log was planned to ${anchor.unit} ${formatNumber(budget.x)} (${readableName(budget.from)}), not ${formatNumber(anchor.value)}: it may belong to another config.`,
  ];
}

/** The end of the settling interval, so that the way is done nine times in ten, in whole units. */
function suggest(
  anchor: BudgetAnchor,
  settling: NonNullable<ForecastSummary['settling']>,
  perX: number,
  almostAll: string,
  word: string,
): BudgetHint['suggestion'] {
  const value = Math.ceil((settling.upper ?? Number.POSITIVE_INFINITY) * perX);
  if (!Number.isFinite(value) || value < 1 || value >= anchor.value) return null;
  const text = anchor.valueText.includes('.') ? `${value}.0` : String(value);
  return { value, text, title: `Set ${anchor.key} to ${text} (${almostAll} of the ${word})` };
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
