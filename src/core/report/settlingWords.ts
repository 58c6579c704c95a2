import { formatInterval } from './formatInterval.ts';
import { formatNumber } from './formatNumber.ts';
import { xWords } from './xWords.ts';

/** When the rest is under the tolerance. An interval without an end has `null` or infinity there. */
export interface SettlingSpan {
  readonly x: number;
  readonly lower: number;
  readonly upper: number | null;
}

export interface SettlingWords {
  /** `550` */
  readonly at: string;
  /** `470–650`, or `470 or later` */
  readonly range: string;
  /** `550 (470–650)` */
  readonly whole: string;
}

/**
 * When a run settles, as every face says it: with the digits that its interval justifies.
 * @param unit name of the axis, or what it counts
 */
export function settlingWords({ x, lower, upper }: SettlingSpan, unit: string): SettlingWords {
  // An interval of this width shows the finest digit.
  const least = 4 * finestDigit(x, unit);
  const end = upper === null || !Number.isFinite(upper) ? null : upper;
  // Towards its end an interval may be wide, or have none: that takes no digits from what is known on the near side.
  const near = 2 * (x - lower);
  const far = end === null ? near : end - lower;
  const width = Math.max(least, near > 0 ? Math.min(near, far) : far);
  const at = formatNumber(x, width);
  const range =
    end === null ? `${formatNumber(lower, width)} or later` : formatInterval(lower, end, width, Math.max(least, far));
  return { at, range, whole: `${at} (${range})` };
}

/** However narrow the interval, finer digits are of no use: no one trains half a step, or the hundredth part of an epoch more. */
function finestDigit(x: number, unit: string): number {
  const counted = xWords(unit)?.one;
  if (counted === undefined) return Math.abs(x) / 1e4;
  if (counted !== 'epoch') return 1;
  return Math.abs(x) >= 1 ? 0.1 : 0.01;
}
