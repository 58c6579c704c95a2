import type { GridPlan } from './gridPlan.ts';

/*
 * Every number of the method that is a choice, with the reason for it. Those said to be calibrated are estimated anew by
 * bench/calibrate.ts on real curves; none is tuned to a log or a metric.
 */

/** With fewer checkpoints the verdict is too early without a look at the values. */
export const fewestCheckpoints = 5;

/**
 * A run began at 0 where its first checkpoint stands no further from it than 1.5 times as far as from the next: loggers write at
 * every so many steps. Of fewer than 8 checkpoints where it began would weigh more than it is sure: five of a run that
 * began at the first of them, taken for one that began at 0, gave limits that held in 83 %.
 */
export const farthestFirst = 1.5;
export const fewestToBeginAtZero = 8;

/**
 * Share of the way from which on a limit's interval need not reach back to where the run is. Before that it does: of real curves
 * that settled, 13 of 32 had been ended before they came where the interval would have begun. Of simulated ones, which nothing
 * ends, as many limits are printed, and of the same width in the median.
 */
export const nearlyThere = 0.9;

/** Weight of "it does not move" before any data: rare, but a run's own noise must be able to say it. */
export const constantPrior = 0.05;

/**
 * Weight before any data of residuals that are white, a random walk with 3 % of white noise, and half of each. The walk makes
 * "it stays where it is" a member of the mixture; without it plateaus were forecast half again as badly.
 */
export const noisePriors = [
  { walk: 0, prior: 0.4 },
  { walk: 0.97, prior: 0.4 },
  { walk: 0.5, prior: 0.2 },
] as const;

/** Prior of the noise size: so many checkpoints' worth of belief in so much noise, in ranges of the run. */
export const noiseStrength = 2;
export const noiseSize = 0.02;

/** The whole of a run shows most of its way: the limit lies within a few ranges of the last value. */
export const wholeRun: GridPlan = { blocks: 'even', grid: 'full', limitSpreads: [0.4, 1.2, 3], amplitudeSpread: 2 };

/**
 * A late part shows a small piece of the way, so that its own range bounds nothing (calibrated). With the whole run's
 * spreads, forecasts of real curves stayed too near the last value: truth moved 1.1 to 1.9 times as far. What comes next
 * hangs little on a shape's details, and several late parts are asked, so that a third of the shapes will do.
 */
export const latePart: GridPlan = {
  blocks: 'finer at the end',
  grid: 'sparse',
  limitSpreads: [3, 10],
  amplitudeSpread: 8,
};

/**
 * Shares of the run, from its end, that forecast what comes next (calibrated). On 1,166 prefixes of 392 real curves either
 * alone is a tenth better than the whole run (mean .127 and .129 of the range against .136): a start tells little about what
 * comes next, and a curve bent to fit it misses. Their plain average is best; weights by past errors, learnt with projects
 * left out, were no better.
 */
export const lateShares: readonly number[] = [0.7, 0.5];

/** Parts of so few checkpoints tell nothing: from 8 to 12 checkpoints the whole run gives way to them. */
export const noLatePartsUnder = 8;
export const latePartsFrom = 12;

/** Past success against the recent level, 0 to 1, from which the curves alone forecast; below, the level takes part. */
export const trustedFrom = 0.5;

/**
 * Of few checkpoints the past says little, and after a jump the last value gets the benefit of the doubt: curves have to win by
 * more, .8 at 10 checkpoints, .53 at 100.
 */
export const benefitOfDoubt = 3;

/**
 * Bands widen by how far truth strayed from those of the run's own past: rewards grow noisier and change course, and their 90 %
 * bands held .86 of the tails of real curves without this, .89 with it. The past counts as so many origins that surprised
 * nobody more; one surprise counts nine at most.
 */
export const unsurprised = 2;
export const largestSurprise = 9;
export const widestBand = 2;

/**
 * Factors on the distance of an interval's ends from its middle, measured by bench/coverage.ts on five smooth laws, 5 to 2,000
 * checkpoints, white and autoregressive noise: without the first, 90 % limits held in 90 to 97 % of all runs of a law but in
 * 85 % of the printed ones of two exponentials. Later checkpoints of short runs stray further than the curves say.
 */
export const limitWidening = 1.1;
export const pointWidening = 3;

/** A limit is worth printing when its interval is narrower than this share of what the series has covered so far. */
export const widestLimit = 0.5;
