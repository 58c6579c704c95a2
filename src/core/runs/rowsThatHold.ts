import { fewestOfARun } from './fallingX.ts';
import type { Resume } from './run.ts';

export interface HoldingRows {
  /** Indices into what was given, rising. */
  readonly kept: Int32Array;
  /** Those of which something holds, by x. */
  readonly resumes: readonly Resume[];
  /** A resume that ended after a checkpoint or two was left out, as what went on before it reached further. */
  readonly hasFalseStart: boolean;
}

/**
 * Which rows of a run that was resumed from checkpoints hold: where x falls back, the resumed branch replaces what came
 * after its start. A branch that ends at once, before it gets as far as the one it left, replaces nothing.
 * @param x in the order of the log; NaN where a row has none.
 */
export function rowsThatHold(x: Float64Array): HoldingRows {
  const kept: number[] = [];
  let resumes: Resume[] = [];
  let hasFalseStart = false;
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < x.length; ) {
    const at = x[i] ?? Number.NaN;
    if (!(at < top)) {
      kept.push(i);
      if (at > top) top = at;
      i += 1;
      continue;
    }
    const branch = branchFrom(x, i);
    if (branch.checkpoints < fewestOfARun && branch.top < top) {
      hasFalseStart = true;
      i = branch.end;
      continue;
    }
    const cut = kept.findIndex((one) => (x[one] ?? Number.NaN) > at);
    if (cut >= 0) kept.length = cut;
    resumes = [...resumes.filter((earlier) => earlier.x < at), { x: at, left: top }];
    top = at;
  }
  return { kept: Int32Array.from(kept), resumes, hasFalseStart };
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
