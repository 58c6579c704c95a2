import { readdir, stat } from 'node:fs/promises';
import type { Folders } from '../core/folders.ts';

/** The folders that this process may read. */
export const diskFolders: Folders = {
  async entriesOf(path) {
    try {
      const entries = await readdir(path, { withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    } catch (error) {
      if (isSystemError(error)) return [];
      throw error;
    }
  },
  async stateOf(path) {
    try {
      const state = await stat(path);
      return { isFile: state.isFile(), size: state.size, modifiedMs: state.mtimeMs };
    } catch (error) {
      if (isSystemError(error)) return null;
      throw error;
    }
  },
};

/** Not there, not readable, too long a name: nothing to find in any case. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
