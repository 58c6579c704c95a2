import { dirname, resolve } from 'node:path';
import { unwatched } from '../core/control.ts';
import { type BudgetAnchor, budgetAnchors } from '../core/hints/budgetAnchors.ts';
import { type BudgetHint, budgetHint, hintLine } from '../core/hints/budgetHint.ts';
import type { ConfigLanguage } from '../core/hints/configEntry.ts';
import { configLanguageOf } from '../core/hints/configLanguage.ts';
import { findLogs } from '../core/hints/findLogs.ts';
import { type ForecastAnswer, forecastAnswer, noLogMessage } from '../core/hints/forecastAnswer.ts';
import { logCandidates } from '../core/hints/logCandidates.ts';
import { Refusal } from '../core/problem.ts';
import type { PredictRequest } from '../core/report/prediction.ts';
import type { Warning } from '../core/report/predictReport.ts';
import { wrapText } from '../core/report/wrapText.ts';
import { diskFolders } from '../engine/diskFolders.ts';
import type { EngineApi } from '../engine/engineApi.ts';
import type { Command } from './command.ts';
import { exitCode } from './exitCode.ts';
import { jsonText } from './jsonText.ts';
import { onlyArgument } from './logArgument.ts';
import { readConfig } from './readConfig.ts';
import { shownOut } from './standardStreams.ts';
import { describeTerminal } from './terminal.ts';

const request: PredictRequest = { choices: {}, at: null, until: null, level: 0.9, tolerance: 0.01 };
const namedHere = 'named on the command line';
/** Files that look like logs but are none are passed over, so many of them. */
const mostTried = 8;

export function createHints(openEngine: () => Promise<EngineApi>): Command {
  return {
    name: 'hints',
    synopsis: 'CONFIG [--run LOG] [--json]',
    summary:
      'Says of each line of a training config that spends compute by when the run reaches its ceiling.\nThe log is found where the config writes, or beside it.',
    options: {
      run: { value: 'LOG', help: 'Log of the run; else the one that belongs to the config.' },
      json: { value: null, help: 'Print one JSON object.' },
    },
    async run(options) {
      const config = onlyArgument(options, 'hints', 'a config');
      const text = await readConfig(config);
      const { anchors, outputPaths } = budgetAnchors(text, languageOf(config, text));
      const named = options.text('run');
      const forecast = anchors.length === 0 ? noForecast : await forecastFor(config, outputPaths, named, openEngine);
      const { answer } = forecast;
      const hints = anchors.map((anchor) => ({ anchor, line: lineOf(text, anchor), hint: budgetHint(anchor, answer) }));
      const from = anchors.length > 0 && answer.kind === 'forecast' ? fromLog(answer) : null;
      const isUndecided = anchors.length > 0 && answer.kind === 'forecast' && answer.summary.limit === null;
      const { width } = describeTerminal(shownOut(), process.env, process.platform);
      return {
        exitCode: isUndecided ? exitCode.noLimit : exitCode.done,
        output: options.has('json') ? jsonText(reportOf(config, hints, forecast)) : textOf(config, hints, from, width),
      };
    },
  };
}

interface HintOnLine {
  readonly anchor: BudgetAnchor;
  readonly line: number;
  readonly hint: BudgetHint;
}

interface Forecast {
  readonly answer: ForecastAnswer;
  /** Path of the log; null where none was found. */
  readonly log: string | null;
  readonly warnings: readonly Warning[];
}

/** What --json prints: a public contract, fields are only ever added. */
function reportOf(config: string, hints: readonly HintOnLine[], { answer, log, warnings }: Forecast): object {
  const missing: Warning[] =
    hints.length === 0
      ? [{ code: 'no-budget', message: noBudget(config) }]
      : answer.kind === 'none'
        ? [{ code: 'no-forecast', message: answer.message }]
        : [];
  return {
    schema: 1,
    config,
    log,
    hints: hints.map(({ anchor, line, hint }) => ({
      line,
      key: anchor.path,
      value: anchor.value,
      unit: anchor.unit,
      framework: anchor.framework,
      wins: anchor.beatenBy === null,
      beatenBy: anchor.beatenBy,
      title: hint.title,
      message: hint.reasons.join(' '),
      reasons: hint.reasons,
      suggestion: hint.suggestion,
    })),
    run: answer.kind === 'forecast' ? runOf(answer) : null,
    warnings: [...missing, ...warnings],
  };
}

function runOf({ summary, found }: Extract<ForecastAnswer, { kind: 'forecast' }>): object {
  const { log, run, series, direction, xName, lastX, stepsPerEpoch, verdict, sentence, now, limit, settling } = summary;
  return {
    log,
    found,
    name: run,
    series,
    direction,
    xName,
    lastX,
    stepsPerEpoch,
    verdict,
    sentence,
    now,
    limit,
    settling,
  };
}

/** A log that was found is a guess: who reads the hints has to see which it is. */
function fromLog({ summary, found }: Extract<ForecastAnswer, { kind: 'forecast' }>): string {
  const another = found === namedHere ? '' : ' Another is named by --run LOG.';
  return `From ${summary.log}, ${found}.${another}`;
}

function textOf(config: string, hints: readonly HintOnLine[], from: string | null, width: number): string {
  const lines = hints.flatMap(({ anchor, line, hint }) => [
    ...wrapText(`${config}:${line}: ${hintLine(anchor, hint)}`, width),
    ...hint.reasons.flatMap((reason) => wrapText(reason, width - 2).map((part) => `  ${part}`)),
    ...(hint.suggestion === null ? [] : [`  ${hint.suggestion.title}`]),
  ]);
  if (from !== null) lines.push('', ...wrapText(from, width));
  return `${(lines.length > 0 ? lines : wrapText(noBudget(config), width)).join('\n')}\n`;
}

function noBudget(config: string): string {
  if (/\.(cfg|ini|py)$/i.test(config)) {
    return `${config} is neither YAML, JSON, TOML nor a shell script; hints are found in configs of these.`;
  }
  return `${config} has no line that sets a training budget and is known: no num_train_epochs, max_steps, num_epochs, total_epochs or their kin with a number.`;
}

const noForecast: Forecast = { answer: { kind: 'none', message: noLogMessage }, log: null, warnings: [] };

/** By its name, else by how it opens. */
function languageOf(path: string, text: string): ConfigLanguage {
  const named = configLanguageOf(path);
  if (named !== null) return named;
  if (/^\s*[{[]/.test(text)) return 'json';
  return /^#!.*\b(?:ba|z|k|da)?sh\b/.test(text) ? 'shell' : 'yaml';
}

function lineOf(text: string, { keyRange }: BudgetAnchor): number {
  return text.slice(0, keyRange[0]).split(/\r\n|\n|\r/).length;
}

async function forecastFor(
  config: string,
  outputPaths: readonly string[],
  named: string | null,
  openEngine: () => Promise<EngineApi>,
): Promise<Forecast> {
  const engine = await openEngine();
  if (named !== null) return forecastOf(engine, named, namedHere);
  const folder = dirname(resolve(config)).replaceAll('\\', '/');
  let tried = 0;
  for (const place of logCandidates(folder, outputPaths, [process.cwd().replaceAll('\\', '/')])) {
    for (const path of await findLogs(place, diskFolders)) {
      if (tried >= mostTried) return noForecast;
      tried += 1;
      if (await hasSeries(engine, path)) return forecastOf(engine, path, place.found);
    }
  }
  return noForecast;
}

async function hasSeries(engine: EngineApi, path: string): Promise<boolean> {
  try {
    const { report } = await engine.open(path, {}, unwatched).finally(() => engine.close(path));
    return report.runs.some(({ series }) => series.length > 0);
  } catch (error) {
    // Not a log after all, or not ours to read: the next is tried.
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function forecastOf(engine: EngineApi, log: string, found: string): Promise<Forecast> {
  const prediction = await engine.predict(log, request, unwatched).finally(() => engine.close(log));
  return { answer: forecastAnswer(log, prediction, found), log, warnings: prediction.report.warnings };
}
