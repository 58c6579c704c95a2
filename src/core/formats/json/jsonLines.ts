import type { RowSink } from '../format.ts';
import type { TextParser } from '../text/decodedText.ts';
import type { RecordEnd } from './jsonRecordReader.ts';

/** A longer line is not kept in memory; logs have at most some megabytes of sampled text in one. */
const longestLine = 64 * 1024 * 1024;

/** What reads one object, and what it learned of the log by doing so. */
export interface ObjectReader {
  /** Behind the last character read. */
  readonly at: number;
  /** Reads the object whose `{` stands at `start`. */
  read(text: string, start: number, end: number): RecordEnd;
  /** What was taken so far stays. */
  keepColumns(): void;
  /** What was taken since `keepColumns` is taken back. */
  forgetColumns(): void;
}

/** What a format makes of the record that the reader has just read; it begins and ends the row itself. */
export type TakeRecord<Reader extends ObjectReader> = (reader: Reader, line: number) => void;

/**
 * A push parser for text with one JSON object a line. The object may stand behind a prefix, several may share a line, and a
 * record torn by a second writer is left out without the record that follows it in the same line.
 */
export class JsonLines<Reader extends ObjectReader> implements TextParser {
  readonly #reader: Reader;
  readonly #sink: Pick<RowSink, 'problem'>;
  readonly #take: TakeRecord<Reader>;
  #rest = '';
  #line = 0;
  #isTooLong = false;

  constructor(reader: Reader, sink: Pick<RowSink, 'problem'>, take: TakeRecord<Reader>) {
    this.#reader = reader;
    this.#sink = sink;
    this.#take = take;
  }

  feed(text: string): void {
    let end = text.indexOf('\n');
    if (end < 0) {
      this.#keep(text);
      return;
    }
    const buffer = this.#rest + text;
    end += this.#rest.length;
    let start = 0;
    while (end >= 0) {
      this.#line += 1;
      if (this.#isTooLong) this.#isTooLong = false;
      else this.#readLine(buffer, start, end, true);
      start = end + 1;
      end = buffer.indexOf('\n', start);
    }
    this.#reader.keepColumns();
    this.#rest = '';
    this.#keep(buffer.slice(start));
  }

  finish(): void {
    this.#line += 1;
    if (!this.#isTooLong) this.#readLine(this.#rest, 0, this.#rest.length, false);
    this.#line -= 1;
    this.#reader.forgetColumns();
  }

  #keep(text: string): void {
    if (this.#isTooLong) return;
    // Joining does not copy: the engine keeps a tree of parts until the line is read.
    this.#rest += text;
    if (this.#rest.length <= longestLine) return;
    this.#isTooLong = true;
    this.#rest = '';
    this.#sink.problem({
      code: 'too-long-line',
      message: `Line ${this.#line + 1} is longer than 64 MB; it was passed over.`,
      line: this.#line + 1,
    });
  }

  #readLine(text: string, start: number, end: number, isWholeLine: boolean): void {
    let at = this.#findObject(text, start, end);
    if (at < 0) {
      this.#notePlainLine(text, start, end);
      return;
    }
    while (at >= 0 && at < end) {
      const state = this.#reader.read(text, at, end);
      if (state === 'whole') {
        this.#take(this.#reader, this.#line);
        at = text.indexOf('{', this.#reader.at);
        if (at >= end) return;
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
      at = this.#findSecondWriter(text, at, end);
    }
  }

  /** Where the record starts again that another writer put into the middle of this one. */
  #findSecondWriter(text: string, start: number, end: number): number {
    const keyEnd = text.indexOf('"', text.indexOf('"', start) + 1);
    if (keyEnd < 0 || keyEnd >= end) return -1;
    const next = text.indexOf(text.slice(start, keyEnd + 1), start + 1);
    return next < end ? next : -1;
  }

  /** The first bracket that a quoted key follows. */
  #findObject(text: string, start: number, end: number): number {
    let at = start;
    for (;;) {
      at = text.charCodeAt(at) === 123 ? at : text.indexOf('{', at);
      if (at < 0 || at >= end) return -1;
      let next = at + 1;
      while (next < end && text.charCodeAt(next) <= 32) next += 1;
      if (text.charCodeAt(next) === 34 && next < end) return at;
      at += 1;
    }
  }

  #notePlainLine(text: string, start: number, end: number): void {
    for (let at = start; at < end; at += 1) {
      if (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xfeff) continue;
      this.#sink.problem({
        code: 'no-record',
        message: `Line ${this.#line} holds no JSON object; it was passed over.`,
        line: this.#line,
      });
      return;
    }
  }
}
