import { readF32, readF64 } from './littleEndian.ts';

/** https://protobuf.dev/programming-guides/encoding/ */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * Walks over the fields of one message without knowing its schema: `next` steps to a field, and what a reader does not
 * ask for is passed over by its wire type. A field that does not fit its message ends the walk and is `broken`.
 */
export class ProtoFields {
  readonly bytes: Uint8Array;
  readonly #end: number;
  #at: number;
  field = 0;
  wire = 0;
  /** Payload of the current field. */
  from = 0;
  to = 0;
  isBroken = false;

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  next(): boolean {
    if (this.isBroken || this.#at >= this.#end) return false;
    const key = this.#varint();
    this.field = Math.floor(key / 8);
    this.wire = key % 8;
    this.from = this.#at;
    if (this.wire === wireTypes.varint) this.#varint();
    else if (this.wire === wireTypes.fixed64) this.#at += 8;
    else if (this.wire === wireTypes.fixed32) this.#at += 4;
    else if (this.wire === wireTypes.bytes) {
      const length = this.#varint();
      this.from = this.#at;
      this.#at += length;
    } else this.isBroken = true;
    this.to = this.#at;
    if (this.#at > this.#end || this.field === 0) this.isBroken = true;
    return !this.isBroken;
  }

  /** The current field as a message of its own. */
  message(): ProtoFields {
    return new ProtoFields(this.bytes, this.from, this.to);
  }

  /** int64: exact to 2^53. */
  integer(): number {
    let low = 0;
    let high = 0;
    for (let i = this.from, shift = 0; i < this.to; i += 1, shift += 7) {
      const bits = (this.bytes[i] ?? 0) & 127;
      if (shift < 28) low += bits * 2 ** shift;
      else high += bits * 2 ** (shift - 28);
    }
    // Ten bytes are a negative number in two's complement of 64 bits.
    return low + (high >= 2 ** 35 ? high - 2 ** 36 : high) * 2 ** 28;
  }

  float(): number {
    return readF32(this.bytes, this.from);
  }

  double(): number {
    return readF64(this.bytes, this.from);
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#at < this.#end ? this.bytes[this.#at] : undefined;
      if (byte === undefined) break;
      this.#at += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    this.isBroken = true;
    return 0;
  }
}
