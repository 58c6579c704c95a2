/** Beliefs before any data, in ranges of the part of the run that is looked at, about its last value. */
export interface LinearPrior {
  /** Standard deviations that the limit may have, equally likely. */
  readonly limitSpreads: readonly number[];
  readonly amplitudeSpread: number;
}

/** The whole of a run shows most of its way: the limit lies within a few ranges of the last value. */
export const wholePrior: LinearPrior = { limitSpreads: [0.4, 1.2, 3], amplitudeSpread: 2 };

/**
 * A late part shows a small piece of the way, so that its own range bounds nothing. With the whole run's prior, forecasts of
 * real curves stayed too near the last value: truth moved 1.1 to 1.9 times as far.
 */
export const recentPrior: LinearPrior = { limitSpreads: [3, 10], amplitudeSpread: 8 };
