import { LineBlocks, type LineVisitor } from '../bytes/lineBlocks.ts';
import type { LineMarks } from '../bytes/lineMarks.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { RecentLines } from './recentLines.ts';
import { stripAnsi } from './stripAnsi.ts';

/** A line beyond this length is skipped: no log record is as long, and the memory of an endless line must be bounded. */
export const longestLine = 16 * 2 ** 20;

const lineFeed = 10;

export interface LineReader {
  /** @param number 1-based; counts line feeds only, so that it is the number an editor shows. */
  text(text: string, number: number): void;
  /** The same by its bytes, asked first where marks tell which lines matter. @returns false where it is to be given as text */
  bytes(bytes: Uint8Array, from: number, to: number, number: number): boolean;
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
    if (this.#marks === null) this.#allLines(decodeUtf8(bytes, start, end));
    else {
      this.#number += this.#marks.each(bytes, start, end, (from, to, feeds, mayMatter) => {
        this.#recent.note(from, to);
        if (!mayMatter || this.#reader.bytes(bytes, from, to, this.#number + feeds)) return;
        this.#reader.text(stripAnsi(decodeUtf8(bytes, from, to)), this.#number + feeds);
      });
      this.#recent.keep(bytes);
    }
  }

  tooLong(): void {
    this.#reader.tooLong(this.#number);
  }

  endOfTooLong(end: number): void {
    this.#afterReturn = end !== lineFeed;
    if (end === lineFeed) this.#number += 1;
  }

  #allLines(text: string): void {
    let start = 0;
    let nextFeed = text.indexOf('\n');
    let nextReturn = text.indexOf('\r');
    while (nextFeed >= 0 || nextReturn >= 0) {
      const isReturn = nextReturn >= 0 && (nextFeed < 0 || nextReturn < nextFeed);
      const end = isReturn ? nextReturn : nextFeed;
      if (isReturn || !this.#afterReturn || end > start) this.#give(text.slice(start, end));
      if (isReturn) nextReturn = text.indexOf('\r', end + 1);
      else {
        this.#number += 1;
        nextFeed = text.indexOf('\n', end + 1);
      }
      this.#afterReturn = isReturn;
      start = end + 1;
    }
  }

  #give(text: string): void {
    const line = stripAnsi(text);
    this.#recent.add(line);
    this.#reader.text(line, this.#number);
  }
}
