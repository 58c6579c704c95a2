import type { Control } from '../core/control.ts';
import { shareOut } from '../core/dynamics/externalData.ts';
import { fitDynamics } from '../core/dynamics/fitDynamics.ts';
import { fitExternalData } from '../core/dynamics/fitExternalData.ts';
import { markedInjections } from '../core/dynamics/markedInjections.ts';
import { markWarnings } from '../core/dynamics/markWarnings.ts';
import { completeTrio } from '../core/dynamics/thirdSeries.ts';
import type { CurveFamily } from '../core/fit/curveFamily.ts';
import type { Forecaster, SeriesForecast, SeriesInput } from '../core/forecast/forecaster.ts';
import { formatPercent } from '../core/report/formatPercent.ts';
import type { Drawing, Prediction, PredictRequest } from '../core/report/prediction.ts';
import type { SeriesReport, Warning } from '../core/report/predictReport.ts';
import { verdictSentence } from '../core/report/verdictSentence.ts';
import { chosenSeries } from '../core/runs/chosenSeries.ts';
import { type DecayToCome, decayToCome } from '../core/runs/learningRate.ts';
import { upTo } from '../core/runs/risingValues.ts';
import type { Role, Run, Series } from '../core/runs/run.ts';
import { weighableErrors } from '../core/runs/standardErrors.ts';
import { decimate } from './decimate.ts';
import { fitFormula } from './formula/fitFormula.ts';

const drawnBuckets = 1200;

export interface ForecastOf {
  readonly log: string;
  readonly format: string;
  readonly run: Run;
  readonly warnings: readonly Warning[];
  /** A curve of the user's own. */
  readonly formula: CurveFamily | null;
}

/** As much as the most favoured of the known families: who writes a formula has a reason. */
const formulaPrior = 3 / 7;

/** Forecasts the series of a run that matter or were asked for, and fits the dynamics where two of the three are there. */
export function forecastRun(
  { log, format, run, warnings, formula }: ForecastOf,
  request: PredictRequest,
  forecaster: Forecaster,
  control: Control,
): Prediction {
  const untilX =
    request.until === null
      ? Number.POSITIVE_INFINITY
      : (run.checkpoints[request.until - 1] ?? Number.POSITIVE_INFINITY);
  const checkpoints = upTo(run.checkpoints, untilX);
  const decay = decayToCome(run, untilX);
  const inputs = chosenSeries(run, request.choices.series).map((series) => ({
    ...toInput(series, untilX),
    ...(decay === null ? {} : { doubt: doubtOfDecay }),
  }));
  const all = withThird(inputs, request.choices.series !== undefined);
  const forecasts = forecaster.forecast(
    all,
    {
      at: request.at === null ? null : Float64Array.from(request.at),
      level: request.level,
      tolerance: request.tolerance,
      ...(formula === null ? {} : { families: [{ family: formula, prior: formulaPrior }] }),
    },
    control,
  );
  control.check();
  const ofRole = (role: Role): SeriesInput | null => {
    const series = run.series.find((one) => one.role === role);
    return series === undefined ? null : toInput(series, untilX);
  };
  const [solver, verifier, gap] = [ofRole('solver'), ofRole('verifier'), ofRole('gap')];
  const dynamics = fitDynamics(solver, verifier, gap, request);
  const trio = completeTrio(solver, verifier, gap);
  const injections = request.injections === undefined ? markedInjections(run) : shareOut(request.injections);
  const externalData =
    injections.length === 0
      ? null
      : fitExternalData(trio?.solver ?? null, trio?.verifier ?? null, injections, request.level);
  const reports = forecasts.map((forecast, i) => reportOf(forecast, all[i]));
  const last = checkpoints.at(-1) ?? null;
  const words = verdictSentence({
    xName: run.xName,
    lastX: last,
    series: reports,
    dynamics,
    budget: run.budget,
    // What was left out on purpose is not lost.
    lostOf: ({ name }) =>
      checkpoints.length < run.checkpoints.length ? 0 : (run.series.find((one) => one.name === name)?.lost ?? 0),
  });
  return {
    report: {
      schema: 1,
      log,
      format,
      run: run.name,
      x: { name: run.xName, count: checkpoints.length, first: checkpoints[0] ?? null, last },
      budget: run.budget,
      stepsPerEpoch: run.stepsPerEpoch,
      resumes: run.resumes.filter(({ x }) => x <= untilX),
      ...words,
      series: reports,
      dynamics,
      ...(externalData === null ? {} : { externalData }),
      ...(formula === null ? {} : { formula: fitFormula(formula, all) }),
      warnings: [
        ...warnings,
        ...(decay === null ? [] : [decayWarning(decay)]),
        ...(externalData === null ? [] : markWarnings(request.injections ?? [], externalData, trio, run.xName)),
      ],
    },
    drawings: forecasts.map((forecast, i) => drawingOf(forecast, all[i], errorsOf(run, forecast.name))),
  };
}

/** By judgement: too few logs have both a schedule and a long tail to measure it. */
const doubtOfDecay = 1.3;

function decayWarning({ left }: DecayToCome): Warning {
  return {
    code: 'learning-rate',
    message: `The learning rate still falls, and stands at ${formatPercent(left)} of its peak: towards its end a run moves faster than its past says, so that intervals are ${Math.round(100 * (doubtOfDecay - 1))} % wider.`,
  };
}

function toInput({ name, role, direction, range, x, y, standardErrors }: Series, untilX: number): SeriesInput {
  const until = upTo(x, untilX);
  const { length } = until;
  const errors = standardErrors === undefined ? null : weighableErrors(standardErrors.subarray(0, length));
  return {
    name,
    role,
    direction,
    range,
    x: until,
    y: y.subarray(0, length),
    ...(errors === null ? {} : { standardErrors: errors }),
  };
}

/** The third of solver, verifier and gap, where two are logged (D3) and nobody asked for certain series only. */
function withThird(inputs: readonly SeriesInput[], isRestricted: boolean): readonly SeriesInput[] {
  if (isRestricted) return inputs;
  const ofRole = (role: Role): SeriesInput | null => inputs.find((input) => input.role === role) ?? null;
  const [solver, verifier, gap] = [ofRole('solver'), ofRole('verifier'), ofRole('gap')];
  const trio = completeTrio(solver, verifier, gap);
  if (trio === null) return inputs;
  const made = [trio.solver, trio.verifier, trio.gap].find((one) => one !== solver && one !== verifier && one !== gap);
  return made === undefined || made.x.length === 0 ? inputs : [...inputs, made];
}

function reportOf(forecast: SeriesForecast, input: SeriesInput | undefined): SeriesReport {
  const { fitted: _, ...shown } = forecast;
  return { ...shown, first: input?.y[0] ?? null, now: input?.y.at(-1) ?? null };
}

function drawingOf(
  { name, role, fitted }: SeriesForecast,
  input: SeriesInput | undefined,
  errors: Float64Array | undefined,
): Drawing {
  const x = input?.x ?? new Float64Array(0);
  const y = input?.y ?? new Float64Array(0);
  const kept = decimate(y, drawnBuckets);
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, (i) => values[i] ?? Number.NaN);
  return {
    name,
    role,
    x: pick(x),
    y: pick(y),
    errors: errors === undefined ? new Float64Array(0) : pick(errors),
    fitted: pick(fitted),
  };
}

/** As the log has them: a picture shows no error that was made up to weigh by. */
const errorsOf = (run: Run, name: string): Float64Array | undefined =>
  run.series.find((series) => series.name === name)?.standardErrors;
