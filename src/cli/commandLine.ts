import { Refusal } from '../core/problem.ts';
import type { EngineApi } from '../engine/engineApi.ts';
import type { ByteSource } from '../engine/ports.ts';
import { cacheFolder } from './cacheFolder.ts';
import type { Command, CommandResult } from './command.ts';
import { exitCode } from './exitCode.ts';
import { helpText } from './helpText.ts';
import { writeOut } from './output.ts';
import { parseOptions } from './parseOptions.ts';
import { writeResult } from './standardStreams.ts';
import { UsageError } from './usageError.ts';

declare const CEILING_LENS_VERSION: string;

/** Loaded when asked for: a forecast needs no YAML, a hint no chart. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  predict: async () => (await import('./predict.ts')).createPredict(() => openEngine()),
  hints: async () => (await import('./hints.ts')).createHints(() => openEngine()),
  inspect: async () => (await import('./inspect.ts')).createInspect(() => openEngine()),
  watch: async () => (await import('./watch.ts')).createWatch(openEngine),
  simulate: async () => (await import('./simulate.ts')).simulate,
};

/** Opened once options are known to be right: wrong usage costs nothing. */
async function openEngine(input: ByteSource | null = null): Promise<EngineApi> {
  const { createNodeEngine } = await import('../engine/nodeEngine.ts');
  return createNodeEngine(cacheFolder(process.env, process.platform), input);
}

const overview = `Usage: ceiling-lens COMMAND ...

Says from the first checkpoints of a training run where it will end.

  predict LOG     say where a run will end
  watch LOG       say it again as the log grows
  inspect LOG     say what a log holds
  hints CONFIG    say what a config's budget buys
  simulate        print a simulated run

ceiling-lens COMMAND --help tells the options of a command.
Exit codes: 0 done, 1 internal error, 2 wrong usage, 3 log unreadable or not recognised, 4 no limit identified.
`;

async function answer(args: readonly string[]): Promise<CommandResult> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') return { exitCode: exitCode.done, output: overview };
  if (name === '--version' || name === '-v') return { exitCode: exitCode.done, output: `${version()}\n` };
  const known = Object.keys(commands).join(', ');
  if (name === undefined) throw new UsageError(`Name a command: ${known}.`);
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) throw new UsageError(`There is no command "${name}"; the commands are ${known}.`);
  const command = await load();
  const beforeEnd = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest;
  if (beforeEnd.includes('--help') || beforeEnd.includes('-h')) {
    return { exitCode: exitCode.done, output: helpText(command) };
  }
  return command.run(parseOptions(rest, command.options));
}

/** Set by the bundler from package.json. */
function version(): string {
  return typeof CEILING_LENS_VERSION === 'string' ? CEILING_LENS_VERSION : 'unbundled';
}

function failure(error: unknown): { exitCode: number; message: string } {
  if (error instanceof UsageError) return { exitCode: exitCode.wrongUsage, message: error.message };
  if (error instanceof Refusal) {
    return {
      exitCode: usageRefusals.has(error.code) ? exitCode.wrongUsage : exitCode.unreadable,
      message: error.message,
    };
  }
  const what = error instanceof Error ? error.message : String(error);
  return {
    exitCode: exitCode.internalError,
    message: `Internal error: ${what}; set CEILING_LENS_DEBUG=1 to see where, and please report it.`,
  };
}

/** Refusals of what was asked for, not of the log. */
const usageRefusals: ReadonlySet<string> = new Set([
  'simulate-options',
  'where-malformed',
  'where-no-column',
  'where-no-row',
  'no-such-series',
  'no-such-x',
  'no-such-run',
  'no-such-format',
  'format-of-folder',
  'derive-malformed',
  'formula-malformed',
  'injection-shares',
]);

export async function runCommandLine(): Promise<void> {
  try {
    const result = await answer(process.argv.slice(2));
    process.exitCode = result.exitCode;
    await writeResult(result.output);
  } catch (error) {
    const { exitCode: code, message } = failure(error);
    process.exitCode = code;
    const stack = process.env.CEILING_LENS_DEBUG === '1' && error instanceof Error ? `${error.stack}\n` : '';
    await writeOut(process.stderr, `ceiling-lens: ${message}\n${stack}`);
  }
}
