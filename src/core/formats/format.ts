import type { Problem } from '../problem.ts';
import type { Budget, Direction, Role, ValueRange } from '../runs/run.ts';

/** What a format may look at to recognise a log: never the whole file. */
export interface Sample {
  /** File name without folders; it only breaks ties. */
  readonly fileName: string;
  /** Names of the folders above, nearest last; some formats keep a name there. */
  readonly folders: readonly string[];
  readonly size: number;
  /** The first block, at most 256 kB, as it lies on the disk after decompression. */
  readonly bytes: Uint8Array;
  /** The first block as text (BOM and UTF-16 handled); a binary log makes nonsense of it. */
  readonly head: string;
  /** The last block, at most 64 kB, as text, from the start of a line; empty when the head has everything. */
  readonly tail: string;
}

export interface Recognition {
  /** 0 to 1; the table takes the surest. */
  readonly confidence: number;
  /** Why, in plain words. */
  readonly because: string;
}

/** What a format knows of a column that its name alone does not tell. */
export interface ColumnFacts {
  /** It counts the run's progress; the lowest preference is the main axis. */
  readonly axis?: number;
  /** The reader counted it: it is no column of the log, only an axis where the log's own do not tell its points apart. */
  readonly isMade?: boolean;
  readonly role?: Role;
  readonly direction?: Direction;
  readonly range?: ValueRange;
  /** Name of the column whose standard errors it has. */
  readonly errorOf?: string;
  /** Evidence in plain words, shown as `why`. */
  readonly why: string;
}

/** Records of nothing but numbers, one after the other. */
export interface NumberRows {
  readonly count: number;
  /** Where each record starts, as in `beginRow`. */
  readonly starts: Float64Array;
  /** Handles, each another one. */
  readonly columns: readonly number[];
  /** Column after column, `stride` apart; NaN where a record has none. */
  readonly numbers: Float64Array;
  readonly stride: number;
}

/**
 * Where a parser puts what it reads: one row a record. Column memory is typed arrays; nothing else is kept for a row.
 * Cells not set in a row are missing. A name is any string (`__proto__` included).
 */
export interface RowSink {
  /**
   * Handle for a column; the same name gives the same handle, and the name of a secret one of what is not kept. Throws a
   * Refusal over a stated number of columns.
   */
  column(name: string): number;
  describe(column: number, facts: ColumnFacts): void;
  /**
   * Rows from here on belong to another run; null where the log gives it no name. Before the first row it only names.
   * @param startedAt unix seconds, where the log says when it began.
   */
  startRun(name: string | null, startedAt?: number): void;
  /** The planned end of the current run, where the log says it; a later one replaces it. */
  budget(budget: Budget): void;
  /** @param at 1-based line, or byte offset in a binary log, at which the record starts. */
  beginRow(at: number): void;
  /** NaN and ±Infinity are allowed here; cleaning drops and counts them. */
  number(column: number, value: number): void;
  text(column: number, value: string): void;
  endRow(): void;
  /** The same for many records at once. */
  numberRows(rows: NumberRows): void;
  /** Repeated codes are counted; the first occurrence is kept. */
  problem(problem: Omit<Problem, 'count'>): void;
}

/** Whether a column is to be read; asked once for each name that a parser meets. */
export type IsWanted = (name: string) => boolean;

/** A push parser: bytes in any split give the same rows. */
export interface Parser {
  /** @param bytes what follows; the caller may overwrite them once the call is over */
  feed(bytes: Uint8Array): void;
  /**
   * Offers the unfinished end (a last line without its line end) as a record when it is one whole. It leaves the parser as
   * it was: the engine takes the offered rows back before the next feed, so that a log which grows is never counted twice.
   */
  finish(): void;
}

interface FormatBase {
  /** An id of the public list, e.g. `jsonl`. */
  readonly id: string;
  readonly title: string;
  /** It is never surer than that: where another format is, it need not be asked. */
  readonly mostConfidence: number;
  sniff(sample: Sample): Recognition | null;
}

/** A log of text: its parser gets UTF-8 without a byte order mark, whatever lies on the disk. */
export interface TextFormat extends FormatBase {
  readonly kind: 'text';
  /** @param isWanted of columns; a parser that can saves the work for all others. Without it all are read. */
  open(sink: RowSink, sample: Sample, isWanted?: IsWanted): Parser;
}

/** A log of bytes, given to its parser as they are. */
export interface BinaryFormat extends FormatBase {
  readonly kind: 'binary';
  open(sink: RowSink, sample: Sample, isWanted?: IsWanted): Parser;
}

export type Format = TextFormat | BinaryFormat;
