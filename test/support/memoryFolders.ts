import type { FolderEntry, Folders } from '../../src/core/folders.ts';

/** Folders in memory, which count how often they are asked. */
export class MemoryFolders implements Folders {
  readonly #files = new Map<string, { readonly size: number; readonly modifiedMs: number }>();
  readonly #links: readonly string[];
  readonly #folderTimes = new Map<string, number>();
  #clockMs = 0;
  asked = 0;

  /** @param files sizes by path. @param links entries that are neither file nor folder */
  constructor(files: Readonly<Record<string, number>>, links: readonly string[] = []) {
    this.#links = links;
    for (const [path, size] of Object.entries(files)) this.write(path, size);
  }

  /** Makes a file, or gives it another size. */
  write(path: string, size: number): void {
    this.#clockMs += 1;
    if (!this.#files.has(path)) this.#touchFoldersOf(path);
    this.#files.set(path, { size, modifiedMs: this.#clockMs });
  }

  remove(path: string): void {
    this.#clockMs += 1;
    this.#files.delete(path);
    this.#touchFoldersOf(path);
  }

  async entriesOf(folder: string): Promise<readonly FolderEntry[]> {
    this.asked += 1;
    const entries = new Map<string, FolderEntry>();
    for (const path of [...this.#files.keys(), ...this.#links]) {
      if (!path.startsWith(`${folder}/`)) continue;
      const [name = '', ...deeper] = path.slice(folder.length + 1).split('/');
      entries.set(name, { name, isFolder: deeper.length > 0 });
    }
    return [...entries.values()];
  }

  async stateOf(path: string) {
    this.asked += 1;
    const file = this.#files.get(path);
    if (file !== undefined) return { isFile: true, ...file };
    const modifiedMs = this.#folderTimes.get(path);
    return modifiedMs === undefined ? null : { isFile: false, size: 0, modifiedMs };
  }

  /** Of the folder it lies in, and of those above that came with it. */
  #touchFoldersOf(path: string): void {
    const parts = path.split('/');
    for (let i = parts.length - 1; i > 1; i--) {
      const folder = parts.slice(0, i).join('/');
      const isKnown = this.#folderTimes.has(folder);
      this.#folderTimes.set(folder, this.#clockMs);
      if (isKnown) return;
    }
  }
}
