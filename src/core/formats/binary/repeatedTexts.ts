import { decodeUtf8 } from '../bytes/utf8.ts';

/** A power of two, above the number of names that a log repeats at each step. */
const slots = 1024;

interface Known {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** Decodes texts of which the same few come again and again: a known one costs a comparison of its bytes. */
export class RepeatedTexts {
  readonly #known = new Array<Known | undefined>(slots);

  read(bytes: Uint8Array, from: number, to: number): string {
    let hash = to - from;
    for (let i = from; i < to; i += 1) hash = (Math.imul(hash, 31) + (bytes[i] ?? 0)) | 0;
    const slot = (hash ^ (hash >>> 15)) & (slots - 1);
    const known = this.#known[slot];
    if (known !== undefined && isAt(known.bytes, bytes, from, to)) return known.text;
    const text = decodeUtf8(bytes, from, to);
    this.#known[slot] = { bytes: bytes.slice(from, to), text };
    return text;
  }
}

function isAt(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let i = 0; i < known.length; i += 1) if (known[i] !== bytes[from + i]) return false;
  return true;
}
