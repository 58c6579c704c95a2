import type { ExitCode } from './exitCode.ts';
import type { OptionSpecs, ParsedOptions } from './parseOptions.ts';

export interface Command {
  readonly name: string;
  /** What stands after the name, for the help: `LOG [options]`. */
  readonly synopsis: string;
  readonly summary: string;
  readonly options: OptionSpecs;
  run(options: ParsedOptions): Promise<CommandResult>;
}

export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly output: string;
}
