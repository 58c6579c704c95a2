import type { Problem } from '../problem.ts';

/** What a format may look at to recognise a log: never the whole file. Text is decoded (BOM and UTF-16 handled). */
export interface Sample {
  /** File name without folders; it only breaks ties. */
  readonly fileName: string;
  readonly size: number;
  /** The first block, at most 256 kB, as text. */
  readonly head: string;
  /** The last block, at most 64 kB, as text; empty when the head has everything. */
  readonly tail: string;
}

export interface Recognition {
  /** 0 to 1; the table takes the surest. */
  readonly confidence: number;
  /** Why, in plain words. */
  readonly because: string;
}

/**
 * Where a parser puts what it reads: one row a record. Column memory is typed arrays; nothing else is kept for a row.
 * Cells not set in a row are missing. A name is any string (`__proto__` included).
 */
export interface RowSink {
  /** Handle for a column; the same name gives the same handle. Throws a Refusal over a stated number of columns. */
  column(name: string): number;
  /** @param line 1-based line on which the record starts. */
  beginRow(line: number): void;
  /** NaN and ±Infinity are allowed here; cleaning drops and counts them. */
  number(column: number, value: number): void;
  text(column: number, value: string): void;
  endRow(): void;
  /** Repeated codes are capped and counted by the sink. */
  problem(problem: Omit<Problem, 'count'>): void;
}

/** A push parser: bytes in any split give the same rows. */
export interface Parser {
  /** @param text decoded text, split anywhere. */
  feed(text: string): void;
  /**
   * Offers the unfinished last line as a record when it is one whole; the engine takes it back (by cutting the table)
   * before the next feed, so that a log which grows is never counted twice.
   */
  finish(): void;
}

export interface Format {
  /** An id of the public list, e.g. `jsonl`. */
  readonly id: string;
  readonly title: string;
  sniff(sample: Sample): Recognition | null;
  open(sink: RowSink): Parser;
}
