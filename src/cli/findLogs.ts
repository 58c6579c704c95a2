import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogPlace } from '../core/hints/logCandidates.ts';
import { type FoundFile, isWorthOpening, mostEntries, rankLogs } from '../core/hints/logNames.ts';

/** Files at or below a place that look like logs by their names, likeliest first. A place that is not there has none. */
export async function findLogs({ path, depth }: LogPlace): Promise<string[]> {
  const own = await describe(path, '');
  if (own === null) return [];
  if (own !== 'folder') return [path];
  const files: FoundFile[] = [];
  let entries = 0;
  const search = async (folder: string, relative: string, left: number): Promise<void> => {
    for (const entry of await entriesOf(folder)) {
      entries += 1;
      if (entries > mostEntries) return;
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        if (left > 0 && isWorthOpening(entry.name)) await search(join(folder, entry.name), name, left - 1);
      } else if (entry.isFile()) {
        const file = await describe(join(folder, entry.name), name);
        if (file !== null && file !== 'folder') files.push(file);
      }
    }
  };
  await search(path, '', depth);
  return rankLogs(files).map((file) => `${path}/${file.path}`);
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // Not there any more, or not ours to read: nothing is found in it.
    return [];
  }
}

async function describe(path: string, name: string): Promise<FoundFile | 'folder' | null> {
  try {
    const { size, mtimeMs, isFolder } = await stat(path).then((one) => ({
      size: one.size,
      mtimeMs: one.mtimeMs,
      isFolder: one.isDirectory(),
    }));
    return isFolder ? 'folder' : { path: name, size, modifiedMs: mtimeMs };
  } catch {
    // Not there, or not ours to read.
    return null;
  }
}
