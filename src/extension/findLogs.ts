import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogPlace } from '../core/hints/logCandidates.ts';
import { type FoundFile, isWorthOpening, mostEntries, rankLogs } from '../core/hints/logNames.ts';

/**
 * Paths of the files in a place that look like logs by name, likeliest first; the place itself where it is a file; none
 * where it is not there or may not be read.
 */
export async function findLogs({ path, depth }: Pick<LogPlace, 'path' | 'depth'>): Promise<readonly string[]> {
  const place = await stateOf(path);
  if (place === null) return [];
  if (place.isFile()) return [path];
  const names = await filesBelow(path, depth);
  // By name first: few files are logs, and each that may be one costs a look at the disk.
  const likely = rankLogs(names.map((name) => ({ path: name, size: 1, modifiedMs: 0 })));
  const found = await Promise.all(
    likely.map(async (file): Promise<FoundFile[]> => {
      const state = await stateOf(join(path, file.path));
      return state?.isFile() === true ? [{ path: file.path, size: state.size, modifiedMs: state.mtimeMs }] : [];
    }),
  );
  return rankLogs(found.flat()).map((file) => join(path, file.path));
}

/** Relative to the folder, with `/`; level by level, so that what lies near is found before the search ends. */
async function filesBelow(folder: string, depth: number): Promise<readonly string[]> {
  const files: string[] = [];
  let level = [''];
  let looked = 0;
  for (let below = 0; below <= depth && level.length > 0; below++) {
    const deeper: string[] = [];
    for (const within of level) {
      const entries = await entriesOf(join(folder, within));
      looked += entries.length;
      for (const entry of entries) {
        const name = within === '' ? entry.name : `${within}/${entry.name}`;
        if (!entry.isDirectory()) files.push(name);
        else if (isWorthOpening(entry.name)) deeper.push(name);
      }
      if (looked >= mostEntries) return files;
    }
    level = deeper;
  }
  return files;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

async function stateOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

/** Not there, not readable, too long a name: nothing to find in any case. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
