import { unwatched } from '../../src/core/control.ts';
import { fitDynamics } from '../../src/core/dynamics/fitDynamics.ts';
import type { SimulateOptions } from '../../src/core/dynamics/simulateRun.ts';
import { simulateRun } from '../../src/core/dynamics/simulateRun.ts';
import type { SeriesInput } from '../../src/core/forecast/forecaster.ts';
import { sharedRateForecaster } from '../../src/core/forecast/sharedRateForecaster.ts';
import type { InspectReport } from '../../src/core/report/inspectReport.ts';
import type { Prediction } from '../../src/core/report/prediction.ts';
import { verdictSentence } from '../../src/core/report/verdictSentence.ts';
import type { Budget, Direction, Role, RunChoices } from '../../src/core/runs/run.ts';
import type { PanelState } from '../../src/protocol/panel.ts';

export type ReadyState = Extract<PanelState, { readonly kind: 'ready' }>;

export interface SimulatedStateOptions extends Partial<SimulateOptions> {
  readonly budget?: Budget | null;
  readonly solverName?: string;
  /** Of the solver; with `none` it stands alone, as a series that nothing is known of. */
  readonly role?: 'solver' | 'none';
  readonly withoutVerifier?: boolean;
  readonly log?: string;
  readonly level?: number;
}

const tolerance = 0.01;

/** A run of the dynamics, forecast by the product's own forecaster, as the host sends it to the page. */
export function simulatedState(options: SimulatedStateOptions = {}): ReadyState {
  const { budget = null, solverName = 'solver uncertainty', role = 'solver', level = 0.9 } = options;
  const { withoutVerifier = role === 'none' } = options;
  const { log = 'file:///runs/phi4-mini-math/trainer_state.json', ...simulation } = options;
  const isAccuracy = simulation.metric !== undefined && simulation.metric !== 'uncertainty';
  const direction: Direction = isAccuracy ? 'higher' : 'lower';
  const run = simulateRun({
    alphaOverBeta: 2.5,
    rate: 0.3,
    gapLimit: 0.05,
    solverStart: 1,
    verifierStart: 0.42,
    checkpoints: 20,
    spacing: 0.5,
    noise: 0.01,
    seed: 7,
    ...simulation,
  });
  const input = (name: string, role: Role, y: Float64Array, along: Direction): SeriesInput => ({
    name,
    role,
    direction: along,
    range: isAccuracy ? { lower: 0, upper: 1 } : { lower: 0 },
    x: run.x,
    y,
  });
  const gap = run.solver.map((value, i) => Math.abs(value - (run.verifier[i] ?? 0)));
  const solver = input(solverName, role, run.solver, direction);
  const verifier = input('verifier uncertainty', 'verifier', run.verifier, direction);
  const series = withoutVerifier ? [solver] : [solver, verifier, input('gap', 'gap', gap, 'lower')];
  const forecasts = sharedRateForecaster.forecast(series, { at: null, level, tolerance }, unwatched);
  const dynamics = withoutVerifier ? null : fitDynamics(solver, verifier, null, { level });
  const reports = forecasts.map(({ fitted: _, ...rest }, i) => ({
    ...rest,
    first: series[i]?.y[0] ?? null,
    now: series[i]?.y.at(-1) ?? null,
  }));
  const last = run.x.at(-1) ?? 0;
  const name = 'phi4-mini-math';
  const prediction: Prediction = {
    report: {
      schema: 1,
      log: new URL(log).pathname,
      format: 'hf-trainer-state',
      run: name,
      x: { name: 'epoch', count: run.x.length, first: run.x[0] ?? null, last },
      stepsPerEpoch: 60,
      resumes: [],
      budget,
      ...verdictSentence({ xName: 'epoch', lastX: last, series: reports, dynamics, budget }),
      series: reports,
      dynamics,
      warnings: [],
    },
    drawings: series.map(({ name: each, role, x, y }, i) => ({
      name: each,
      role,
      x,
      y,
      errors: new Float64Array(),
      fitted: forecasts[i]?.fitted ?? new Float64Array(),
    })),
  };
  return {
    kind: 'ready',
    log,
    prediction,
    inspect: inspectionOf(prediction, series),
    choices: {} satisfies RunChoices,
    level,
    following: true,
    notice: null,
  };
}

function inspectionOf({ report }: Prediction, series: readonly SeriesInput[]): InspectReport {
  const seriesOf = (name: string, role: Role, direction: Direction, x: Float64Array, y: Float64Array, why: string) => ({
    name,
    x: 'epoch',
    role,
    direction,
    n: x.length,
    first: [x[0] ?? 0, y[0] ?? 0] as const,
    last: [x.at(-1) ?? 0, y.at(-1) ?? 0] as const,
    min: Math.min(...y),
    max: Math.max(...y),
    why,
  });
  const { x = new Float64Array() } = series[0] ?? {};
  return {
    schema: 1,
    log: report.log,
    format: report.format,
    confidence: 0.98,
    because: 'It holds log_history, global_step and epoch.',
    isFormatChosen: false,
    bytes: 12_345,
    runs: [
      {
        name: report.run,
        x: report.x,
        stepsPerEpoch: report.stepsPerEpoch,
        budget: report.budget,
        series: [
          ...series.map((one) =>
            seriesOf(one.name, one.role, one.direction, one.x, one.y, `its name says ${one.role}`),
          ),
          seriesOf(
            'step',
            'none',
            'none',
            x,
            x.map((at) => Math.round(at * 60)),
            'a counter',
          ),
          seriesOf(
            'learning_rate',
            'none',
            'none',
            x,
            x.map((at) => 1e-5 * (1 - at / 40)),
            'a setting, not a measure',
          ),
        ],
      },
    ],
    problems: [],
  };
}
