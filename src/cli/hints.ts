import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { unwatched } from '../core/control.ts';
import { type BudgetAnchor, budgetAnchors, longestConfig } from '../core/hints/budgetAnchors.ts';
import { budgetHint } from '../core/hints/budgetHint.ts';
import { type ForecastAnswer, forecastAnswer, noLogMessage } from '../core/hints/forecastAnswer.ts';
import { logCandidates } from '../core/hints/logCandidates.ts';
import { Refusal } from '../core/problem.ts';
import type { PredictRequest } from '../core/report/prediction.ts';
import { wrapText } from '../core/report/wrapText.ts';
import type { EngineApi } from '../engine/engineApi.ts';
import type { Command } from './command.ts';
import { exitCode } from './exitCode.ts';
import { findLogs } from './findLogs.ts';
import { onlyArgument } from './logArgument.ts';
import { jsonText } from './output.ts';
import { describeTerminal } from './terminal.ts';

const request: PredictRequest = { choices: {}, at: null, until: null, level: 0.9, tolerance: 0.01 };
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
      const { anchors, outputPaths } = budgetAnchors(text, /\.ya?ml$/i.test(config) ? 'yaml' : languageOf(text));
      const named = options.text('run');
      const { answer, log } =
        anchors.length === 0
          ? { answer: noAnswer, log: null }
          : await answerFor(config, outputPaths, named, openEngine);
      const hints = anchors.map((anchor) => ({ anchor, line: lineOf(text, anchor), hint: budgetHint(anchor, answer) }));
      const code =
        anchors.length > 0 && answer.kind === 'forecast' && answer.summary.limit === null
          ? exitCode.noLimit
          : exitCode.done;
      if (options.has('json')) {
        return {
          exitCode: code,
          output: jsonText({
            schema: 1,
            config,
            log,
            hints: hints.map(({ anchor, line, hint }) => ({
              line,
              key: anchor.path,
              value: anchor.value,
              unit: anchor.unit,
              framework: anchor.framework,
              beatenBy: anchor.beatenBy,
              title: hint.title,
              reasons: hint.reasons,
              suggestion: hint.suggestion,
            })),
          }),
        };
      }
      const { width } = describeTerminal(process.stdout, process.env, process.platform);
      const lines = hints.flatMap(({ anchor, line, hint }) => [
        ...wrapText(`${config}:${line}: ${anchor.key}: ${anchor.valueText}  →  ${hint.title}`, width),
        ...hint.reasons.flatMap((reason) => wrapText(reason, width - 2).map((part) => `  ${part}`)),
        ...(hint.suggestion === null ? [] : [`  ${hint.suggestion.title}`]),
      ]);
      const nothing = `${config} has no line that sets a training budget and is known: no num_train_epochs, max_steps, num_epochs, total_epochs or total_training_steps with a number.`;
      return { exitCode: code, output: `${(lines.length > 0 ? lines : wrapText(nothing, width)).join('\n')}\n` };
    },
  };
}

const noAnswer: ForecastAnswer = { kind: 'none', message: noLogMessage };

async function readConfig(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length <= longestConfig) return text;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const why =
      code === 'ENOENT'
        ? 'is not there; check the path'
        : code === 'EISDIR'
          ? 'is a folder; name a config file in it'
          : `could not be read (${code})`;
    throw new Refusal('unreadable', `${path} ${why}.`);
  }
  throw new Refusal(
    'unreadable',
    `${path} is longer than any config (${longestConfig / 1000} kB); name a training config.`,
  );
}

function languageOf(text: string): 'yaml' | 'json' {
  return /^\s*[{[]/.test(text) ? 'json' : 'yaml';
}

function lineOf(text: string, { keyRange }: BudgetAnchor): number {
  return text.slice(0, keyRange[0]).split('\n').length;
}

async function answerFor(
  config: string,
  outputPaths: readonly string[],
  named: string | null,
  openEngine: () => Promise<EngineApi>,
): Promise<{ answer: ForecastAnswer; log: string | null }> {
  const engine = await openEngine();
  if (named !== null) return { answer: await forecast(engine, named, 'named on the command line'), log: named };
  const folder = dirname(resolve(config)).replaceAll('\\', '/');
  let tried = 0;
  for (const place of logCandidates(folder, outputPaths, [process.cwd().replaceAll('\\', '/')])) {
    for (const path of await findLogs(place)) {
      if (tried >= mostTried) return { answer: noAnswer, log: null };
      tried += 1;
      const opened = await engine.open(path, {}, unwatched).finally(() => engine.close(path));
      if (!opened.report.runs.some(({ series }) => series.length > 0)) continue;
      return { answer: await forecast(engine, path, place.found), log: path };
    }
  }
  return { answer: noAnswer, log: null };
}

async function forecast(engine: EngineApi, log: string, found: string): Promise<ForecastAnswer> {
  return forecastAnswer(log, await engine.predict(log, request, unwatched).finally(() => engine.close(log)), found);
}
