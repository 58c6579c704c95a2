import * as v from 'valibot';
import type { Dynamics } from '../core/dynamics/dynamics.ts';
import type { ExternalData } from '../core/dynamics/externalData.ts';
import type { InspectReport } from '../core/report/inspectReport.ts';
import type { FormatJudgement, Opened, Predicted, Prediction } from '../core/report/prediction.ts';
import type { FormulaReport, PredictReport, SeriesReport } from '../core/report/predictReport.ts';
import { directionCheck, roleCheck } from './choicesCheck.ts';

/**
 * A number as it crosses a boundary. valibot's own `number` refuses NaN, which a test without degrees of freedom answers; where
 * JSON carries the message NaN has become null, and what is infinite is sent by its name.
 */
const real = v.pipe(
  v.custom<number | null | 'Infinity' | '-Infinity'>(
    (value) => typeof value === 'number' || value === null || value === 'Infinity' || value === '-Infinity',
    'Expected a number',
  ),
  v.transform((value) => (value === null ? Number.NaN : Number(value))),
);
const realOrNone = v.nullable(real);
const reals = v.instance(Float64Array<ArrayBuffer>);

const budget = v.nullable(v.looseObject({ x: real, unit: v.string(), from: v.string() }));
const interval = v.looseObject({ value: real, lower: real, upper: real, level: real });
const axis = v.looseObject({ name: v.string(), count: real, first: realOrNone, last: realOrNone });
const point = v.nullable(v.tuple([real, real]));

export const inspectReportCheck: v.GenericSchema<unknown, InspectReport> = v.looseObject({
  schema: v.literal(1),
  log: v.string(),
  format: v.string(),
  confidence: real,
  because: v.string(),
  isFormatChosen: v.boolean(),
  bytes: real,
  runs: v.array(
    v.looseObject({
      name: v.string(),
      x: axis,
      budget,
      stepsPerEpoch: realOrNone,
      series: v.array(
        v.looseObject({
          name: v.string(),
          x: v.string(),
          role: roleCheck,
          direction: directionCheck,
          n: real,
          first: point,
          last: point,
          min: realOrNone,
          max: realOrNone,
          why: v.string(),
        }),
      ),
    }),
  ),
  problems: v.array(
    v.looseObject({
      code: v.string(),
      message: v.string(),
      line: v.exactOptional(real),
      byte: v.exactOptional(real),
      count: real,
    }),
  ),
});

const seriesReportCheck: v.GenericSchema<unknown, SeriesReport> = v.looseObject({
  name: v.string(),
  role: roleCheck,
  direction: directionCheck,
  n: real,
  r2: realOrNone,
  limit: v.nullable(interval),
  verdict: v.picklist(['identified', 'too-early', 'no-trend']),
  reason: v.string(),
  settling: v.nullable(v.looseObject({ tolerance: real, x: real, lower: real, upper: real })),
  models: v.array(v.looseObject({ name: v.string(), weight: real, limit: realOrNone })),
  forecast: v.array(v.looseObject({ x: real, y: real, lower: real, upper: real })),
  first: realOrNone,
  now: realOrNone,
  progress: realOrNone,
  alternatives: v.array(real),
  moreCheckpoints: realOrNone,
  evidence: v.looseObject({
    because: v.picklist([
      'few-checkpoints',
      'unchanging',
      'jump',
      'no-trend',
      'wide-limit',
      'newest-part',
      'bounded-limit',
    ]),
    oneRate: v.boolean(),
    newestEnd: realOrNone,
    reachesBack: v.boolean(),
    since: real,
    checkpoints: real,
    blocks: real,
    jumps: v.array(v.looseObject({ x: real, checkpoint: real, share: real })),
    downWeighted: v.array(v.looseObject({ x: real, y: real, weight: real })),
    downWeightedCount: real,
    past: v.nullable(v.looseObject({ curves: real, recentLevel: real, lastValue: real })),
  }),
});

const dynamicsCheck: v.GenericSchema<unknown, Dynamics> = v.looseObject({
  rate: interval,
  betaOverAlpha: real,
  kAlpha: real,
  kBeta: real,
  gapLimit: real,
  solverLimit: real,
  verifierLimit: real,
  gapLimitInterval: interval,
  solverLimitInterval: interval,
  verifierLimitInterval: interval,
  r2: v.looseObject({ solver: realOrNone, verifier: realOrNone, gap: realOrNone }),
  potential: v.looseObject({ r2: real, bOverK: real }),
  sharedRate: v.looseObject({ pValue: real, holds: v.boolean() }),
  hypotheses: v.array(
    v.looseObject({
      name: v.picklist(['shared-rate', 'straight-line', 'linear-potential']),
      pValue: real,
      holds: v.boolean(),
      sentence: v.string(),
    }),
  ),
});

const formulaCheck: v.GenericSchema<unknown, FormulaReport> = v.looseObject({
  text: v.string(),
  series: v.array(
    v.looseObject({
      name: v.string(),
      parameters: v.nullable(v.array(v.looseObject({ name: v.string(), value: real, standardError: real }))),
      r2: realOrNone,
      sentence: v.string(),
    }),
  ),
});

const externalDataCheck: v.GenericSchema<unknown, ExternalData> = v.looseObject({
  injections: v.array(v.looseObject({ x: real, share: real })),
  gamma: v.nullable(interval),
  solverLimit: v.nullable(v.looseObject({ none: real, asSpent: real, early: real, uniform: real, late: real })),
  sentence: v.string(),
});

const predictReportCheck: v.GenericSchema<unknown, PredictReport> = v.looseObject({
  schema: v.literal(1),
  log: v.string(),
  format: v.string(),
  run: v.string(),
  x: axis,
  budget,
  stepsPerEpoch: realOrNone,
  resumes: v.array(v.looseObject({ x: real, left: real })),
  sentence: v.string(),
  why: v.string(),
  series: v.array(seriesReportCheck),
  dynamics: v.nullable(dynamicsCheck),
  externalData: v.exactOptional(externalDataCheck),
  formula: v.exactOptional(formulaCheck),
  warnings: v.array(v.looseObject({ code: v.string(), message: v.string(), count: v.exactOptional(real) })),
});

const predictionParts = {
  report: predictReportCheck,
  drawings: v.array(
    v.looseObject({ name: v.string(), role: roleCheck, x: reals, y: reals, errors: reals, fitted: reals }),
  ),
};

export const predictionCheck: v.GenericSchema<unknown, Prediction> = v.looseObject(predictionParts);

export const predictedCheck: v.GenericSchema<unknown, Predicted> = v.looseObject({
  ...predictionParts,
  revision: real,
});

export const openedCheck: v.GenericSchema<unknown, Opened> = v.looseObject({
  report: inspectReportCheck,
  revision: real,
  bytesRead: real,
  startedOver: v.boolean(),
});

export const judgementsCheck: v.GenericSchema<unknown, readonly FormatJudgement[]> = v.array(
  v.looseObject({ id: v.string(), title: v.string(), confidence: realOrNone, because: v.string() }),
);
