import { parseNumber } from '../parseNumber.ts';
import { stripPrefixes } from './stripPrefixes.ts';
import type { Cell } from './writeRow.ts';

const names = /(?:^|: )([A-Za-z][\w@.-]*(?:, ?[A-Za-z][\w@.-]*){1,60})$/;
/** Most lines with a comma do not. */
const endsInName = /, ?[A-Za-z][\w@.-]*\s*$/;
const numbers = /(?:^|: )([-+.\d\w]+(?:, ?[-+.\d\w]+){1,60})$/;
const title = /copypaste: Task: ([\w.-]+)$/;

/** Names of columns that wait for the line of their numbers. */
export interface CopiedHead {
  readonly task: string | null;
  readonly names: readonly string[];
}

/**
 * A line of names and one of as many numbers below, both apart by commas: the results that detectron2 prints to be copied.
 * @returns the head to remember, or the cells where the line closes it; null where it is neither.
 */
export function copiedTable(
  line: string,
  before: CopiedHead | null,
): { readonly head: CopiedHead } | { readonly cells: readonly Cell[] } | null {
  const task = line.includes('Task: ') ? title.exec(line.trimEnd()) : null;
  if (task !== null) return { head: { task: task[1] ?? null, names: [] } };
  const waits = before !== null && before.names.length > 0;
  if (!line.includes(',') || !(waits || endsInName.test(line))) return null;
  const text = stripPrefixes(line).trim();
  if (waits) {
    const values = numbers.exec(text)?.[1]?.split(',').map(parseNumber) ?? [];
    if (values.length === before.names.length && values.every((value) => value !== undefined)) {
      const prefix = before.task === null ? '' : `${before.task}/`;
      return { cells: before.names.flatMap((name, i): Cell[] => pairOf(`${prefix}${name}`, values[i])) };
    }
  }
  const found = names.exec(text)?.[1];
  return found === undefined ? null : { head: { task: before?.task ?? null, names: found.split(/, ?/) } };
}

function pairOf(name: string, value: number | undefined): Cell[] {
  return value === undefined ? [] : [[name, value]];
}
