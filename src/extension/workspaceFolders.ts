import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { Folders } from '../core/folders.ts';

/** The folders on the disk, as the editor reads them. */
export const workspaceFolders: Folders = {
  async entriesOf(path) {
    try {
      const entries = await workspace.fs.readDirectory(Uri.file(path));
      return entries.map(([name, type]) => ({ name, isFolder: type === FileType.Directory }));
    } catch (error) {
      if (error instanceof FileSystemError) return [];
      throw error;
    }
  },
  async stateOf(path) {
    try {
      const { type, size, mtime } = await workspace.fs.stat(Uri.file(path));
      return { isFile: (type & FileType.File) !== 0, size, modifiedMs: mtime };
    } catch (error) {
      // Not there, not readable, too long a name: nothing to find in any case.
      if (error instanceof FileSystemError) return null;
      throw error;
    }
  },
};
