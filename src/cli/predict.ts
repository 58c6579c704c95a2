import { writeFile } from 'node:fs/promises';
import { noteOf, predictionText } from '../core/report/predictionText.ts';
import { reportSvg } from '../core/report/reportSvg.ts';
import type { EngineApi } from '../engine/engineApi.ts';
import type { Command } from './command.ts';
import { exitCode } from './exitCode.ts';
import { hasLimit } from './hasLimit.ts';
import { jsonText } from './jsonText.ts';
import { onlyArgument } from './logArgument.ts';
import { predictRequest, requestOptions } from './predictRequest.ts';
import { shownError, shownOut } from './standardStreams.ts';
import { describeTerminal } from './terminal.ts';
import { terminalProgress } from './terminalProgress.ts';
import { UsageError } from './usageError.ts';

export function createPredict(openEngine: () => Promise<EngineApi>): Command {
  return {
    name: 'predict',
    synopsis: 'LOG [options]',
    summary:
      'Says where a training run will end: its ceiling, how sure that is, and when it gets there.\nLOG is a file, a run folder, or - for standard input.',
    options: {
      ...requestOptions,
      json: { value: null, help: 'Print one JSON object.' },
      svg: { value: 'FILE', help: 'Write the chart as a picture.' },
    },
    async run(options) {
      const log = onlyArgument(options, 'predict', 'a log');
      const svg = options.text('svg');
      if (svg !== null && options.has('json')) throw new UsageError('Give --json or --svg FILE, not both.');
      const request = predictRequest(options);
      const engine = await openEngine();
      const { control, end } = terminalProgress(shownError(), () => performance.now());
      const prediction = await engine.predict(log, request, control).finally(() => {
        end();
        return engine.close(log);
      });
      const { report } = prediction;
      const code = hasLimit(report, request.choices.series ?? []) ? exitCode.done : exitCode.noLimit;
      if (options.has('json')) return { exitCode: code, output: jsonText(report) };
      if (svg === null) {
        return {
          exitCode: code,
          output: predictionText(prediction, describeTerminal(shownOut(), process.env, process.platform)),
        };
      }
      await writePicture(svg, reportSvg(prediction));
      const notes = report.warnings.map((warning) => `${noteOf(warning)}\n`).join('');
      return { exitCode: code, output: `${report.sentence}\n${notes}The chart was written to ${svg}.\n` };
    },
  };
}

async function writePicture(file: string, picture: string): Promise<void> {
  try {
    await writeFile(file, picture);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
    throw new UsageError(`--svg ${file} could not be written${why}; name a file in a folder that you may write to.`);
  }
}
