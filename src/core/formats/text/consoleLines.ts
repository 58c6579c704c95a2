import { LineBlocks, type LineVisitor } from '../bytes/lineBlocks.ts';
import { LineMarks } from '../bytes/lineMarks.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';

/** A line beyond this length is skipped: no log record is as long, and the memory of an endless line must be bounded. */
export const longestLine = 16 * 2 ** 20;

const lineFeed = 10;

export interface Line {
  readonly text: string;
  /** 1-based; counts line feeds only, so that it is the number an editor shows. */
  readonly number: number;
}

/**
 * Cuts bytes that come in any split into lines of text. A carriage return ends a line too (a progress bar redraws itself with
 * it), but does not count; CR and LF together end one line.
 */
export class ConsoleLines implements LineVisitor {
  readonly #onLine: (text: string, number: number) => void;
  readonly #onTooLong: (number: number) => void;
  readonly #blocks = new LineBlocks(longestLine, this, true);
  readonly #marks: LineMarks | null;
  #number = 1;
  #afterReturn = false;

  /** @param marks words of which each line that matters holds one: no other is decoded. Empty: all lines matter. */
  constructor(
    marks: readonly string[],
    onLine: (text: string, number: number) => void,
    onTooLong: (number: number) => void,
  ) {
    this.#marks = marks.length === 0 ? null : new LineMarks(marks);
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
  }

  feed(bytes: Uint8Array): void {
    this.#blocks.feed(bytes);
  }

  /** The line that has no end yet; null where there is none or it is too long. */
  pending(): Line | null {
    const rest = this.#blocks.pending();
    return rest.length === 0 ? null : { text: decodeUtf8(rest, 0, rest.length), number: this.#number };
  }

  lines(bytes: Uint8Array, start: number, end: number): void {
    if (this.#marks === null) this.#allLines(decodeUtf8(bytes, start, end));
    else {
      this.#number += this.#marks.each(bytes, start, end, (from, to, feeds) => {
        this.#onLine(decodeUtf8(bytes, from, to), this.#number + feeds);
      });
    }
  }

  tooLong(): void {
    this.#onTooLong(this.#number);
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
      if (isReturn || !this.#afterReturn || end > start) this.#onLine(text.slice(start, end), this.#number);
      if (isReturn) nextReturn = text.indexOf('\r', end + 1);
      else {
        this.#number += 1;
        nextFeed = text.indexOf('\n', end + 1);
      }
      this.#afterReturn = isReturn;
      start = end + 1;
    }
  }
}
