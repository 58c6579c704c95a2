const tabulator = 9;
const carriageReturn = 13;
const space = 32;

/** Length of the blank that stands at a place (a no-break space and a byte order mark are blanks too); 0 for none. */
export function blankAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === space || byte === tabulator || byte === carriageReturn) return 1;
  if (byte === 0xc2 && bytes[at + 1] === 0xa0) return 2;
  return byte === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? 3 : 0;
}

export function pastBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const length = blankAt(bytes, at);
    if (length === 0) break;
    at += length;
  }
  return Math.min(at, end);
}

export function beforeBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  const last = bytes[end - 1] ?? 0;
  if (last > space && last < 0x80) return end;
  while (at > start) {
    const length = [1, 2, 3].find((back) => at - back >= start && blankAt(bytes, at - back) === back);
    if (length === undefined) break;
    at -= length;
  }
  return at;
}
