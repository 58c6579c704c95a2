/** Share of the epochs at whose start the inner counter starts over, from which it counts inside of an epoch. */
const mostlyRestarts = 0.8;
/** Share of the steps inside of an epoch that may fall, other than to its start: two writers, a line printed late. */
const mayFall = 0.05;

/**
 * One axis from a counter of epochs and one that starts over in each: the epochs that are done, with the place in the one
 * that goes on as a fraction. Rows without the inner counter stand at the end of their epoch.
 * @returns null where the inner counter does not start over with the epoch, or the epoch does not move.
 */
export function placeInEpoch(outer: Float64Array, inner: Float64Array, rows: Int32Array): Float64Array | null {
  const shape = shapeOf(outer, inner, rows);
  if (shape === null) return null;
  const values = outer.slice();
  for (const row of rows) {
    const place = inner[row] ?? Number.NaN;
    const part = Number.isFinite(place) ? place / shape.length : 1;
    values[row] = (outer[row] ?? Number.NaN) - shape.base + part;
  }
  return values;
}

interface EpochShape {
  /** What the epoch's number is ahead of the epochs that are done: 1 where they count from 1. */
  readonly base: 0 | 1;
  readonly length: number;
}

function shapeOf(outer: Float64Array, inner: Float64Array, rows: Int32Array): EpochShape | null {
  let lastOuter = Number.NaN;
  let lastInner = Number.NaN;
  let epochs = 0;
  let restarts = 0;
  let falls = 0;
  const steps: number[] = [];
  let first = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const epoch = outer[row] ?? Number.NaN;
    const place = inner[row] ?? Number.NaN;
    if (!Number.isFinite(epoch) || !Number.isFinite(place)) continue;
    first = Math.min(first, epoch);
    least = Math.min(least, place);
    most = Math.max(most, place);
    if (epoch > lastOuter) {
      epochs += 1;
      if (place <= lastInner) restarts += 1;
    } else if (epoch === lastOuter) {
      if (place > lastInner) steps.push(place - lastInner);
      else if (place < lastInner && place > least) falls += 1;
    }
    lastOuter = epoch;
    lastInner = place;
  }
  if (epochs < 1 || steps.length === 0) return null;
  if (restarts < mostlyRestarts * epochs || falls > mayFall * (steps.length + falls)) return null;
  const spacing = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 1;
  // A place that counts from 0 never reaches the length of the epoch.
  return { base: first >= 1 ? 1 : 0, length: least > 0 ? most : most + spacing };
}
