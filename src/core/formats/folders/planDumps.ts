import { stepOfName } from '../rollouts/dumpNames.ts';
import { naturalOrder } from './naturalOrder.ts';
import type { ListedFile } from './planFolder.ts';

/** Files of samples, one a step or more, whose steps make one run. */
export interface PlannedDump {
  /** Folder of the run; the folder itself is ''. */
  readonly root: string;
  readonly parts: readonly DumpPart[];
}

export interface DumpPart {
  readonly file: ListedFile;
  readonly reads: 'text' | 'parquet';
  /** Put before the names of its series: `train/` and `val/` where a run has both. */
  readonly prefix: string;
}

/** Names of the two folders, or beginnings of the two kinds of files, by which trainers part the samples of one run. */
const splits: readonly { readonly pattern: RegExp; readonly prefix: string }[] = [
  { pattern: /(^|[_-])(val|valid|validation|eval|evaluation|test)([_-]|$)/i, prefix: 'val/' },
  { pattern: /(^|[_-])(train|training|rollouts?)([_-]|$)/i, prefix: 'train/' },
];

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const prefixOf = (name: string): string => splits.find(({ pattern }) => pattern.test(name))?.prefix ?? '';

/** Dumps of samples that a folder may have, by the names of its files; their content still decides. */
export function planDumps(files: readonly ListedFile[]): readonly PlannedDump[] {
  const byFolder = new Map<string, DumpPart[]>();
  for (const file of files) {
    const name = nameOf(file.path);
    if (file.size === 0 || stepOfName(name) === null) continue;
    const folder = folderOf(file.path);
    const prefix = prefixOf(name.replace(/\d.*$/, '')) || prefixOf(nameOf(folder));
    const parts = byFolder.get(folder);
    const part: DumpPart = { file, reads: name.endsWith('.parquet') ? 'parquet' : 'text', prefix };
    if (parts === undefined) byFolder.set(folder, [part]);
    else parts.push(part);
  }
  const byRoot = new Map<string, Map<string, DumpPart[]>>();
  for (const [folder, parts] of byFolder) {
    const isSplit = prefixOf(nameOf(folder)) !== '' && parts.every(({ prefix }) => prefix === prefixOf(nameOf(folder)));
    const root = isSplit ? folderOf(folder) : folder;
    byRoot.set(root, (byRoot.get(root) ?? new Map()).set(folder, parts));
  }
  return [...byRoot].flatMap(([root, folders]) => dumpsOf(root, folders));
}

/** One run where its folders are told apart by what they are for, and one a folder else. */
function dumpsOf(root: string, folders: ReadonlyMap<string, readonly DumpPart[]>): PlannedDump[] {
  const prefixes = [...folders.values()].map((parts) => new Set(parts.map(({ prefix }) => prefix)));
  const areDistinct =
    prefixes.every(({ size }) => size === 1) && new Set(prefixes.flatMap((one) => [...one])).size === folders.size;
  if (areDistinct && folders.size > 1) return [{ root, parts: inOrder([...folders.values()].flat()) }];
  return [...folders].map(([folder, parts]) => ({ root: folder, parts: inOrder(parts) }));
}

/** The held-out samples first: of two series that suit a role equally, the first has it. */
function inOrder(parts: readonly DumpPart[]): readonly DumpPart[] {
  const isSplit = new Set(parts.map(({ prefix }) => prefix)).size > 1;
  return parts
    .map((part) => (isSplit ? part : { ...part, prefix: '' }))
    .sort(
      (a, b) => Number(b.prefix === 'val/') - Number(a.prefix === 'val/') || naturalOrder(a.file.path, b.file.path),
    );
}
