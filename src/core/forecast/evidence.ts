import { findJumps } from './findJumps.ts';
import type { Evidence, JumpMark, ReasonCode, SeriesInput } from './forecaster.ts';
import { findOutliers, withoutOutliers } from './outliers.ts';
import type { RollingErrors } from './rollingErrors.ts';
import { mostBlocks } from './scaledCurve.ts';

const mostListed = 20;

/** @param since index of the first checkpoint that counts. @param past in ranges, as mean squares. */
export function gatherEvidence(
  { x, y }: SeriesInput,
  because: ReasonCode,
  since: number,
  past: RollingErrors | null,
): Evidence {
  const outliers = findOutliers(y);
  const counted = y.length - since;
  return {
    because,
    oneRate: false,
    newestEnd: null,
    reachesBack: false,
    since: y.length === 0 ? 0 : since + 1,
    checkpoints: counted,
    blocks: Math.min(mostBlocks, counted),
    jumps: findJumps(withoutOutliers(y, outliers)).map(
      ({ index, share }): JumpMark => ({ x: x[index] ?? 0, checkpoint: index + 1, share }),
    ),
    downWeighted: outliers
      .slice(0, mostListed)
      .map(({ index, doubt }) => ({ x: x[index] ?? 0, y: y[index] ?? 0, weight: 1 / doubt })),
    downWeightedCount: outliers.length,
    past:
      past === null
        ? null
        : {
            curves: Math.sqrt(past.curves),
            recentLevel: Math.sqrt(past.level),
            lastValue: Math.sqrt(past.last),
          },
  };
}
