import { upTo } from './risingValues.ts';
import type { Run } from './run.ts';
import { isLearningRate } from './toldOfRuns.ts';

/** A fall of the learning rate that goes on after the last checkpoint. */
export interface DecayToCome {
  /** The last learning rate as a share of its peak. */
  readonly left: number;
}

const fewest = 8;
/** A schedule that has done so much of its fall has shown what it does; one that has done less than this is no fall yet. */
const mostFallen = 0.9;
const leastFallen = 0.02;

/**
 * null where the log has no learning rate, or it does not fall, or hardly has anything left to fall. A decay to zero makes the
 * last part of a curve steeper than its past, which no fit of the past can know.
 */
export function decayToCome(run: Run, untilX: number): DecayToCome | null {
  const series = run.series.find(({ name, y }) => isLearningRate(name) && y.length >= fewest);
  if (series === undefined) return null;
  const n = upTo(series.x, untilX).length;
  const rates = series.y.subarray(0, n);
  if (n < fewest) return null;
  const peak = rates.reduce((most, rate) => Math.max(most, rate), 0);
  const last = rates[n - 1] ?? 0;
  const earlier = rates[n - 1 - Math.ceil(n / 10)] ?? last;
  const isFalling = last < earlier && last <= (rates[n - 2] ?? last);
  const left = last / peak;
  return peak > 0 && isFalling && left > 1 - mostFallen && left < 1 - leastFallen ? { left } : null;
}
