import type { Problem } from '../core/problem.ts';

/** Tells one file from another that took its name: a different identity means the log was replaced. */
export interface FileState {
  readonly size: number;
  readonly modifiedMs: number;
  readonly identity: string;
}

/** Bytes of one log. A source that vanishes rejects with a Refusal that says so. */
export interface ByteSource {
  /** How messages name it (a path or `standard input`). */
  readonly name: string;
  state(): Promise<FileState>;
  /** Reads up to `into.length` bytes at `offset`; resolves to the number read, 0 at the end. */
  read(offset: number, into: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** A source that may have found trouble on the way to its bytes; known once its state was asked for. */
export interface ReportsProblems {
  readonly problems: readonly Problem[];
}

export const reportsProblems = (source: object): source is ReportsProblems => 'problems' in source;

/** Lines that the host keeps between sessions under a key, never beside the log; losing them costs only time. */
export interface LineCache {
  /** Hands on one line after the other; none where nothing is kept. */
  load(key: string, each: (line: string) => void): Promise<void>;
  append(key: string, lines: readonly string[]): Promise<void>;
  /** Puts these in the place of all that is kept. */
  replace(key: string, lines: readonly string[]): Promise<void>;
}
