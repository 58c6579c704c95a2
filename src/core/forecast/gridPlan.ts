import type { Blocks } from './scaledCurve.ts';

/** How a part of a run is weighed, and beliefs before any data, in ranges of that part, about its last value. */
export interface GridPlan {
  readonly blocks: Blocks;
  /** `full`: all shapes, and peaks narrower than their grid looked at closely; `sparse`: a third of the shapes. */
  readonly grid: 'full' | 'sparse';
  /** Standard deviations that the limit may have, equally likely. */
  readonly limitSpreads: readonly number[];
  readonly amplitudeSpread: number;
}

/** The whole of a run shows most of its way: the limit lies within a few ranges of the last value. */
export const wholeRun: GridPlan = { blocks: 'even', grid: 'full', limitSpreads: [0.4, 1.2, 3], amplitudeSpread: 2 };

/**
 * A late part shows a small piece of the way, so that its own range bounds nothing. With the whole run's spreads, forecasts
 * of real curves stayed too near the last value: truth moved 1.1 to 1.9 times as far. What comes next hangs little on a
 * shape's details, and several late parts are asked.
 */
export const latePart: GridPlan = {
  blocks: 'finer at the end',
  grid: 'sparse',
  limitSpreads: [3, 10],
  amplitudeSpread: 8,
};
