import type { ParsedOptions } from './parseOptions.ts';
import { UsageError } from './usageError.ts';

/** The one positional of a sub-command. */
export function onlyArgument(options: ParsedOptions, command: string, what: string): string {
  const [argument, extra] = options.positionals;
  if (argument === undefined || argument === '') {
    throw new UsageError(
      `${command} needs ${what}: ceiling-lens ${command} ${what.includes('config') ? 'CONFIG' : 'LOG'}.`,
    );
  }
  if (extra !== undefined) {
    throw new UsageError(
      `${command} takes one argument, but got "${argument}" and "${extra}"; quote names with blanks.`,
    );
  }
  return argument;
}
