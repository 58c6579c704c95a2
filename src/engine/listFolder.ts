import { type Dirent, type Stats, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Control, unwatched } from '../core/control.ts';
import type { ListedFile } from '../core/formats/folders/planFolder.ts';
import { Refusal } from '../core/problem.ts';

const mostFiles = 20_000;
const deepest = 8;
/** How long others wait for their turn. */
const patientMs = 10;
/** No logs of a run are kept there. */
const passedOver = /^(\.git|\.venv|venv|node_modules|__pycache__|media|site-packages)$/;

/**
 * Files below a folder; null when the path is no folder. Links to folders are not followed: they lead to what is listed
 * anyway (`wandb/latest-run`), out of the folder, or in a circle.
 * @throws Refusal over a stated number of files.
 */
export async function listFolder(path: string, control: Control = unwatched): Promise<readonly ListedFile[] | null> {
  if (stateOf(path)?.isDirectory() !== true) return null;
  const files: ListedFile[] = [];
  await listInto(path, '', 0, files, control);
  return files;
}

async function listInto(
  root: string,
  folder: string,
  depth: number,
  files: ListedFile[],
  control: Control,
): Promise<void> {
  let since = performance.now();
  for (const entry of await entriesOf(join(root, folder))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (depth < deepest && !passedOver.test(entry.name)) await listInto(root, path, depth + 1, files, control);
      continue;
    }
    if (performance.now() - since > patientMs) {
      control.check();
      await pause();
      since = performance.now();
    }
    const found = stateOf(`${root}/${path}`);
    if (found === null || !found.isFile()) continue;
    if (files.length >= mostFiles) {
      throw new Refusal(
        'folder-too-large',
        `${root} has more than ${mostFiles} files; name the folder of one run in it.`,
      );
    }
    files.push({ path, size: found.size, modifiedMs: found.mtimeMs });
  }
}

/**
 * A folder of samples has a file a step and is listed at each look. Waiting for each state takes four times as long as asking
 * for it at once, so others have their turn between some of them only.
 */
function stateOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    // Not readable, a circle of links, too long a name: nothing to read in any case.
    return null;
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A folder below that may not be read has nothing for us; the one that was named is told. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
