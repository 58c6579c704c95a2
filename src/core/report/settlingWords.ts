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

/** Narrowest interval that is told of things counted in wholes: no one trains half a step. */
const narrowestWhole = 4;

/**
 * When a run settles, as every face says it: with the digits that its interval justifies.
 * @param unit name of the axis, or what it counts
 */
export function settlingWords({ x, lower, upper }: SettlingSpan, unit: string): SettlingWords {
  const counted = xWords(unit);
  const least = counted === null || counted.one === 'epoch' ? 0 : narrowestWhole;
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
