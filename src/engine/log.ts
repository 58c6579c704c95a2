import type { Control } from '../core/control.ts';
import type { Problem } from '../core/problem.ts';
import type { ColdPart } from '../core/runs/coldParts.ts';
import type { RunChoices } from '../core/runs/run.ts';
import type { Table } from '../core/runs/table.ts';
import type { Refreshed } from './openLog.ts';
import type { LogRecognition } from './recognise.ts';

export interface NamedTable {
  /** Put before the names of its runs; null for a log that is one file. */
  readonly name: string | null;
  readonly table: Table;
}

/** A file or a folder of files that stays open. */
export interface Log {
  /** Empty while it is not recognised. */
  readonly tables: readonly NamedTable[];
  readonly problems: readonly Problem[];
  readonly formatId: string;
  readonly recognition: LogRecognition;
  readonly size: number;
  /** Rises when what was read changes what the log says. */
  readonly revision: number;
  /**
   * Reads what was appended; all of it where the log was cut, replaced or rewritten.
   * @param format id of the format that the user chose; null: recognised by content.
   * @param only nothing else will be asked of the log than what these choices need; null: anything may be.
   */
  refresh(control: Control, format: string | null, only: RunChoices | null): Promise<Refreshed>;
  /**
   * Keeps from here on what of a large log was not kept.
   * @param names of columns; null for all
   */
  warm(names: ReadonlySet<string> | null, control: Control): Promise<void>;
  /** Tells of what is not kept by runs, of which each is summed up for itself. @param parts of the first table */
  divide(parts: readonly ColdPart[], control: Control): Promise<void>;
  close(): Promise<void>;
}
