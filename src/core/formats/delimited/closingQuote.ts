const quoteSign = 34;

/** The quote that closes a quoted cell of which `start` is the first place; -1 where it is not there yet. */
export function closingQuote(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at += 1) {
    if (bytes[at] !== quoteSign) continue;
    if (bytes[at + 1] !== quoteSign) return at;
    at += 1;
  }
  return -1;
}
