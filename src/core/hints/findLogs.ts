import type { Folders } from '../folders.ts';
import type { LogPlace } from './logCandidates.ts';
import { type FoundFile, isWorthOpening, mostEntries, rankLogs } from './logNames.ts';

/**
 * Paths of the files in a place that look like logs by name, likeliest first; the place itself where it is a file; none
 * where it is not there.
 */
export async function findLogs(
  { path, depth }: Pick<LogPlace, 'path' | 'depth'>,
  folders: Folders,
): Promise<readonly string[]> {
  const place = await folders.stateOf(path);
  if (place === null) return [];
  if (place.isFile) return [path];
  const names = await filesBelow(path, depth, folders);
  // By name first: few files are logs, and each that may be one costs a look at the disk.
  const likely = rankLogs(names.map((name) => ({ path: name, size: 1, modifiedMs: 0 })));
  const found = await Promise.all(
    likely.map(async (file): Promise<FoundFile[]> => {
      const state = await folders.stateOf(`${path}/${file.path}`);
      return state?.isFile === true ? [{ path: file.path, size: state.size, modifiedMs: state.modifiedMs }] : [];
    }),
  );
  return rankLogs(found.flat()).map((file) => `${path}/${file.path}`);
}

/** Relative to the folder, with `/`; level by level, so that what lies near is found before the search ends. */
async function filesBelow(folder: string, depth: number, folders: Folders): Promise<readonly string[]> {
  const files: string[] = [];
  let level = [''];
  let looked = 0;
  for (let below = 0; below <= depth && level.length > 0; below++) {
    const deeper: string[] = [];
    for (const within of level) {
      const entries = await folders.entriesOf(within === '' ? folder : `${folder}/${within}`);
      looked += entries.length;
      for (const entry of entries) {
        const name = within === '' ? entry.name : `${within}/${entry.name}`;
        if (!entry.isFolder) files.push(name);
        else if (isWorthOpening(entry.name)) deeper.push(name);
      }
      if (looked >= mostEntries) return files;
    }
    level = deeper;
  }
  return files;
}
