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

const nothing: ColdSummary = {
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
  #summary = nothing;
  #folded = 0;

  /** How many are summed up and gone. */
  get folded(): number {
    return this.#folded;
  }

  /** Sums up what is there, but for the newest value, which may still be corrected. */
  fold(values: GrowingFloats): void {
    const count = values.length - 1;
    if (count <= 0) return;
    this.#summary = added(this.#summary, this.#folded, values.view().subarray(0, count));
    this.#folded += count;
    values.forget(count);
  }

  /** Of all values. @param values those that are still there */
  summary(values: GrowingFloats): ColdSummary {
    return added(this.#summary, this.#folded, values.view());
  }
}

function added(before: ColdSummary, from: number, values: Float64Array): ColdSummary {
  let { count, notFinite, firstNotFinite, min, max, first } = before;
  let lastAt = -1;
  for (let i = 0; i < values.length; i++) {
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
