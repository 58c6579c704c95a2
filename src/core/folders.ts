export interface FolderEntry {
  readonly name: string;
  /** A folder itself: what a link leads to is not looked through. */
  readonly isFolder: boolean;
}

export interface PlaceState {
  readonly isFile: boolean;
  readonly size: number;
  /** Of a folder it changes when something comes into it or leaves it. */
  readonly modifiedMs: number;
}

/** The folders of a disk, by path with `/`. */
export interface Folders {
  /** None where the folder is not there or may not be read. */
  entriesOf(path: string): Promise<readonly FolderEntry[]>;
  /** Links are followed; null where nothing is there or it may not be looked at. */
  stateOf(path: string): Promise<PlaceState | null>;
}
