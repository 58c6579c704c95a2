import type { Folders } from './folders.ts';

/** Levels of folders below one that are looked at: `mlruns/0/<run>/metrics`. */
const deepest = 4;
const mostFolders = 500;
const mostFiles = 20_000;
/** Files that are looked at every time: what grows was written lately. */
const mostWatched = 40;
/** Disks whose clock is coarse may hide that something came; so often everything is looked at again. */
const looksToAll = 30;

interface KnownFolder {
  readonly modifiedMs: number;
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/**
 * Tells that a folder of logs has changed, at a cost that does not rise with the number of its files: a folder is listed
 * again only when something came or went, and of the files only those are looked at that were written last.
 */
export class FolderState {
  readonly #root: string;
  readonly #folders: Folders;
  #known = new Map<string, KnownFolder>();
  #watched: readonly string[] = [];
  #looks = 0;

  /** @param root with `/` between the parts */
  constructor(root: string, folders: Folders) {
    this.#root = root;
    this.#folders = folders;
  }

  /** A text that differs from the one before when the folder may have changed. */
  async look(): Promise<string> {
    const isWhole = this.#looks % looksToAll === 0;
    this.#looks += 1;
    const known = await this.#foldersBelow(isWhole ? new Map() : this.#known);
    const isSame = known.size === this.#known.size && [...known].every(([path, one]) => this.#known.get(path) === one);
    this.#known = known;
    if (!isSame) this.#watched = await this.#writtenLast();
    const times = [...known].map(([path, { modifiedMs }]) => `${path} ${modifiedMs}`);
    const files = await Promise.all(this.#watched.map(async (path) => `${path} ${await this.#stateOf(path)}`));
    return [...times, ...files.sort()].join('|');
  }

  async #foldersBelow(before: ReadonlyMap<string, KnownFolder>): Promise<Map<string, KnownFolder>> {
    const found = new Map<string, KnownFolder>();
    let level = [this.#root];
    for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
      const states = await Promise.all(
        level.slice(0, mostFolders - found.size).map(async (path) => [path, await this.#listed(path, before)] as const),
      );
      const deeper: string[] = [];
      for (const [path, state] of states) {
        if (state === null) continue;
        found.set(path, state);
        deeper.push(...state.folders);
      }
      level = deeper;
    }
    return found;
  }

  async #listed(path: string, before: ReadonlyMap<string, KnownFolder>): Promise<KnownFolder | null> {
    const state = await this.#folders.stateOf(path);
    if (state === null || state.isFile) return null;
    const { modifiedMs } = state;
    const known = before.get(path);
    if (known?.modifiedMs === modifiedMs) return known;
    const entries = await this.#folders.entriesOf(path);
    const below = (isFolder: boolean): string[] =>
      entries.filter((entry) => entry.isFolder === isFolder).map(({ name }) => `${path}/${name}`);
    return { modifiedMs, folders: below(true), files: below(false) };
  }

  async #writtenLast(): Promise<readonly string[]> {
    const paths = [...this.#known.values()].flatMap(({ files }) => files).slice(0, mostFiles);
    const files = await Promise.all(
      paths.map(async (path) => ({ path, modifiedMs: (await this.#folders.stateOf(path))?.modifiedMs ?? 0 })),
    );
    return files
      .sort((a, b) => b.modifiedMs - a.modifiedMs)
      .slice(0, mostWatched)
      .map(({ path }) => path);
  }

  async #stateOf(path: string): Promise<string> {
    const state = await this.#folders.stateOf(path);
    return state === null ? 'gone' : `${state.size} ${state.modifiedMs}`;
  }
}
