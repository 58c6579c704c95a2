import { encodeUtf8 } from './utf8.ts';

const lineFeed = 10;
const carriageReturn = 13;
const escapeSign = 27;

/** What a byte may be the sign of. */
const kinds = { nothing: 0, end: 1, escape: 2, mark: 3 } as const;

/** Signs of words in logs from the rarest to the most frequent; any other is rarer. */
const byFrequency = '\'"QXZJqzjx[](){}|_/KVWkvybgwUYBFHGPMDOLRNCfhpucdlAISTE:mnrsoai-.,t=e10 ';

interface Mark {
  readonly bytes: Uint8Array;
  /** Place of its rarest sign, which is looked for. */
  readonly pivot: number;
}

/** Finds the lines that hold one of a few words, in one pass over the bytes: most lines of a console hold none. */
export class LineMarks {
  readonly #marks: readonly Mark[];
  readonly #kinds = new Uint8Array(256);
  /** Signs after which an escape sequence may part a mark. */
  readonly #inside = new Uint8Array(256);

  /** @param words of ASCII */
  constructor(words: readonly string[]) {
    this.#kinds[lineFeed] = kinds.end;
    this.#kinds[carriageReturn] = kinds.end;
    this.#kinds[escapeSign] = kinds.escape;
    this.#marks = words.map((word) => {
      const bytes = encodeUtf8(word);
      const frequencies = [...word].map((sign) => byFrequency.indexOf(sign));
      const pivot = frequencies.indexOf(Math.min(...frequencies));
      this.#kinds[bytes[pivot] ?? 0] = kinds.mark;
      for (const byte of bytes.subarray(0, -1)) this.#inside[byte] = 1;
      return { bytes, pivot };
    });
  }

  /**
   * Visits the lines of `bytes` that may hold a mark when colours are taken off; a carriage return ends a line too, and every
   * line has its end.
   * @param visit gets each without its end, and the line feeds before it
   * @returns line feeds in all
   */
  each(
    bytes: Uint8Array,
    start: number,
    end: number,
    visit: (from: number, to: number, feeds: number) => void,
  ): number {
    const kindOf = this.#kinds;
    let feeds = 0;
    let from = start;
    for (let at = start; at < end; at += 1) {
      const kind = kindOf[bytes[at] ?? 0];
      if (kind === kinds.nothing) continue;
      if (kind === kinds.end) {
        if (bytes[at] === lineFeed) feeds += 1;
        from = at + 1;
        continue;
      }
      const isMarked =
        kind === kinds.mark ? this.#isMark(bytes, at, from, end) : at > from && this.#inside[bytes[at - 1] ?? 0] === 1;
      if (!isMarked) continue;
      while (at < end && kindOf[bytes[at] ?? 0] !== kinds.end) at += 1;
      visit(from, at, feeds);
      if (bytes[at] === lineFeed) feeds += 1;
      from = at + 1;
    }
    return feeds;
  }

  /** A mark whose pivot stands at `at`. */
  #isMark(bytes: Uint8Array, at: number, from: number, end: number): boolean {
    for (const { bytes: mark, pivot } of this.#marks) {
      const start = at - pivot;
      if (start < from || start + mark.length > end) continue;
      let same = 0;
      while (same < mark.length && bytes[start + same] === mark[same]) same += 1;
      if (same === mark.length) return true;
    }
    return false;
  }
}
