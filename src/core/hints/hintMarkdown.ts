import { fileNameOf } from '../report/fileNameOf.ts';
import type { ForecastSummary } from '../report/forecastSummary.ts';
import { formatInterval } from '../report/formatInterval.ts';
import { formatNumber } from '../report/formatNumber.ts';
import { formatPercent } from '../report/formatPercent.ts';
import { limitWord } from '../report/limitWord.ts';
import { readableName } from '../report/readableName.ts';
import { settlingWords } from '../report/settlingWords.ts';
import type { BudgetHint } from './budgetHint.ts';
import type { ForecastAnswer } from './forecastAnswer.ts';
import { smallCurve } from './smallCurve.ts';

/** The hover of a budget line: the reasons, a small curve, the numbers, the run they come from, and the way to the panel. */
export function hintMarkdown(hint: BudgetHint, answer: ForecastAnswer): string {
  const [first = '', ...rest] = hint.reasons.map(escaped);
  const parts = [`**${first}**`, ...rest];
  if (answer.kind !== 'forecast') return parts.join('\n\n');
  const { summary, found } = answer;
  const curve = smallCurve(summary);
  if (curve !== '') parts.push(`![${escaped(readableName(summary.series))} so far and its forecast](${curve})`);
  parts.push(escaped(numbers(summary)));
  parts.push(
    escaped(
      `From ${fileNameOf(summary.log)}, ${found}: ${summary.run === 'run' ? '' : `run ${readableName(summary.run)}, `}series ${readableName(summary.series)}.`,
    ),
  );
  const argument = encodeURIComponent(JSON.stringify([summary.log]))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
  parts.push(`[Open the forecast](command:ceilingLens.openPrediction?${argument})`);
  return parts.join('\n\n');
}

function numbers({ now, limit, settling, progress, xName, direction }: ForecastSummary): string {
  const width = limit === null ? null : limit.upper - limit.lower;
  const shown = [`Now ${formatNumber(now, width)}`];
  if (limit !== null && width !== null) {
    const level = formatPercent(limit.level);
    shown.push(
      `${limitWord(direction)} ${formatNumber(limit.value, width)} (${level}: ${formatInterval(limit.lower, limit.upper, width)})`,
    );
  }
  if (progress !== null) shown.push(`${formatPercent(progress)} of the way`);
  if (settling !== null) {
    const { whole } = settlingWords(settling, xName);
    shown.push(`rest under ${formatPercent(settling.tolerance)} at ${readableName(xName)} ${whole}`);
  }
  return `${shown.join(' · ')}.`;
}

/** Names come from logs: none of their signs may act as Markdown. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|!~]/g, '\\$&').replaceAll('\n', ' ');
}
