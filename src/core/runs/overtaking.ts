import { countWhile } from './risingValues.ts';

/** Share of the values that come on top of the first at their x, from which on most checkpoints are logged by several. */
const mostlyShared = 0.4;
/** Checkpoints by which one process may be behind the foremost, and as a share of all: a short log may have started over. */
const mostBehind = 5;
const mostBehindShare = 0.25;

/**
 * How x falls in a series: `overtaken` where that is only because several processes log each checkpoint and some of them are
 * late, `soon-overtaken` where what comes without another fall may show that it is so.
 */
export type FallOfSeries = 'rising' | 'falling' | 'soon-overtaken' | 'overtaken';

/**
 * Processes overtake one another where most checkpoints come more than once, and none much later than the newest one before it.
 * A resume goes back further, or its checkpoints come once but for those that were lost.
 * @param x in the order of the log, without NaN
 */
export function fallOf(x: Float64Array): FallOfSeries {
  /** Each x that was above all before it. */
  const tops = new Float64Array(x.length);
  let topCount = 0;
  let behind = 0;
  for (let i = 0; i < x.length; i++) {
    const at = x[i] ?? 0;
    if (topCount === 0 || at > (tops[topCount - 1] ?? 0)) {
      tops[topCount] = at;
      topCount += 1;
    } else behind = Math.max(behind, topCount - countWhile(topCount, (top) => (tops[top] ?? 0) <= at));
    if (behind > mostBehind) return 'falling';
  }
  if (behind === 0) return 'rising';
  const isShared = x.length - topCount >= mostlyShared * (x.length - 1);
  if (isShared && behind <= mostBehindShare * topCount) return 'overtaken';
  // Beyond all that was there nothing comes a second time.
  return isShared || x.at(-1) !== tops[topCount - 1] ? 'soon-overtaken' : 'falling';
}
