import { decodeUtf8 } from '../bytes/utf8.ts';
import type { Parser } from '../format.ts';

/** A push parser of text in any split, with the same promises as one of bytes. */
export interface TextParser {
  feed(text: string): void;
  finish(): void;
}

/** Feeds a parser of text from bytes: for formats whose logs are small. What is no UTF-8 becomes replacement signs. */
export function decodedText(parser: TextParser): Parser {
  /** A character whose last bytes are not there yet; at most three bytes. */
  let rest = new Uint8Array(0);
  return {
    feed(bytes) {
      const all = rest.length === 0 ? bytes : joined(rest, bytes);
      const end = wholeCharacters(all);
      rest = all.slice(end);
      if (end > 0) parser.feed(decodeUtf8(all, 0, end));
    },
    finish: () => parser.finish(),
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Length without a character that is cut at the end. */
function wholeCharacters(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back += 1) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < needed ? length - back : length;
  }
  return length;
}
