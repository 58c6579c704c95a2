const lineFeed = 10;
const carriageReturn = 13;
const quoteSign = 34;

/** The rest of a row in which cells are quoted. */
export interface QuotedTail {
  /** Place of what ends the row. */
  end: number;
  delimiters: number;
  /** Line feeds in quotes. */
  lines: number;
}

/**
 * Goes over the cells of a row from the start of one on, with quotes as they should be: at the start of a cell and at its end.
 * @returns whether it could; then `into` says where the row ends
 */
export function passQuotedTail(
  bytes: Uint8Array,
  start: number,
  delimiter: number,
  longest: number,
  into: QuotedTail,
): boolean {
  const end = bytes.length;
  let at = start;
  into.delimiters = 0;
  into.lines = 0;
  for (;;) {
    if (bytes[at] === quoteSign) {
      const cellAt = at + 1;
      at = closingQuote(bytes, cellAt, into) + 1;
      if (at === 0 || at - cellAt > longest) return false;
    } else while (at < end && !endsOrQuotes(bytes[at] ?? 0, delimiter)) at += 1;
    if (at >= end) return false;
    const code = bytes[at];
    if (code === lineFeed || code === carriageReturn) {
      into.end = at;
      return true;
    }
    if (code !== delimiter) return false;
    into.delimiters += 1;
    at += 1;
  }
}

const endsOrQuotes = (code: number, delimiter: number): boolean =>
  code === delimiter || code === lineFeed || code === carriageReturn || code === quoteSign;

/** -1 where it is not there yet. */
function closingQuote(bytes: Uint8Array, start: number, into: QuotedTail): number {
  for (let at = start; at < bytes.length; at += 1) {
    const code = bytes[at];
    if (code === lineFeed) into.lines += 1;
    else if (code === quoteSign) {
      if (bytes[at + 1] !== quoteSign) return at;
      at += 1;
    }
  }
  return -1;
}
