import { LineBlocks, type LineVisitor } from '../bytes/lineBlocks.ts';
import type { LineMarks } from '../bytes/lineMarks.ts';
import { type Searchable, searchable } from '../bytes/searchable.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { RecentLines } from './recentLines.ts';
import { stripAnsi } from './stripAnsi.ts';

/** A line beyond this length is skipped: no log record is as long, and the memory of an endless line must be bounded. */
export const longestLine = 16 * 2 ** 20;

const lineFeed = 10;
const carriageReturn = 13;

export interface LineReader {
  /** @param number 1-based; counts line feeds only, so that it is the number an editor shows. */
  text(text: string, number: number): void;
  /** The same by its bytes, asked first; without it all lines are given as text. @returns false where this one is to be */
  bytes: ((bytes: Uint8Array, from: number, to: number, number: number) => boolean) | null;
  tooLong(number: number): void;
}

export interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * Cuts bytes that come in any split into lines of text, colours taken off. A carriage return ends a line too (a progress bar redraws itself with
 * it), but does not count; CR and LF together end one line.
 */
export class ConsoleLines implements LineVisitor {
  readonly #reader: LineReader;
  readonly #blocks = new LineBlocks(longestLine, this, true);
  readonly #marks: LineMarks | null;
  readonly #recent = new RecentLines();
  #number = 1;
  #afterReturn = false;

  /** @param marks words of which each line that matters holds one: no other is decoded. null: all lines matter. */
  constructor(marks: LineMarks | null, reader: LineReader) {
    this.#marks = marks;
    this.#reader = reader;
  }

  feed(bytes: Uint8Array): void {
    this.#blocks.feed(bytes);
  }

  /** The line that has no end yet; null where there is none or it is too long. */
  pending(): Line | null {
    const rest = this.#blocks.pending();
    return rest.length === 0 ? null : { text: stripAnsi(decodeUtf8(rest, 0, rest.length)), number: this.#number };
  }

  /** The last lines that may have mattered, colours taken off. */
  recent(): readonly string[] {
    return this.#recent.texts();
  }

  lines(bytes: Uint8Array, start: number, end: number): void {
    const marks = this.#marks;
    if (marks !== null) {
      this.#number += marks.each(bytes, start, end, (from, to, feeds, mayMatter) => {
        this.#recent.note(from, to);
        if (mayMatter) this.#giveBytes(bytes, from, to, this.#number + feeds);
      });
    } else if (this.#reader.bytes === null) {
      this.#allLines(decodeUtf8(bytes, start, end), (text, from, to) => {
        const line = stripAnsi(text.slice(from, to));
        this.#recent.add(line);
        this.#reader.text(line, this.#number);
      });
    } else {
      this.#allLines(new BytesToCut(bytes.subarray(start, end)), (_, from, to) => {
        this.#recent.note(start + from, start + to);
        this.#giveBytes(bytes, start + from, start + to, this.#number);
      });
    }
    this.#recent.keep(bytes);
  }

  tooLong(): void {
    this.#reader.tooLong(this.#number);
  }

  endOfTooLong(end: number): void {
    this.#afterReturn = end !== lineFeed;
    if (end === lineFeed) this.#number += 1;
  }

  /** Cuts what may be text or bytes. */
  #allLines<T extends Cut>(whole: T, give: (whole: T, from: number, to: number) => void): void {
    let start = 0;
    let nextFeed = whole.indexOf('\n', 0);
    let nextReturn = whole.indexOf('\r', 0);
    while (nextFeed >= 0 || nextReturn >= 0) {
      const isReturn = nextReturn >= 0 && (nextFeed < 0 || nextReturn < nextFeed);
      const end = isReturn ? nextReturn : nextFeed;
      if (isReturn || !this.#afterReturn || end > start) give(whole, start, end);
      if (isReturn) nextReturn = whole.indexOf('\r', end + 1);
      else {
        this.#number += 1;
        nextFeed = whole.indexOf('\n', end + 1);
      }
      this.#afterReturn = isReturn;
      start = end + 1;
    }
  }

  #giveBytes(bytes: Uint8Array, from: number, to: number, number: number): void {
    if (this.#reader.bytes?.(bytes, from, to, number) === true) return;
    this.#reader.text(stripAnsi(decodeUtf8(bytes, from, to)), number);
  }
}

/** Where the ends of lines are looked for. */
interface Cut {
  indexOf(sign: '\n' | '\r', from: number): number;
}

class BytesToCut implements Cut {
  readonly #view: Searchable;

  constructor(bytes: Uint8Array) {
    this.#view = searchable(bytes);
  }

  indexOf(sign: '\n' | '\r', from: number): number {
    return this.#view.indexOf(sign === '\n' ? lineFeed : carriageReturn, from);
  }
}
