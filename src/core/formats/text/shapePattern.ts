import { encodeUtf8 } from '../bytes/utf8.ts';

/** A number in a text. */
export interface NumberPlace {
  readonly at: number;
  readonly found: string;
}

/** More numbers in a line are data. */
export const mostNumbers = 256;
const digit = '\u0001';
const digits = '\u0002';
// biome-ignore lint/suspicious/noControlCharactersInRegex: the signs that stand for digits, and none
const taken = /[\u0000-\u0002]/;

/** The bytes of a line with any digits in its numbers, of which as many stand before the point as stood there first. */
export class ShapePattern {
  readonly #bytes: Uint8Array;
  /** Where in these its numbers stand, start and end in turn. */
  readonly #places: Int32Array;

  private constructor(bytes: Uint8Array, places: Int32Array) {
    this.#bytes = bytes;
    this.#places = places;
  }

  /** null where the line can have none. */
  static of(text: string, numbers: readonly NumberPlace[]): ShapePattern | null {
    if (numbers.length > mostNumbers || taken.test(text)) return null;
    const parts: Uint8Array[] = [];
    const places: number[] = [];
    let length = 0;
    let from = 0;
    const add = (part: string): void => {
      const bytes = encodeUtf8(part);
      parts.push(bytes);
      length += bytes.length;
    };
    for (const { at, found } of numbers) {
      add(text.slice(from, at));
      places.push(length);
      add(found.replace(/\.\d+/, `.${digits}`).replace(/\d/g, digit));
      places.push(length);
      from = at + found.length;
    }
    add(text.slice(from));
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return new ShapePattern(bytes, Int32Array.from(places));
  }

  /** @param into gets the start and the end of each number. */
  matches(bytes: Uint8Array, from: number, to: number, into: Int32Array): boolean {
    const pattern = this.#bytes;
    const places = this.#places;
    const { length } = pattern;
    let place = 0;
    let next = places[0] ?? -1;
    let at = from;
    for (let i = 0; i < length; i += 1) {
      while (i === next) {
        into[place] = at;
        place += 1;
        next = places[place] ?? -1;
      }
      const sign = pattern[i] ?? 0;
      const byte = at < to ? (bytes[at] ?? 0) : -1;
      if (sign > 2) {
        if (byte !== sign) return false;
      } else if (byte < 48 || byte > 57) return false;
      at += 1;
      if (sign === 2) while (at < to && isDigit(bytes[at] ?? 0)) at += 1;
    }
    // The last number may end the line.
    while (place < places.length) {
      into[place] = at;
      place += 1;
    }
    return at === to;
  }
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
