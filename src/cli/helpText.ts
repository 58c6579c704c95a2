import type { Command } from './command.ts';

/** The help of one sub-command: its use, and each option with what it takes. */
export function helpText({ name, synopsis, summary, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, isRepeatable, help }]) => {
    const left = `  --${option}${value === null ? '' : ` ${value}`}`;
    return [left, `${help}${isRepeatable === true ? ' Repeatable.' : ''}`] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const lines = rows.map(([left, help]) => `${left.padEnd(width)}${help}`);
  return [`Usage: ceiling-lens ${name} ${synopsis}`, '', summary, '', 'Options:', ...lines, ''].join('\n');
}
