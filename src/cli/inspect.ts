import { inspectionText } from '../core/report/inspectionText.ts';
import type { EngineApi } from '../engine/engineApi.ts';
import { wrongFormatCode } from '../engine/wrongFormat.ts';
import type { Command } from './command.ts';
import { exitCode } from './exitCode.ts';
import { jsonText } from './jsonText.ts';
import { onlyArgument } from './logArgument.ts';
import { formatOption, named } from './runChoices.ts';
import { shownError, shownOut } from './standardStreams.ts';
import { describeTerminal } from './terminal.ts';
import { terminalProgress } from './terminalProgress.ts';

/** Formats that are an answer but no log to forecast. */
const notRecognised: readonly string[] = ['unknown', 'not-a-log'];

export function createInspect(openEngine: () => Promise<EngineApi>): Command {
  return {
    name: 'inspect',
    synopsis: 'LOG [--format ID] [--json]',
    summary:
      'Says what a log holds: its format, runs, series with their roles, and problems.\nLOG is a file, a run folder, or - for standard input.',
    options: { ...formatOption, json: { value: null, help: 'Print one JSON object.' } },
    async run(options) {
      const log = onlyArgument(options, 'inspect', 'a log');
      const format = named(options, 'format');
      const engine = await openEngine();
      const { control, end } = terminalProgress(shownError(), () => performance.now());
      const { report } = await engine.open(log, format === undefined ? {} : { format }, control).finally(() => {
        end();
        return engine.close(log);
      });
      const output = options.has('json')
        ? jsonText(report)
        : inspectionText(report, describeTerminal(shownOut(), process.env, process.platform));
      const isRead =
        !notRecognised.includes(report.format) && report.problems.every(({ code }) => code !== wrongFormatCode);
      return { exitCode: isRead ? exitCode.done : exitCode.unreadable, output };
    },
  };
}
