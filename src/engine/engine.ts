import { basename } from 'node:path';
import type { Control } from '../core/control.ts';
import type { CurveFamily } from '../core/fit/curveFamily.ts';
import type { Forecaster } from '../core/forecast/forecaster.ts';
import type { Problem } from '../core/problem.ts';
import { Refusal } from '../core/problem.ts';
import type { InspectReport } from '../core/report/inspectReport.ts';
import type { FormatJudgement, Opened, Predicted, PredictRequest } from '../core/report/prediction.ts';
import type { Warning } from '../core/report/predictReport.ts';
import { checkChosen } from '../core/runs/buildRuns.ts';
import { coldOfForecast } from '../core/runs/coldColumns.ts';
import { GrowingRuns } from '../core/runs/growingRuns.ts';
import { nearestNames } from '../core/runs/nearestNames.ts';
import type { Run, RunChoices } from '../core/runs/run.ts';
import type { Table } from '../core/runs/table.ts';
import { deriveSeries } from './deriveSeries.ts';
import type { EngineApi } from './engineApi.ts';
import type { FolderParts } from './folderLog.ts';
import { forecastRun } from './forecastRun.ts';
import { formulaFamily } from './formula/formulaFamily.ts';
import { inspectRun, problemsOf } from './inspectRuns.ts';
import type { Log, NamedTable } from './log.ts';
import { OpenLog, usuallyColdFrom } from './openLog.ts';
import { readSample } from './readSample.ts';
import { judgements } from './recognise.ts';
import { wrongFormat } from './wrongFormat.ts';

export interface EngineParts extends FolderParts {
  readonly forecaster: Forecaster;
  /** Bytes of a log from which on not all of its columns are kept; a quarter of a gigabyte where it is not said. */
  readonly coldFrom?: number;
}

/** Opens logs, follows them, and forecasts their runs. */
export class Engine implements EngineApi {
  readonly #parts: EngineParts;
  readonly #logs = new Map<string, Log>();
  /** The last request for each log: the next one waits for its end, as both would read on from the same offset. */
  readonly #turns = new Map<string, Promise<unknown>>();
  readonly #runs = new WeakMap<Log, { readonly key: string; readonly runs: readonly Run[] }>();
  /** By table: a log that grows is described on from where it was, as long as the choices stay. */
  readonly #growing = new WeakMap<Table, { readonly key: string; readonly runs: GrowingRuns }>();
  /** The last formula: a log that grows is forecast by the same one again. */
  #formula: CurveFamily | null = null;
  #formulaText: string | null = null;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  open(path: string, choices: RunChoices, control: Control): Promise<Opened> {
    return this.#inTurn(path, () => this.#open(path, choices, control));
  }

  predict(path: string, request: PredictRequest, control: Control): Promise<Predicted> {
    return this.#inTurn(path, () => this.#predict(path, request, control));
  }

  async judge(path: string): Promise<readonly FormatJudgement[]> {
    if ((await this.#parts.listFolder(path)) !== null) {
      const { formatOfFolder } = await import('./folderLog.ts');
      throw formatOfFolder(path);
    }
    const source = await this.#parts.openSource(path);
    try {
      const { sample } = await readSample(source, (await source.state()).size);
      return judgements(sample, this.#parts.formats);
    } finally {
      await source.close();
    }
  }

  close(path: string): Promise<void> {
    return this.#inTurn(path, () => this.#close(path));
  }

  #inTurn<T>(path: string, action: () => Promise<T>): Promise<T> {
    // How the one before ended is its caller's affair.
    const turn = (this.#turns.get(path) ?? Promise.resolve()).then(action, action);
    this.#turns.set(path, turn);
    const leave = () => {
      if (this.#turns.get(path) === turn) this.#turns.delete(path);
    };
    turn.then(leave, leave);
    return turn;
  }

  async #open(path: string, choices: RunChoices, control: Control): Promise<Opened> {
    const log = await this.#logAt(path, control);
    const { bytesRead, startedOver } = await log.refresh(control, choices.format ?? null, null);
    const runs = await this.#runsOf(log, choices, control);
    return { report: inspect(path, log, runs, choices), revision: log.revision, bytesRead, startedOver };
  }

  async #predict(path: string, request: PredictRequest, control: Control): Promise<Predicted> {
    const log = await this.#logAt(path, control);
    await log.refresh(control, request.choices.format ?? null, request.choices);
    if (log.tables.length === 0) {
      throw new Refusal('not-recognised', `${path} is not recognised as a training log: ${log.recognition.because}.`);
    }
    const answer = log.problems.find(({ code }) => code === 'not-a-log');
    // It says what the file is and what to open in its place.
    if (answer !== undefined && log.formatId === 'not-a-log') throw new Refusal('not-recognised', answer.message);
    const misfit = wrongFormat(path, log, await this.#runsOf(log, request.choices, control), request.choices);
    if (misfit !== null) throw new Refusal(misfit.code, misfit.message);
    const run = await this.#runOf(path, log, request.choices, control);
    const problems = problemsOf(log.problems, [run]);
    const warnings: Warning[] = problems.map(({ code, message, count }) => ({
      code,
      message,
      ...(count > 1 ? { count } : {}),
    }));
    const formula = await this.#formulaOf(request.choices);
    const about = { log: path, format: log.formatId, run, warnings, formula };
    return { ...forecastRun(about, request, this.#parts.forecaster, control), revision: log.revision };
  }

  /** With the values of all series that its forecast needs. */
  async #runOf(path: string, log: Log, choices: RunChoices, control: Control): Promise<Run> {
    const run = chosenRun(path, log, await this.#runsOf(log, choices, control), choices.run);
    const cold = coldOfForecast(run, choices.series);
    if (cold.length === 0) return run;
    await log.warm(new Set(cold), control);
    this.#runs.delete(log);
    return chosenRun(path, log, await this.#runsOf(log, choices, control), choices.run);
  }

  async #formulaOf({ formula }: RunChoices): Promise<CurveFamily | null> {
    if (formula === undefined) return null;
    if (formula !== this.#formulaText) {
      this.#formula = await formulaFamily(formula);
      this.#formulaText = formula;
    }
    return this.#formula;
  }

  async #close(path: string): Promise<void> {
    const log = this.#logs.get(path);
    this.#logs.delete(path);
    await log?.close();
  }

  async #logAt(path: string, control: Control): Promise<Log> {
    const known = this.#logs.get(path);
    if (known !== undefined) return known;
    const log = await this.#newLogAt(path, control);
    this.#logs.set(path, log);
    return log;
  }

  async #newLogAt(path: string, control: Control): Promise<Log> {
    const { listFolder, openSource, formats, coldFrom = usuallyColdFrom } = this.#parts;
    if ((await listFolder(path, control)) === null) return new OpenLog(await openSource(path), formats, coldFrom);
    // Most logs are a file: what tells the files of a folder apart is loaded where there is one.
    const { FolderLog } = await import('./folderLog.ts');
    return new FolderLog(path, this.#parts);
  }

  /** A forecast nearly always follows the opening of the same log with the same choices. */
  async #runsOf(log: Log, choices: RunChoices, control: Control): Promise<readonly Run[]> {
    const key = JSON.stringify([log.revision, choices]);
    const known = this.#runs.get(log);
    if (known?.key === key) return known.runs;
    await log.warm(toBuild(choices), control);
    const build = () => runsOfTables(log.tables, (table) => this.#runsOfTable(table, choices, control));
    let built = build();
    const { parts = null } = this.#coldOf(log) ?? {};
    if (parts !== null) {
      await log.divide(parts, control);
      built = build();
    }
    if (this.#coldOf(log) !== null) {
      await log.warm(null, control);
      built = build();
    }
    const runs = await Promise.all(built.map((run) => deriveSeries(run, choices.derive ?? [])));
    this.#runs.set(log, { key, runs });
    return runs;
  }

  /** What was said of its cold columns that does not hold; null where all does. */
  #coldOf(log: Log): GrowingRuns | null {
    const runs = log.tables.flatMap(({ table }) => this.#growing.get(table)?.runs ?? []);
    return runs.find(({ needsMore }) => needsMore) ?? null;
  }

  #runsOfTable(table: Table, choices: RunChoices, control: Control): readonly Run[] {
    const building = forBuilding(choices);
    const key = JSON.stringify(building);
    const known = this.#growing.get(table);
    const growing = known?.key === key ? known.runs : new GrowingRuns(table, building);
    this.#growing.set(table, { key, runs: growing });
    const runs = growing.now(control);
    checkChosen(runs, choices);
    return runs;
  }
}

/** Of choices those by which runs are made of rows: another series of a large log is shown without a look at all of it. */
const forBuilding = ({ series: _series, run: _run, formula: _formula, ...choices }: RunChoices): RunChoices => choices;

/** Columns without whose values runs cannot be made of the rows; null for all. */
function toBuild({ derive, where = [], x }: RunChoices): ReadonlySet<string> | null {
  if (derive !== undefined) return null;
  return new Set([
    ...where.map((condition) => condition.slice(0, condition.indexOf('=')).trim()),
    ...(x === undefined ? [] : [x]),
  ]);
}

/** A choice need not fit every run of a folder, but one of them. */
function runsOfTables(tables: readonly NamedTable[], runsOf: (table: Table) => readonly Run[]): readonly Run[] {
  const runs: Run[] = [];
  let refusal: Refusal | null = null;
  for (const { name, table } of tables) {
    try {
      const built = runsOf(table);
      const isAlone = tables.length === 1 && built.every((run) => run.name !== 'run');
      for (const run of built) {
        const own = run.name === 'run' || run.name === name ? name : `${name} ${run.name}`;
        if (name === null || own === null || isAlone) runs.push(run);
        else runs.push({ ...run, name: own, problems: run.problems.map((problem) => inFile(name, problem)) });
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error;
    }
  }
  if (runs.length === 0 && refusal !== null) throw refusal;
  return runs;
}

/** A line says little where several files have one. */
const inFile = (name: string, problem: Problem): Problem => ({ ...problem, message: `${name}: ${problem.message}` });

function inspect(path: string, log: Log, runs: readonly Run[], choices: RunChoices): InspectReport {
  const misfit = wrongFormat(path, log, runs, choices);
  return {
    schema: 1,
    log: path,
    format: log.formatId,
    confidence: log.recognition.confidence,
    because: log.recognition.because,
    isFormatChosen: choices.format !== undefined,
    bytes: log.size,
    runs: runs.map(inspectRun),
    problems: [...(misfit === null ? [] : [misfit]), ...problemsOf(log.problems, runs)],
  };
}

/** The newest with a curve, unless one is named. */
function chosenRun(path: string, log: Log, runs: readonly Run[], name: string | undefined): Run {
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
  const [why] = problemsOf(log.problems, runs);
  throw new Refusal(
    'no-series',
    `${path} has no series of numbers to forecast yet${why === undefined ? '.' : `. ${why.message}`}`,
  );
}
