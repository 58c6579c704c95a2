const escapeSign = 27;
const percent = 37;
const upright = 124;
const point = 46;
const blank = 32;
const zero = 48;

/** Longer lines are read as text. */
const longest = 8192;

/** Looks over the bytes of a line: colours are taken off, the drawing of a bar too, and what is left has a hash. */
export class LineScan {
  /** The line that was read last stands in `bytes` from `from` to `to`. */
  bytes: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;
  /** The same for lines that differ in digits only, however many stand behind a point. */
  hash = 0;
  readonly #scratch = new Uint8Array(longest);

  /** @returns false where the line is to be read as text */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from > longest) return false;
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    return this.#hash(true) || (this.#copyPlain() && this.#hash(false));
  }

  /** @returns false at a colour or a bar, where these are yet to be taken off */
  #hash(mayNeedCopy: boolean): boolean {
    const { bytes, from, to } = this;
    let hash = 0;
    let before = 0;
    let isFraction = false;
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (isDigit(byte)) {
        if (isFraction) continue;
        isFraction = before === point;
        hash = (Math.imul(hash, 31) + zero) | 0;
      } else {
        if (mayNeedCopy && (byte === escapeSign || (byte === upright && before === percent))) return false;
        isFraction = false;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
      before = byte;
    }
    this.hash = hash;
    return true;
  }

  /** Copies the line without its colours, and its first bar without what it is drawn with. */
  #copyPlain(): boolean {
    const { bytes, to } = this;
    const scratch = this.#scratch;
    let length = 0;
    let bar = -1;
    for (let at = this.from; at < to; ) {
      const byte = bytes[at] ?? 0;
      if (byte === escapeSign) {
        at = endOfColour(bytes, at, to);
        if (at < 0) return false;
        continue;
      }
      scratch[length] = byte;
      length += 1;
      at += 1;
      if (bar < 0 && byte === upright && isBarAt(scratch, length - 2)) bar = length;
    }
    this.bytes = scratch;
    this.from = 0;
    this.to = bar < 0 ? length : this.#withoutBar(bar, length);
    return true;
  }

  /** @param start behind the bar's first upright. @returns the length that is left */
  #withoutBar(start: number, length: number): number {
    const scratch = this.#scratch;
    const end = endOfDrawing(scratch, start, length);
    if (end < 0) return this.#nextBar(start, length);
    scratch.copyWithin(start, end, length);
    return length - (end - start);
  }

  /** What looked like a bar is none; the next one may be. */
  #nextBar(from: number, length: number): number {
    const scratch = this.#scratch;
    for (let at = from; at < length; at += 1)
      if (scratch[at] === upright && isBarAt(scratch, at - 1)) return this.#withoutBar(at + 1, length);
    return length;
  }
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** `0%`, before the upright of a bar. */
const isBarAt = (bytes: Uint8Array, at: number): boolean =>
  at > 0 && bytes[at] === percent && isDigit(bytes[at - 1] ?? 0);

/** Where the bar's second upright stands, with a count behind it; -1 where it is no bar. */
function endOfDrawing(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === blank || byte === 35 || isDigit(byte)) at += 1;
    else if (isBlock(bytes, at)) at += 3;
    else break;
  }
  if (at >= end || bytes[at] !== upright) return -1;
  let behind = at + 1;
  while (behind < end && bytes[behind] === blank) behind += 1;
  const count = behind;
  while (behind < end && isDigit(bytes[behind] ?? 0)) behind += 1;
  return behind > count && behind + 1 < end && bytes[behind] === 47 && isDigit(bytes[behind + 1] ?? 0) ? at : -1;
}

/** `█` to `▏` in UTF-8. */
function isBlock(bytes: Uint8Array, at: number): boolean {
  const last = bytes[at + 2] ?? 0;
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x96 && last >= 0x88 && last <= 0x8f;
}

/** Behind a colour or a move of the cursor; -1 where the escape sign begins anything else. */
function endOfColour(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  if (bytes[at] !== 91) return -1;
  at += 1;
  while (at < end && isParameter(bytes[at] ?? 0)) at += 1;
  while (at < end && (bytes[at] ?? 0) >= 32 && (bytes[at] ?? 0) <= 47) at += 1;
  return at < end && (bytes[at] ?? 0) >= 64 && (bytes[at] ?? 0) <= 126 ? at + 1 : -1;
}

const isParameter = (byte: number): boolean => isDigit(byte) || byte === 58 || byte === 59 || byte === 63;
