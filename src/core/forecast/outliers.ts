import { nthSmallest } from '../fit/nthSmallest.ts';

/** How far a value stands from its neighbours, and what it would be if it stood among them. */
export interface Outlier {
  readonly index: number;
  /** Factor of its variance: it weighs 1/factor of what its neighbours weigh. */
  readonly doubt: number;
  readonly expected: number;
}

const reach = 3;
const fewest = 9;
/** In robust standard deviations: nine in ten million of normal noise are that far. */
const farFrom = 6;
/** Down-weighted ones keep the say of a value this far out. */
const keptSay = 3;
/** Share of the middle 80 % of the values under which a distance is no outlier, however smooth the curve. */
const least = 0.1;

/** Of more values, what is usual is told by so many of them, evenly spread. */
const enoughToTell = 4096;

/**
 * Values that stand alone: far from the median of the seven around them, which a relaxation, a jump or a change of slope is
 * not (Hampel's identifier; Pearson et al., EURASIP J. Adv. Signal Process. 2016:87). The first and last few are never
 * judged, because a change that goes on begins like an outlier.
 */
export function findOutliers(y: Float64Array): readonly Outlier[] {
  const n = y.length;
  if (n < fewest) return [];
  const floor = least * middleRange(y);
  // Of a median of seven the typical distance is a little under that of the noise itself.
  const size = Math.max(1.4826 * typicalDistance(y), floor / farFrom);
  const outliers: Outlier[] = [];
  for (let i = reach; i < n - reach; i++) {
    if (!mayStandAlone(y, i, farFrom * size)) continue;
    const expected = medianAround(y, i);
    const distance = Math.abs((y[i] ?? 0) - expected);
    if (distance > farFrom * size) outliers.push({ index: i, doubt: (distance / (keptSay * size)) ** 2, expected });
  }
  // So many are no exceptions.
  return outliers.length > n / 10 ? [] : outliers;
}

/** Who is far from the median of seven is far from four of them: told without the median for nearly all. */
function mayStandAlone(y: Float64Array, i: number, far: number): boolean {
  const value = y[i] ?? 0;
  let near = 0;
  for (let k = 1; k <= reach; k++) {
    if (Math.abs((y[i - k] ?? 0) - value) <= far) near += 1;
    if (Math.abs((y[i + k] ?? 0) - value) <= far) near += 1;
    if (near > 2) return false;
  }
  return true;
}

function typicalDistance(y: Float64Array): number {
  const inner = y.length - 2 * reach;
  const stride = Math.ceil(inner / enoughToTell);
  const distances = Float64Array.from({ length: Math.ceil(inner / stride) }, (_, k) => {
    const i = reach + k * stride;
    return Math.abs((y[i] ?? 0) - medianAround(y, i));
  });
  return nthSmallest(distances, distances.length >> 1);
}

/** The values with each outlier put among its neighbours: what range and steps are told by. */
export function withoutOutliers(y: Float64Array, outliers: readonly Outlier[]): Float64Array {
  if (outliers.length === 0) return y;
  const calm = y.slice();
  for (const { index, expected } of outliers) calm[index] = expected;
  return calm;
}

function middleRange(y: Float64Array): number {
  const stride = Math.ceil(y.length / enoughToTell);
  const values = Float64Array.from({ length: Math.ceil(y.length / stride) }, (_, k) => y[k * stride] ?? 0);
  const at = (share: number): number => nthSmallest(values, Math.round(share * (values.length - 1)));
  return at(0.9) - at(0.1);
}

const around = new Float64Array(2 * reach + 1);

function medianAround(y: Float64Array, i: number): number {
  for (let k = 0; k < around.length; k++) around[k] = y[i - reach + k] ?? 0;
  return medianOfSeven(around);
}

/** By the fewest comparisons (Devillard, Fast median search, 1998); the order of the values is lost. */
function medianOfSeven(values: Float64Array): number {
  inOrder(values, 0, 5);
  inOrder(values, 0, 3);
  inOrder(values, 1, 6);
  inOrder(values, 2, 4);
  inOrder(values, 0, 1);
  inOrder(values, 3, 5);
  inOrder(values, 2, 6);
  inOrder(values, 2, 3);
  inOrder(values, 3, 6);
  inOrder(values, 4, 5);
  inOrder(values, 1, 4);
  inOrder(values, 1, 3);
  inOrder(values, 3, 4);
  return values[reach] ?? 0;
}

function inOrder(values: Float64Array, first: number, second: number): void {
  const a = values[first] ?? 0;
  const b = values[second] ?? 0;
  if (a <= b) return;
  values[first] = b;
  values[second] = a;
}
