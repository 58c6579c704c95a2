import { basename } from 'node:path';
import type { Problem } from '../core/problem.ts';
import type { Run, RunChoices } from '../core/runs/run.ts';
import type { Log } from './log.ts';

export const wrongFormatCode = 'wrong-format';

/**
 * Nothing in a log reads as the format that was chosen for it: said with what it looks like, or it would seem to wait for
 * its first record. null where something does, or where the log may yet become what was chosen.
 */
export function wrongFormat(
  path: string,
  { recognition: { looksLike }, formatId, size }: Log,
  runs: readonly Run[],
  { format }: RunChoices,
): Problem | null {
  const hasSeries = runs.some(({ series }) => series.length > 0);
  if (format === undefined || looksLike === undefined || hasSeries || size === 0) return null;
  const opening = `Nothing in ${basename(path)} reads as ${formatId}, the format that was chosen`;
  return { code: wrongFormatCode, message: `${opening}; ${remedies[looksLike] ?? take(looksLike)}.`, count: 1 };
}

const take = (id: string): string => `it looks like ${id}. Leave the format out, or choose ${id}`;

const remedies: Readonly<Record<string, string>> = {
  unknown: 'nor does it look like another that is known. Leave the format out to be told why, or name another log',
  'not-a-log': 'it does not look like a training log at all. Leave the format out to be told what it is',
};
