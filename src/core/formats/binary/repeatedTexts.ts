import { decodeUtf8 } from '../bytes/utf8.ts';

/** A power of two, above the number of names that a log repeats at each step. */
const slots = 1024;

interface Known<T> {
  readonly bytes: Uint8Array;
  readonly value: T;
}

/** What is known of texts of which the same few come again and again: finding it costs a comparison of their bytes. */
export class RepeatedTexts<T> {
  readonly #known = new Array<Known<T> | undefined>(slots);
  readonly #make: (text: string) => T;

  /** @param make asked once for a text, and now and again for the same one */
  constructor(make: (text: string) => T) {
    this.#make = make;
  }

  read(bytes: Uint8Array, from: number, to: number): T {
    let hash = to - from;
    for (let i = from; i < to; i += 1) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 15)) & (slots - 1);
    const known = this.#known[slot];
    if (known !== undefined && isAt(known.bytes, bytes, from, to)) return known.value;
    const value = this.#make(decodeUtf8(bytes, from, to));
    this.#known[slot] = { bytes: bytes.slice(from, to), value };
    return value;
  }
}

function isAt(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let i = 0; i < known.length; i += 1) if (known[i] !== bytes[from + i]) return false;
  return true;
}
