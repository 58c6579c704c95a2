import type { Blocks } from './scaledCurve.ts';

/** How a part of a run is looked at, and beliefs before any data, in ranges of that part, about its last value. */
export interface LinearPrior {
  readonly blocks: Blocks;
  /** Whether peaks narrower than the grid are looked at closely: limits need it, what comes next does not. */
  readonly refinesPeaks: boolean;
  /** Standard deviations that the limit may have, equally likely. */
  readonly limitSpreads: readonly number[];
  readonly amplitudeSpread: number;
}

/** The whole of a run shows most of its way: the limit lies within a few ranges of the last value. */
export const wholePrior: LinearPrior = {
  blocks: 'even',
  refinesPeaks: true,
  limitSpreads: [0.4, 1.2, 3],
  amplitudeSpread: 2,
};

/**
 * A late part shows a small piece of the way, so that its own range bounds nothing. With the whole run's prior, forecasts of
 * real curves stayed too near the last value: truth moved 1.1 to 1.9 times as far.
 */
export const recentPrior: LinearPrior = {
  blocks: 'finer at the end',
  refinesPeaks: false,
  limitSpreads: [3, 10],
  amplitudeSpread: 8,
};
