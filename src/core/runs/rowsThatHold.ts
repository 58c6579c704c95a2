import { fewestOfARun } from './fallingX.ts';
import type { Resume } from './run.ts';

export interface HoldingRows {
  /** Indices into what was given, rising. */
  readonly kept: Int32Array;
  /** Those of which something holds, by x. */
  readonly resumes: readonly Resume[];
  /** A resume that ended after a checkpoint or two was left out, as what went on before it reached further. */
  readonly hasFalseStart: boolean;
  /** The last rows hold, and so does what comes after them without a fall of x. */
  readonly goesOn: boolean;
}

/**
 * Which rows of a run that was resumed from checkpoints hold: where x falls back, the resumed branch replaces what came
 * after its start. A branch that ends at once, before it gets as far as the one it left, replaces nothing.
 * @param x in the order of the log; NaN where a row has none.
 */
export function rowsThatHold(x: Float64Array): HoldingRows {
  const kept = new Int32Array(x.length);
  let count = 0;
  const resumes: Resume[] = [];
  let hasFalseStart = false;
  let goesOn = true;
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; ) {
    const at = x[i] ?? Number.NaN;
    if (!(at < top)) {
      kept[count] = i;
      count += 1;
      if (at > top) top = at;
      i += 1;
      continue;
    }
    const branch = branchFrom(x, i);
    if (branch.checkpoints < fewestOfARun && branch.top < top) {
      hasFalseStart = true;
      goesOn = branch.end < x.length;
      i = branch.end;
      continue;
    }
    count = heldUntil(x, kept, count, at);
    while ((resumes.at(-1)?.x ?? Number.NEGATIVE_INFINITY) >= at) resumes.pop();
    resumes.push({ x: at, left: top });
    top = at;
  }
  return { kept: kept.slice(0, count), resumes, hasFalseStart, goesOn };
}

/** How many of the first rows were kept before x was over a value: where it is known it does not fall in them. */
function heldUntil(x: Float64Array, kept: Int32Array, count: number, at: number): number {
  let held = count;
  for (let i = count - 1; i >= 0; i--) {
    const value = x[kept[i] ?? 0] ?? Number.NaN;
    if (value <= at) break;
    if (value > at) held = i;
  }
  return held;
}

/** The rows from a fall to the next one. */
function branchFrom(x: Float64Array, start: number): { end: number; checkpoints: number; top: number } {
  let top = Number.NEGATIVE_INFINITY;
  let checkpoints = 0;
  for (let i = start; i < x.length; i++) {
    const at = x[i] ?? Number.NaN;
    if (at < top) return { end: i, checkpoints, top };
    if (at > top) {
      top = at;
      checkpoints += 1;
    }
  }
  return { end: x.length, checkpoints, top };
}
