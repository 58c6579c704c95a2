/** A line beyond this length is skipped: no log record is as long, and the memory of an endless line must be bounded. */
export const longestLine = 16 * 2 ** 20;

const lineFeed = 10;
const carriageReturn = 13;

export interface Line {
  readonly text: string;
  /** 1-based; counts line feeds only, so that it is the number an editor shows. */
  readonly number: number;
}

/**
 * Cuts text that comes in any split into lines. A carriage return ends a line too (a progress bar redraws itself with it),
 * but does not count; CR and LF together end one line.
 */
export class LineSplitter {
  readonly #onLine: (text: string, number: number) => void;
  readonly #onTooLong: (number: number) => void;
  /** The unfinished line in the pieces it came in: joining them once keeps a line fed by the byte linear. */
  #pieces: string[] = [];
  #length = 0;
  #number = 1;
  #afterReturn = false;
  #isTooLong = false;

  constructor(onLine: (text: string, number: number) => void, onTooLong: (number: number) => void) {
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
  }

  feed(text: string): void {
    let start = 0;
    let nextFeed = text.indexOf('\n');
    let nextReturn = text.indexOf('\r');
    while (nextFeed >= 0 || nextReturn >= 0) {
      const end = nextReturn < 0 || (nextFeed >= 0 && nextFeed < nextReturn) ? nextFeed : nextReturn;
      const code = text.charCodeAt(end);
      this.#add(text, start, end);
      if (code === lineFeed) {
        if (!this.#afterReturn || this.#length > 0) this.#emit();
        this.#number += 1;
        nextFeed = text.indexOf('\n', end + 1);
      } else {
        this.#emit();
        nextReturn = text.indexOf('\r', end + 1);
      }
      this.#afterReturn = code === carriageReturn;
      start = end + 1;
    }
    this.#add(text, start, text.length);
  }

  /** The line that has no end yet; null where there is none or it is too long. */
  pending(): Line | null {
    return this.#length === 0 || this.#isTooLong ? null : { text: this.#pieces.join(''), number: this.#number };
  }

  #add(text: string, start: number, end: number): void {
    if (end === start) return;
    this.#length += end - start;
    if (this.#isTooLong) return;
    if (this.#length > longestLine) {
      this.#isTooLong = true;
      this.#pieces = [];
      this.#onTooLong(this.#number);
      return;
    }
    this.#pieces.push(start === 0 && end === text.length ? text : text.slice(start, end));
  }

  #emit(): void {
    if (!this.#isTooLong)
      this.#onLine(this.#pieces.length === 1 ? (this.#pieces[0] ?? '') : this.#pieces.join(''), this.#number);
    this.#pieces = [];
    this.#length = 0;
    this.#isTooLong = false;
  }
}
