import { LineBlocks, type LineVisitor } from '../bytes/lineBlocks.ts';
import { searchable } from '../bytes/searchable.ts';
import type { Parser, RowSink } from '../format.ts';
import type { RecordEnd } from './jsonRecordReader.ts';

/** A longer line is not kept in memory; logs have at most some megabytes of sampled text in one. */
const longestLine = 64 * 1024 * 1024;

const lineFeed = 10;
const carriageReturn = 13;
const quoteSign = 34;
const openBrace = 123;
/** A byte order mark in the middle: two files with one each were joined. */
const byteOrderMark: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

/** What reads one object, and what it learned of the log by doing so. */
export interface ObjectReader {
  /** Behind the last byte read. */
  readonly at: number;
  /** Whole lines that are read next, before the bytes change. */
  begin?(bytes: Uint8Array, start: number, end: number): void;
  /** Reads lines from `start` on that need nobody's look, and hands them on itself. @returns how many; `at` is behind them */
  readRows?(bytes: Uint8Array, start: number, line: number): number;
  /** Reads the object whose `{` stands at `start`; it ends with its line, also where the bytes go on. */
  read(bytes: Uint8Array, start: number, end: number): RecordEnd;
  /** What was taken so far stays. */
  keepColumns(): void;
  /** What was taken since `keepColumns` is taken back. */
  forgetColumns(): void;
}

/** What a format makes of the record that the reader has just read; it begins and ends the row itself. */
export type TakeRecord<Reader extends ObjectReader> = (reader: Reader, line: number) => void;

/** Records torn in one line after which the rest of it is passed over: writers are few, and a forged line has thousands. */
const mostTorn = 32;

/**
 * A push parser for text with one JSON object a line. The object may stand behind a prefix, several may share a line, and a
 * record torn by a second writer is left out without the record that follows it in the same line.
 */
export class JsonLines<Reader extends ObjectReader> implements Parser, LineVisitor {
  readonly #reader: Reader;
  readonly #sink: Pick<RowSink, 'problem'>;
  readonly #take: TakeRecord<Reader>;
  readonly #blocks = new LineBlocks(longestLine, this);
  #line = 0;

  constructor(reader: Reader, sink: Pick<RowSink, 'problem'>, take: TakeRecord<Reader>) {
    this.#reader = reader;
    this.#sink = sink;
    this.#take = take;
  }

  feed(bytes: Uint8Array): void {
    this.#blocks.feed(bytes);
    this.#reader.keepColumns();
  }

  finish(): void {
    const rest = this.#blocks.pending();
    this.#line += 1;
    this.#readLine(rest, 0, rest.length, false);
    this.#line -= 1;
    this.#reader.forgetColumns();
  }

  lines(bytes: Uint8Array, start: number, end: number): void {
    this.#reader.begin?.(bytes, start, end);
    let at = start;
    while (at < end) {
      const rows = this.#reader.readRows?.(bytes, at, this.#line + 1) ?? 0;
      if (rows > 0) at = this.#reader.at;
      this.#line += rows;
      if (at >= end) break;
      this.#line += 1;
      at = this.#readLine(bytes, at, end, true);
    }
  }

  tooLong(): void {
    this.#sink.problem({
      code: 'too-long-line',
      message: `Line ${this.#line + 1} is longer than 64 MB; it was passed over.`,
      line: this.#line + 1,
    });
  }

  endOfTooLong(): void {
    this.#line += 1;
  }

  /** @returns the start of the next line */
  #readLine(bytes: Uint8Array, start: number, end: number, isWholeLine: boolean): number {
    // What most lines are: one record from their first byte to their last.
    if (bytes[start] === openBrace && bytes[start + 1] === quoteSign) {
      if (this.#reader.read(bytes, start, end) === 'whole') {
        this.#take(this.#reader, this.#line);
        const { at } = this.#reader;
        if (bytes[at] === lineFeed) return at + 1;
        if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) return at + 2;
        const lineEnd = this.#endOfLine(bytes, at, end);
        this.#readRecords(bytes, this.#nextBrace(bytes, at, lineEnd), lineEnd, isWholeLine);
        return lineEnd + 1;
      }
    }
    const lineEnd = this.#endOfLine(bytes, start, end);
    const at = this.#findObject(bytes, start, lineEnd);
    if (at < 0) this.#notePlainLine(bytes, start, lineEnd);
    else this.#readRecords(bytes, at, lineEnd, isWholeLine);
    return lineEnd + 1;
  }

  #endOfLine(bytes: Uint8Array, start: number, end: number): number {
    const found = bytes.indexOf(lineFeed, start);
    return found < 0 || found > end ? end : found;
  }

  #readRecords(bytes: Uint8Array, start: number, end: number, isWholeLine: boolean): void {
    let at = start;
    let torn = 0;
    while (at >= 0 && at < end) {
      const state = this.#reader.read(bytes, at, end);
      if (state === 'whole') {
        this.#take(this.#reader, this.#line);
        at = this.#nextBrace(bytes, this.#reader.at, end);
        continue;
      }
      if (state === 'torn' && !isWholeLine) return;
      this.#sink.problem({
        code: 'torn-record',
        message: `Line ${this.#line} holds a record that ${
          state === 'torn' ? 'ends in the middle' : 'is not JSON'
        }; it was left out, what is around it was read.`,
        line: this.#line,
      });
      torn += 1;
      if (torn >= mostTorn) return;
      at = this.#findSecondWriter(bytes, at, end);
    }
  }

  #nextBrace(bytes: Uint8Array, start: number, end: number): number {
    for (let at = start; at < end; at += 1) if (bytes[at] === openBrace) return at;
    return -1;
  }

  /** Where the record starts again that another writer put into the middle of this one. */
  #findSecondWriter(bytes: Uint8Array, start: number, end: number): number {
    const key = bytes.indexOf(quoteSign, start);
    const keyEnd = key < 0 ? -1 : bytes.indexOf(quoteSign, key + 1);
    if (keyEnd < 0 || keyEnd >= end) return -1;
    const found = searchable(bytes).indexOf(bytes.subarray(start, keyEnd + 1), start + 1);
    return found < end ? found : -1;
  }

  /** The first bracket that a quoted key follows. */
  #findObject(bytes: Uint8Array, start: number, end: number): number {
    for (let at = this.#nextBrace(bytes, start, end); at >= 0; at = this.#nextBrace(bytes, at + 1, end)) {
      let next = at + 1;
      while (next < end && (bytes[next] ?? 0) <= 32) next += 1;
      if (bytes[next] === quoteSign && next < end) return at;
    }
    return -1;
  }

  #notePlainLine(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte <= 32 || byteOrderMark.has(byte)) continue;
      this.#sink.problem({
        code: 'no-record',
        message: `Line ${this.#line} holds no JSON object; it was passed over.`,
        line: this.#line,
      });
      return;
    }
  }
}
