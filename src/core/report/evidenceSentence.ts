import type { Evidence } from '../forecast/forecaster.ts';
import { formatNumber } from './formatNumber.ts';
import { formatPercent } from './formatPercent.ts';

const mostNamed = 3;

/** What a forecast is made of, in one line; empty where there is nothing to say beyond the verdict. */
export function evidenceSentence({
  since,
  blocks,
  checkpoints,
  jumps,
  downWeightedCount,
  downWeighted,
  past,
}: Evidence): string {
  const parts = [
    jumps.length === 0
      ? ''
      : `${jumps.length === 1 ? 'a jump' : `${jumps.length} jumps`} at checkpoint ${named(jumps.map(({ checkpoint }) => String(checkpoint)))}`,
    since > 1 ? `only checkpoints from ${since} on count` : '',
    downWeightedCount === 0
      ? ''
      : `${downWeightedCount === 1 ? 'one checkpoint stands alone and weighs' : `${downWeightedCount} checkpoints stand alone and weigh`} less (at ${named(downWeighted.map(({ x }) => formatNumber(x)))})`,
    blocks < checkpoints ? `the limit is weighed on ${blocks} averages` : '',
    past === null
      ? ''
      : `on its own past the forecast was off by ${formatPercent(past.curves)} of the range, the last value by ${formatPercent(past.lastValue)}`,
  ].filter((part) => part !== '');
  if (parts.length === 0) return '';
  const line = parts.join('; ');
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}

function named(items: readonly string[]): string {
  const shown = items.slice(0, mostNamed).join(', ');
  return items.length > mostNamed ? `${shown} and ${items.length - mostNamed} more` : shown;
}
