import { ProtoFields, wireTypes } from '../binary/protobuf.ts';
import { scalarTensorPlace } from '../binary/scalarTensor.ts';
import { viewOf } from '../bytes/viewOf.ts';
import type { Tag } from './tags.ts';

/** A scalar as its writer repeats it: all but the bytes of the number are the same each time. */
export interface ScalarShape {
  readonly tag: Tag;
  /** As the bytes name it; null where they do not. */
  readonly plugin: string | null;
  readonly isTensor: boolean;
  /** Bytes, with the key and the length before the value. */
  readonly length: number;
  readonly numberAt: number;
  readonly isDouble: boolean;
  /** Four bytes a word, the last of them overlapping where the length is no multiple; 0 where the number stands. */
  readonly words: Int32Array;
  readonly masks: Int32Array;
  /** What followed it the last time. */
  next: ScalarShape | null;
}

/** Where a value of a summary stands, from its key on. */
export interface ValuePlace {
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

const summaryValueKey = 0x0a;
const tagKey = 0x0a;
const wordLength = 4;

/**
 * The scalars of an event file by their bytes. Writers put the same tags one after the other at each step, so that the next
 * one is nearly always guessed right, and walking over its fields is saved by a comparison.
 */
export class ScalarShapes {
  readonly #byTag = new Map<number, ScalarShape>();
  #last: ScalarShape | null = null;

  /** The scalar that begins at a place; null where it is not known yet, or none. */
  find(bytes: DataView, at: number, to: number): ScalarShape | null {
    const expected = this.#last === null ? null : this.#last.next;
    if (expected !== null && stands(expected, bytes, at, to)) {
      this.#last = expected;
      return expected;
    }
    const hash = hashOfTag(bytes, at, to);
    const found = hash === null ? undefined : this.#byTag.get(hash);
    if (found === undefined || !stands(found, bytes, at, to)) return null;
    this.#follow(found);
    return found;
  }

  /** Remembers a value that was read field by field and found to be a scalar. */
  learn(bytes: Uint8Array, place: ValuePlace, tag: Tag, plugin: string | null): void {
    const number = numberPlace(bytes, place);
    const hash = hashOfTag(viewOf(bytes), place.start, place.to);
    if (number === null || hash === null) return;
    const length = place.to - place.start;
    const own = bytes.slice(place.start, place.to);
    const mask = new Uint8Array(length).fill(255);
    for (const blank of [own, mask]) blank.fill(0, number.from - place.start, number.to - place.start);
    const shape = {
      tag,
      plugin,
      isTensor: number.isTensor,
      length,
      numberAt: number.from - place.start,
      isDouble: number.to - number.from === 8,
      words: wordsOf(own),
      masks: wordsOf(mask),
      next: null,
    };
    this.#byTag.set(hash, shape);
    this.#follow(shape);
  }

  #follow(shape: ScalarShape): void {
    if (this.#last !== null) this.#last.next = shape;
    this.#last = shape;
  }
}

function stands({ length, words, masks }: ScalarShape, bytes: DataView, at: number, to: number): boolean {
  if (at + length > to) return false;
  const last = words.length - 1;
  for (let i = 0; i < last; i += 1) {
    if ((bytes.getInt32(at + wordLength * i, true) & (masks[i] ?? 0)) !== words[i]) return false;
  }
  return (bytes.getInt32(at + length - wordLength, true) & (masks[last] ?? 0)) === words[last];
}

function wordsOf(bytes: Uint8Array): Int32Array {
  const view = viewOf(bytes);
  const words = new Int32Array(Math.ceil(bytes.length / wordLength));
  for (let i = 0; i < words.length; i += 1) {
    words[i] = view.getInt32(Math.min(wordLength * i, bytes.length - wordLength), true);
  }
  return words;
}

/** Of a value whose tag is its first field and short, as all writers have it; null of others. */
function hashOfTag(bytes: DataView, at: number, to: number): number | null {
  if (at + wordLength > to || bytes.getUint8(at) !== summaryValueKey) return null;
  const tagAt = bytes.getUint8(at + 1) < 128 ? at + 2 : at + 3;
  if (tagAt + 2 > to || bytes.getUint8(tagAt) !== tagKey) return null;
  const length = bytes.getUint8(tagAt + 1);
  const end = tagAt + 2 + length;
  if (length >= 128 || end > to) return null;
  let hash = length;
  for (let i = tagAt + 2; i < end; i += 1) hash = (Math.imul(hash, 31) + bytes.getUint8(i)) | 0;
  return hash & 0x3fffffff;
}

interface NumberPlace {
  readonly from: number;
  readonly to: number;
  readonly isTensor: boolean;
}

/** Where the only number of a value stands; null where it is none of 32 or 64 bits of floating point, or where it has several. */
function numberPlace(bytes: Uint8Array, { from, to }: ValuePlace): NumberPlace | null {
  const value = new ProtoFields(bytes, from, to);
  let found: NumberPlace | null = null;
  while (value.next()) {
    const isSimple = value.field === 2 && value.wire === wireTypes.fixed32;
    const isTensor = value.field === 8 && value.wire === wireTypes.bytes;
    if (!isSimple && !isTensor) continue;
    if (found !== null) return null;
    const place = isSimple ? value : scalarTensorPlace(value.message());
    if (place === null) return null;
    found = { from: place.from, to: place.to, isTensor };
  }
  return value.isBroken ? null : found;
}
