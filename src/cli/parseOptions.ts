import { parseArgs } from 'node:util';
import { UsageError } from './usageError.ts';

export interface OptionSpec {
  /** Named in the help; null for a switch. */
  readonly value: string | null;
  readonly isRepeatable?: boolean;
  readonly help: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export interface ParsedOptions {
  readonly positionals: readonly string[];
  has(name: string): boolean;
  /** Last value given; null when absent. */
  text(name: string): string | null;
  all(name: string): readonly string[];
  /** A finite number for which `holds`, else a usage error that says what the option takes. */
  number(name: string, takes: string, holds: (value: number) => boolean): number | null;
}

/** Options by the table, wherever they stand; `--` ends them. Throws a UsageError at the first that cannot be meant. */
export function parseOptions(args: readonly string[], specs: OptionSpecs): ParsedOptions {
  const names = Object.keys(specs);
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      names.map(
        (name) => [name, { type: specs[name]?.value === null ? 'boolean' : 'string', multiple: true }] as const,
      ),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) throw new UsageError(unknownOption(token.rawName, names));
    const { value } = token;
    if (spec.value === null && value !== undefined) {
      throw new UsageError(`--${token.name} takes no value; leave out "${value}".`);
    }
    if (spec.value !== null && (value === undefined || (token.inlineValue !== true && value.startsWith('--')))) {
      throw new UsageError(`--${token.name} needs a value: --${token.name} ${spec.value}.`);
    }
    values.set(token.name, [...(values.get(token.name) ?? []), value ?? '']);
  }
  const text = (name: string): string | null => values.get(name)?.at(-1) ?? null;
  return {
    positionals,
    has: (name) => values.has(name),
    text,
    all: (name) => values.get(name) ?? [],
    number(name, takes, holds) {
      const given = text(name);
      if (given === null) return null;
      const value = numberFrom(given);
      if (value === null || !holds(value)) throw new UsageError(`--${name} takes ${takes}, not "${given}".`);
      return value;
    },
  };
}

/** A finite decimal number and nothing else: `Number` alone takes blanks and hexadecimals. */
export function numberFrom(text: string): number | null {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim())) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function unknownOption(given: string, names: readonly string[]): string {
  const bare = given.replace(/^-+/, '');
  const near = bare.length < 2 ? undefined : names.find((name) => name.startsWith(bare) || bare.startsWith(name));
  return near === undefined
    ? `There is no option ${given}; the options are ${names.map((name) => `--${name}`).join(', ')}.`
    : `There is no option ${given}; did you mean --${near}?`;
}
