import { type Searchable, searchable } from './searchable.ts';
import { encodeUtf8 } from './utf8.ts';

const lineFeed = 10;
const carriageReturn = 13;
const escapeSign = 27;

/** One thing looked for, and where it stands next. */
interface Hunt {
  readonly what: number | Uint8Array;
  next: number;
}

/** Finds the lines that hold one of a few words by searching all bytes for these: most lines of a console hold none. */
export class LineMarks {
  readonly #marks: readonly Uint8Array[];
  /** Signs after which an escape sequence may part a mark. */
  readonly #inside = new Uint8Array(256);

  /** @param words of ASCII */
  constructor(words: readonly string[]) {
    this.#marks = words.map(encodeUtf8);
    for (const mark of this.#marks) for (const byte of mark.subarray(0, -1)) this.#inside[byte] = 1;
  }

  /**
   * Visits the lines of `bytes` that may hold a mark when colours are taken off; a carriage return ends a line too, and every
   * line has its end.
   * @param visit gets each without its end, and how many line feeds stand before it
   * @returns line feeds in all
   */
  each(
    bytes: Uint8Array,
    start: number,
    end: number,
    visit: (from: number, to: number, feeds: number) => void,
  ): number {
    const part = bytes.subarray(start, end);
    const view = searchable(part);
    const hunts = [escapeSign, ...this.#marks].map((what): Hunt => ({ what, next: view.indexOf(what, 0) }));
    const [escapes] = hunts;
    let feeds = 0;
    let at = 0;
    for (;;) {
      const first = soonest(hunts);
      if (first === null) break;
      const hit = first.next;
      if (first === escapes && !this.#mayPart(part, hit)) {
        first.next = view.indexOf(escapeSign, hit + 1);
        continue;
      }
      let from = hit;
      while (from > at && !isEnd(part[from - 1] ?? 0)) from -= 1;
      let to = hit;
      while (to < part.length && !isEnd(part[to] ?? 0)) to += 1;
      feeds += countFeeds(view, at, from);
      visit(start + from, start + to, feeds);
      at = to;
      for (const hunt of hunts) if (hunt.next >= 0 && hunt.next < to) hunt.next = view.indexOf(hunt.what, to);
    }
    return feeds + countFeeds(view, at, part.length);
  }

  #mayPart(part: Uint8Array, at: number): boolean {
    return at > 0 && this.#inside[part[at - 1] ?? 0] === 1;
  }
}

function soonest(hunts: readonly Hunt[]): Hunt | null {
  let first: Hunt | null = null;
  for (const hunt of hunts) if (hunt.next >= 0 && (first === null || hunt.next < first.next)) first = hunt;
  return first;
}

const isEnd = (byte: number): boolean => byte === lineFeed || byte === carriageReturn;

function countFeeds(view: Searchable, from: number, to: number): number {
  let count = 0;
  for (let at = view.indexOf(lineFeed, from); at >= 0 && at < to; at = view.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}
