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
  /** Where the interval begins as shown; 0 where no finer digit is of use. */
  readonly lower: string;
  /** Where it ends; null where it has no end. */
  readonly upper: string | null;
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
  // What begins above nothing is not said to begin there.
  const lowerWidth = lower > 0 && Number(formatNumber(lower, width)) === 0 ? Math.max(least, lower) : width;
  const upperWidth = Math.max(least, far);
  const first = formatNumber(lower, lowerWidth);
  const range = end === null ? `${first} or later` : formatInterval(lower, end, lowerWidth, upperWidth);
  const last = end === null ? null : formatNumber(end, upperWidth);
  return { at, range, whole: `${at} (${range})`, lower: first, upper: last };
}

/** However narrow the interval, finer digits are of no use: no one trains half a step, or the hundredth part of an epoch more. */
function finestDigit(x: number, unit: string): number {
  const counted = xWords(unit)?.one;
  if (counted === undefined) return Math.abs(x) / 1e4;
  if (counted !== 'epoch') return 1;
  return Math.abs(x) >= 1 ? 0.1 : 0.01;
}
