import { BlockDecays } from './blockDecays.ts';
import { findOutliers, withoutOutliers } from './outliers.ts';
import { startOf } from './startOf.ts';

/** A series in units of its own span and range, thinned where it is long. */
export interface ScaledCurve {
  /** Where the blocks lie, from 0 where the run began to 1 at the last checkpoint. */
  readonly t: Float64Array;
  readonly u: Float64Array;
  /** Variance of a block's noise, as a multiple of that of one checkpoint. */
  readonly noise: Float64Array;
  /** Median distance of neighbouring blocks. */
  readonly spacing: number;
  readonly decays: BlockDecays;
  toT(x: number): number;
  toX(t: number): number;
  toY(u: number): number;
  toU(y: number): number;
}

/** Beyond these a band of some ranges would overflow or lose its digits. */
const largest = 1e305;
const smallest = 1e-305;
export const mostBlocks = 64;
const singleBlocks = 32;

/** How many checkpoints the blocks of a long series hold, oldest first. */
export type Blocks = 'even' | 'finer at the end';

/**
 * Long series are averaged in blocks, even ones where the shape of the whole counts. Where what comes next counts they grow
 * backwards in time: the newest 32 checkpoints stay single. null where x or y has no finite, positive range.
 */
export function scaleCurve(
  x: Float64Array,
  y: Float64Array,
  standardErrors: Float64Array | undefined,
  kind: Blocks,
): ScaledCurve | null {
  const n = x.length;
  const sizes = n <= mostBlocks ? new Array<number>(n).fill(1) : kind === 'even' ? evenSizes(n) : growingSizes(n);
  const blocks = sizes.length;
  const bx = new Float64Array(blocks);
  const by = new Float64Array(blocks);
  const noise = new Float64Array(blocks);
  const unit = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const outliers = findOutliers(y);
  const errors = relativeVariances(n, standardErrors);
  for (const { index, doubt } of outliers) errors[index] = (errors[index] ?? 1) * doubt;
  const places: Float64Array[] = [];
  let row = 0;
  sizes.forEach((size, block) => {
    places.push(x.subarray(row, row + size));
    let total = 0;
    for (let i = 0; i < size; i++, row++) {
      const weight = 1 / (errors[row] ?? 1);
      total += weight;
      // Running means cannot overflow.
      bx[block] = (bx[block] ?? 0) + (weight / total) * ((x[row] ?? 0) - (bx[block] ?? 0));
      by[block] = (by[block] ?? 0) + (weight / total) * ((y[row] ?? 0) / unit - (by[block] ?? 0));
    }
    noise[block] = 1 / total;
  });
  const start = startOf(x);
  const span = (x[n - 1] ?? 0) - start;
  // Of single checkpoints, outliers are no measure of the way; in blocks they hardly weigh.
  const told =
    blocks < n
      ? by
      : withoutOutliers(
          by,
          outliers.map((one) => ({ ...one, expected: one.expected / unit })),
        );
  const range = Math.max(...told) - Math.min(...told);
  const isTold = unit > smallest && unit < largest && span > 0 && Number.isFinite(span) && range > 1e-13;
  if (!isTold) return null;
  const recent = blocks < n ? Math.max(1, Math.round(blocks / 10)) : 1;
  const ref = by.subarray(blocks - recent).reduce((sum, value) => sum + value, 0) / recent;
  const t = bx.map((value) => (value - start) / span);
  const spacings = Array.from(t.subarray(1), (value, i) => value - (t[i] ?? 0)).sort((a, b) => a - b);
  return {
    t,
    u: by.map((value) => (value - ref) / range),
    noise,
    spacing: spacings[spacings.length >> 1] ?? 1,
    decays: new BlockDecays(places.map((own) => own.map((value) => (value - start) / span))),
    toT: (at) => (at - start) / span,
    toX: (at) => start + at * span,
    toY: (u) => (ref + u * range) * unit,
    toU: (value) => (value / unit - ref) / range,
  };
}

function relativeVariances(n: number, standardErrors?: Float64Array): Float64Array {
  const ones = new Float64Array(n).fill(1);
  if (standardErrors === undefined || standardErrors.length !== n) return ones;
  if (!standardErrors.every((error) => error > 0 && Number.isFinite(error))) return ones;
  const mean = standardErrors.reduce((sum, error) => sum + error * error, 0) / n;
  return standardErrors.map((error) => (error * error) / mean);
}

function evenSizes(n: number): number[] {
  return Array.from(
    { length: mostBlocks },
    (_, block) => Math.floor(((block + 1) * n) / mostBlocks) - Math.floor((block * n) / mostBlocks),
  );
}

function growingSizes(n: number): number[] {
  const older = n - singleBlocks;
  const grown = mostBlocks - singleBlocks;
  let low = 1;
  let high = 2;
  const ends = (ratio: number): number => (ratio ** (grown + 1) - ratio) / (ratio - 1);
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (ends(middle) < older) low = middle;
    else high = middle;
  }
  const sizes = new Array<number>(singleBlocks).fill(1);
  let taken = 0;
  for (let block = 1; block <= grown && taken < older; block++) {
    const end =
      block === grown
        ? older
        : Math.min(older, Math.max(taken + 1, Math.round((high ** (block + 1) - high) / (high - 1))));
    sizes.push(end - taken);
    taken = end;
  }
  return sizes.reverse();
}
