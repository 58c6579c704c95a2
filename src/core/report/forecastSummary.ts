import type { Interval, Verdict } from '../forecast/forecaster.ts';
import type { Budget, Direction } from '../runs/run.ts';
import { mainSeries } from './mainSeries.ts';
import type { Drawing, Prediction } from './prediction.ts';

/** What a hint needs of a forecast, about its main series: a few kB of plain data that survive JSON, so no infinities. */
export interface ForecastSummary {
  /** Uri of the log, or its path on the command line. */
  readonly log: string;
  readonly run: string;
  readonly xName: string;
  readonly lastX: number;
  readonly sentence: string;
  readonly series: string;
  readonly direction: Direction;
  readonly verdict: Verdict;
  readonly reason: string;
  /** First and last observed values. */
  readonly first: number;
  readonly now: number;
  readonly limit: Interval | null;
  readonly settling: {
    readonly tolerance: number;
    readonly x: number;
    readonly lower: number;
    /** null where the interval has no end. */
    readonly upper: number | null;
  } | null;
  readonly progress: number | null;
  /** Limits that fit about as well, ascending. */
  readonly alternatives: readonly number[];
  /** About how many more checkpoints would decide, where the verdict is `too-early`. */
  readonly moreCheckpoints: number | null;
  /** Observed points and forecast, at most 60 of each, for the small curve and for what the rest of a budget buys. */
  readonly points: readonly (readonly [number, number])[];
  readonly forecast: readonly {
    readonly x: number;
    readonly y: number;
    readonly lower: number;
    readonly upper: number;
  }[];
  /** The end of the run as planned, where the log says it. */
  readonly budget: Budget | null;
  /** Steps an epoch, where the log relates the two; turns a budget in one unit into the other. */
  readonly stepsPerEpoch: number | null;
}

const mostPoints = 60;

/**
 * The forecast of a run's main series as hints take it.
 * @param log how the caller names the log: the host by its Uri
 * @returns null where there is nothing to forecast
 */
export function forecastSummary(log: string, { report, drawings }: Prediction): ForecastSummary | null {
  const main = mainSeries(report.series);
  const lastX = report.x.last;
  if (main === null || main.now === null || main.first === null || lastX === null) return null;
  const { limit, settling } = main;
  const drawing = drawings[report.series.indexOf(main)];
  return {
    log,
    run: report.run,
    xName: report.x.name,
    lastX,
    sentence: report.sentence,
    series: main.name,
    direction: main.direction,
    verdict: main.verdict,
    reason: main.reason,
    first: main.first,
    now: main.now,
    limit: limit !== null && [limit.value, limit.lower, limit.upper].every(Number.isFinite) ? limit : null,
    settling:
      settling !== null && Number.isFinite(settling.x) && Number.isFinite(settling.lower)
        ? { ...settling, upper: Number.isFinite(settling.upper) ? settling.upper : null }
        : null,
    progress: main.progress,
    alternatives: main.alternatives.filter(Number.isFinite),
    moreCheckpoints: main.moreCheckpoints,
    points: drawing === undefined ? [] : spread(observed(drawing)),
    forecast: spread(main.forecast.filter(({ x, y, lower, upper }) => [x, y, lower, upper].every(Number.isFinite))).map(
      ({ x, y, lower, upper }) => ({ x, y, lower, upper }),
    ),
    budget: report.budget,
    stepsPerEpoch: report.stepsPerEpoch !== null && report.stepsPerEpoch > 0 ? report.stepsPerEpoch : null,
  };
}

function observed({ x, y }: Drawing): (readonly [number, number])[] {
  return Array.from(x, (at, i) => [at, y[i] ?? Number.NaN] as const).filter((point) => point.every(Number.isFinite));
}

/** At most `mostPoints` of them, evenly spread, first and last among them. */
function spread<T>(items: readonly T[]): readonly T[] {
  if (items.length <= mostPoints) return items;
  return Array.from({ length: mostPoints }, (_, i) => Math.round((i * (items.length - 1)) / (mostPoints - 1))).flatMap(
    (index) => items.slice(index, index + 1),
  );
}
