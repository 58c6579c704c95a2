import * as v from 'valibot';
import type { ForecastAnswer } from '../core/hints/forecastAnswer.ts';
import type { ForecastSummary } from '../core/report/forecastSummary.ts';
import { directionCheck } from './choicesCheck.ts';

export type { ForecastAnswer, ForecastSummary };

/** Server → client: asks for the forecast of the run that belongs to a config; answered by a ForecastAnswer. */
export const forecastRequest = 'ceilingLens/forecast';

/** Client → server: forecasts changed, hints are stale. No parameters. */
export const forecastsChanged = 'ceilingLens/forecastsChanged';

export interface ForecastParams {
  /** Uri of the config. */
  readonly config: string;
  /** Paths the config names (output_dir, logging_dir …), surest first. */
  readonly outputPaths: readonly string[];
}

export const forecastParamsCheck: v.GenericSchema<unknown, ForecastParams> = v.object({
  config: v.string(),
  outputPaths: v.array(v.string()),
});

/** JSON knows no other. */
const real = v.pipe(v.number(), v.finite());

const summaryCheck: v.GenericSchema<unknown, ForecastSummary> = v.looseObject({
  log: v.string(),
  run: v.string(),
  xName: v.string(),
  lastX: real,
  sentence: v.string(),
  series: v.string(),
  direction: directionCheck,
  verdict: v.picklist(['identified', 'too-early', 'no-trend']),
  reason: v.string(),
  first: real,
  now: real,
  limit: v.nullable(v.looseObject({ value: real, lower: real, upper: real, level: real })),
  settling: v.nullable(v.looseObject({ tolerance: real, x: real, lower: real, upper: v.nullable(real) })),
  progress: v.nullable(real),
  alternatives: v.array(real),
  moreCheckpoints: v.nullable(real),
  points: v.array(v.tuple([real, real])),
  forecast: v.array(v.looseObject({ x: real, y: real, lower: real, upper: real })),
  budget: v.nullable(v.looseObject({ x: real, unit: v.string(), from: v.string() })),
  stepsPerEpoch: v.nullable(v.pipe(real, v.gtValue(0))),
});

export const forecastAnswerCheck: v.GenericSchema<unknown, ForecastAnswer> = v.variant('kind', [
  v.looseObject({ kind: v.literal('forecast'), summary: summaryCheck, found: v.string() }),
  v.looseObject({ kind: v.literal('pending'), note: v.string() }),
  v.looseObject({ kind: v.literal('none'), message: v.string() }),
]);
