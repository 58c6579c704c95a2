import { readF32, readF64 } from './littleEndian.ts';

/** https://protobuf.dev/programming-guides/encoding/ */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/**
 * Walks over the fields of one message without knowing its schema: `next` steps to a field, and what a reader does not
 * ask for is passed over by its wire type. A field that does not fit its message ends the walk and is `broken`.
 */
export class ProtoFields {
  bytes: Uint8Array;
  #end: number;
  #at: number;
  #nested: ProtoFields | null = null;
  field = 0;
  wire = 0;
  /** Of the current field, with its key. */
  start = 0;
  /** Payload of the current field. */
  from = 0;
  to = 0;
  isBroken = false;

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  /** The same for another message. */
  restart(bytes: Uint8Array, from: number, to: number): this {
    this.bytes = bytes;
    this.#at = from;
    this.#end = to;
    this.isBroken = false;
    return this;
  }

  next(): boolean {
    if (this.isBroken || this.#at >= this.#end) return false;
    this.start = this.#at;
    const key = this.#varint();
    this.wire = key & 7;
    this.field = key < 128 ? key >> 3 : Math.floor(key / 8);
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

  /** The current field as a message of its own; valid until the next one is asked for. */
  message(): ProtoFields {
    return this.messageAt(this.from, this.to);
  }

  messageAt(from: number, to: number): ProtoFields {
    // One walk a level of nesting serves all messages: an object for each would be most of the time of reading a log.
    this.#nested ??= new ProtoFields(this.bytes, from, to);
    return this.#nested.restart(this.bytes, from, to);
  }

  /** int64: exact to 2^53. */
  integer(): number {
    if (this.to - this.from <= 4) {
      let small = 0;
      for (let i = this.from, shift = 0; i < this.to; i += 1, shift += 7)
        small |= ((this.bytes[i] ?? 0) & 127) << shift;
      return small;
    }
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
    const first = this.#at < this.#end ? (this.bytes[this.#at] ?? 255) : 255;
    if (first < 128) {
      this.#at += 1;
      return first;
    }
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
