import type { Control } from '../control.ts';
import { findJumps } from './findJumps.ts';
import type { SeriesInput } from './forecaster.ts';
import type { Designs } from './gridDesign.ts';
import { findOutliers, withoutOutliers } from './outliers.ts';
import { partFrom } from './partOf.ts';
import { rollingErrors } from './rollingErrors.ts';

/** Of fewer checkpoints after a jump nothing can be forecast and checked. */
const fewest = 10;
/** Ripples on a plateau are no course; share of the run's range that the part has to cover. */
const leastWay = 0.1;
/** Share of the errors that starting anew must save, because a jump that came once may come again. */
const saved = 0.5;

/**
 * The checkpoint after a run's last jump, where curves of what came after it alone would have forecast its course clearly
 * better than curves of the whole run, and than staying put at the last value or the recent level; 0 where the whole run counts.
 */
export function startAnew(input: SeriesInput, designs: Designs, control: Control): number {
  const { x, y } = input;
  const since = findJumps(withoutOutliers(y, findOutliers(y))).at(-1)?.index ?? 0;
  if (since === 0 || x.length - since < fewest) return 0;
  const after = partFrom(input, since);
  const share = rangeOf(after.y) / rangeOf(y);
  if (share < leastWay) return 0;
  const whole = rollingErrors(input, designs, control, since);
  const anew = rollingErrors(after, designs, control);
  if (whole === null || anew === null) return 0;
  // Each is in ranges of its own input.
  const scale = share * share;
  return anew.curves * scale < saved * whole.curves && anew.curves < saved * Math.min(anew.last, anew.level)
    ? since
    : 0;
}

function rangeOf(y: Float64Array): number {
  return y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
}
