import type { GrowingFloats } from './growingArray.ts';

/** A value and the index of its cell in the column. */
export interface ColdCell {
  readonly index: number;
  readonly value: number;
}

/** What is known of a column's values without keeping them. */
export interface ColdSummary {
  /** Of finite values. */
  readonly count: number;
  readonly notFinite: number;
  /** Index of the first that is not finite; null without one. */
  readonly firstNotFinite: number | null;
  readonly min: number;
  readonly max: number;
  /** Finite ones; null without. */
  readonly first: ColdCell | null;
  readonly last: ColdCell | null;
}

export const nothing: ColdSummary = {
  count: 0,
  notFinite: 0,
  firstNotFinite: null,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  first: null,
  last: null,
};

/** A column's values in the making: those of the last block are there, of all before a summary is kept. */
export class ColdValues {
  /** Of the newest run, where they were summed up by runs. */
  #summary = nothing;
  #before: readonly ColdSummary[] = [];
  #folded = 0;
  #foldedByRun = 0;
  #ignored = -1;

  /** How many are summed up and gone. */
  get folded(): number {
    return this.#folded;
  }

  /** How many of them are summed up by runs: of these the later of two at one x was told. */
  get foldedByRun(): number {
    return this.#foldedByRun;
  }

  /**
   * Takes what all that are gone come to, one summary for each run; what comes is of the newest.
   * @param ignored index of a cell that is there and of no run; -1 without
   */
  divide(byRun: readonly ColdSummary[], ignored: number): void {
    this.#ignored = ignored;
    this.#before = byRun.slice(0, -1);
    this.#summary = byRun.at(-1) ?? nothing;
    this.#foldedByRun = this.#folded;
  }

  /** Of a run before the newest. */
  ofEarlier(run: number): ColdSummary | undefined {
    return this.#before[run];
  }

  /** Sums up what is there. @param keep how many of the newest may still be corrected */
  fold(values: GrowingFloats, keep: number): void {
    const count = values.length - keep;
    if (count <= 0) return;
    this.#summary = added(this.#summary, this.#folded, values.view().subarray(0, count), this.#ignored);
    this.#folded += count;
    values.forget(count);
  }

  /** Of all values, or those of the newest run. @param values those that are still there */
  summary(values: GrowingFloats): ColdSummary {
    return added(this.#summary, this.#folded, values.view(), this.#ignored);
  }
}

function added(before: ColdSummary, from: number, values: Float64Array, ignored: number): ColdSummary {
  let { count, notFinite, firstNotFinite, min, max, first } = before;
  let lastAt = -1;
  for (let i = 0; i < values.length; i++) {
    if (from + i === ignored) continue;
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      notFinite += 1;
      firstNotFinite ??= from + i;
      continue;
    }
    count += 1;
    if (value < min) min = value;
    if (value > max) max = value;
    first ??= { index: from + i, value };
    lastAt = i;
  }
  const last = lastAt < 0 ? before.last : { index: from + lastAt, value: values[lastAt] ?? Number.NaN };
  return { count, notFinite, firstNotFinite, min, max, first, last };
}
