import { stat } from 'node:fs/promises';
import { FolderState } from '../core/folderState.ts';
import { diskFolders } from './diskFolders.ts';

/** Tells by a text that is another each time whether a file, or what lies in a folder, may have changed. */
export function placeState(path: string): () => Promise<string> {
  const folder = new FolderState(path.replaceAll('\\', '/'), diskFolders);
  return async () => {
    try {
      const found = await stat(path);
      return found.isDirectory() ? await folder.look() : `${found.size} ${found.mtimeMs} ${found.ino}`;
    } catch (error) {
      // The engine says why it cannot be had.
      if (error instanceof Error && 'code' in error) return String(error.code);
      throw error;
    }
  };
}
