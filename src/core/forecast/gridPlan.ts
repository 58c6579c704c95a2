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
