import { basename } from 'node:path';
import type { Control } from '../core/control.ts';
import type { Forecaster } from '../core/forecast/forecaster.ts';
import type { Format } from '../core/formats/format.ts';
import { Refusal } from '../core/problem.ts';
import type { InspectReport } from '../core/report/inspectReport.ts';
import type { Opened, Prediction, PredictRequest } from '../core/report/prediction.ts';
import type { Warning } from '../core/report/predictReport.ts';
import { buildRuns } from '../core/runs/buildRuns.ts';
import { nearestNames } from '../core/runs/nearestNames.ts';
import type { Run, RunChoices } from '../core/runs/run.ts';
import { deriveSeries } from './deriveSeries.ts';
import type { EngineApi } from './engineApi.ts';
import { forecastRun } from './forecastRun.ts';
import { inspectRun, problemsOf } from './inspectRuns.ts';
import { OpenLog } from './openLog.ts';
import type { ByteSource } from './ports.ts';

export interface EngineParts {
  readonly formats: readonly Format[];
  readonly forecaster: Forecaster;
  readonly openSource: (path: string) => Promise<ByteSource>;
}

/** Opens logs, follows them, and forecasts their runs. */
export class Engine implements EngineApi {
  readonly #parts: EngineParts;
  readonly #logs = new Map<string, OpenLog>();

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  async open(path: string, choices: RunChoices, control: Control): Promise<Opened> {
    const log = await this.#logAt(path);
    const refreshed = await log.refresh(control);
    const runs = await this.#runsOf(log, choices);
    return { report: inspect(path, log, runs), revision: log.revision, ...refreshed };
  }

  async predict(path: string, request: PredictRequest, control: Control): Promise<Prediction> {
    const log = await this.#logAt(path);
    await log.refresh(control);
    if (log.table === null) {
      throw new Refusal('not-recognised', `${path} is not recognised as a training log: ${log.recognition.because}.`);
    }
    const runs = await this.#runsOf(log, request.choices);
    const run = chosenRun(path, runs, request.choices.run);
    const problems = problemsOf(log.table.problems, [run]);
    const warnings: Warning[] = problems.map(({ code, message }) => ({ code, message }));
    return forecastRun({ log: path, format: log.formatId, run, warnings }, request, this.#parts.forecaster, control);
  }

  async close(path: string): Promise<void> {
    const log = this.#logs.get(path);
    this.#logs.delete(path);
    await log?.close();
  }

  async #logAt(path: string): Promise<OpenLog> {
    const known = this.#logs.get(path);
    if (known !== undefined) return known;
    const log = new OpenLog(await this.#parts.openSource(path), this.#parts.formats);
    this.#logs.set(path, log);
    return log;
  }

  async #runsOf(log: OpenLog, choices: RunChoices): Promise<readonly Run[]> {
    if (log.table === null) return [];
    const runs = buildRuns(log.table, choices);
    return Promise.all(runs.map((run) => deriveSeries(run, choices.derive ?? [])));
  }
}

function inspect(path: string, log: OpenLog, runs: readonly Run[]): InspectReport {
  return {
    schema: 1,
    log: path,
    format: log.formatId,
    confidence: log.recognition.confidence,
    because: log.recognition.because,
    bytes: log.size,
    runs: runs.map(inspectRun),
    problems: problemsOf(log.table?.problems ?? [], runs),
  };
}

/** The newest with a curve, unless one is named. */
function chosenRun(path: string, runs: readonly Run[], name: string | undefined): Run {
  if (name !== undefined) {
    const named = runs.find((run) => run.name === name);
    if (named !== undefined) return named;
    throw new Refusal(
      'no-such-run',
      `There is no run "${name}" in ${basename(path)}; ${nearestNames(
        name,
        runs.map((run) => run.name),
      )}.`,
    );
  }
  const newest = runs.findLast(({ series }) => series.length > 0);
  if (newest !== undefined) return newest;
  throw new Refusal('no-series', `${path} has no series of numbers to forecast yet.`);
}
