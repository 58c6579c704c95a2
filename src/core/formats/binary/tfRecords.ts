import { viewOf } from '../bytes/viewOf.ts';
import { ByteQueue } from './byteQueue.ts';
import type { RecordVisitor } from './recordVisitor.ts';
import { behindSound, headerLength, holdsHeader, payloadIsWhole } from './soundRecords.ts';

/** A record with nothing in it is as long. */
export const frameLength = 16;
/** A record longer than this is a picture or a graph: it is passed over without being kept in memory. */
const longestKept = 64 * 1024 * 1024;
/** Bytes summed in vain before the reader stops looking for records inside of damaged ones: only a forged file has more. */
const mostInVain = 64 * 1024 * 1024;
/** Of a block, so many bytes at least are put behind a record that was split. */
const leastPiece = 4096;

/** Offset of the next record whose length is sound, or -1. */
export function findTfRecord(bytes: DataView, from: number): number {
  for (let at = from; at + headerLength <= bytes.byteLength; at += 1) if (holdsHeader(bytes, at)) return at;
  return -1;
}

/**
 * Frames of a TFRecord file: length (8 bytes), its checksum (4), payload, its checksum (4), little endian. A length whose
 * checksum is wrong cannot be followed, so the reader goes on at the next offset that holds a length with a right one.
 * Decisions wait for the bytes they need, so that any split of the file gives the same records.
 */
export class TfRecords {
  readonly #queue = new ByteQueue();
  /** Bytes of a record too long to keep that are still to come. */
  #toPass = 0;
  /** Start of the damage the reader is getting out of. */
  #damagedFrom: number | null = null;
  #inVain = 0;

  feed(bytes: Uint8Array, visitor: RecordVisitor): void {
    let rest = this.#behindPassed(bytes);
    // Only a record that is split between two blocks is copied.
    while (this.#queue.length > 0 && rest.length > 0) {
      const piece = rest.subarray(0, Math.max(leastPiece, this.#queue.length));
      this.#queue.push(piece);
      this.#queue.take(this.#drain(this.#queue.view(), visitor));
      const taken = this.#queue.length <= piece.length ? piece.length - this.#queue.giveBack() : piece.length;
      rest = this.#behindPassed(rest.subarray(taken));
    }
    if (rest.length === 0) return;
    const taken = this.#drain(rest, visitor);
    this.#queue.skip(taken);
    this.#queue.push(rest.subarray(taken));
  }

  /** Without the bytes of a record that is too long. */
  #behindPassed(bytes: Uint8Array): Uint8Array {
    const passed = Math.min(this.#toPass, bytes.length);
    this.#toPass -= passed;
    this.#queue.skip(passed);
    return bytes.subarray(passed);
  }

  /** What is left, read as if nothing followed; the reader stays as it was. */
  finish(visitor: RecordVisitor): void {
    const bytes = this.#queue.view();
    const view = viewOf(bytes);
    const { offset } = this.#queue;
    let damagedFrom = this.#damagedFrom;
    let inVain = 0;
    let expected = 0;
    let at = findTfRecord(view, 0);
    while (at !== -1 && inVain <= mostInVain) {
      const end = at + frameLength + view.getUint32(at, true);
      if (end <= bytes.length && payloadIsWhole(view, at, end)) {
        // Whole records inside of an unfinished one: it was torn, and its writer's successor went on.
        if (at > expected) damagedFrom ??= offset + expected;
        if (damagedFrom !== null) visitor.damage(damagedFrom, offset + at - damagedFrom);
        visitor.record(bytes, at + headerLength, end - 4, offset + at);
        damagedFrom = null;
        expected = end;
        at = findTfRecord(view, end);
        continue;
      }
      if (end <= bytes.length) {
        damagedFrom ??= offset + at;
        inVain += end - at;
      }
      at = findTfRecord(view, at + 1);
    }
    if (expected + headerLength <= bytes.length && !holdsHeader(view, expected)) damagedFrom ??= offset + expected;
    if (damagedFrom !== null) visitor.damage(damagedFrom, offset + bytes.length - damagedFrom);
  }

  /** @param bytes from the first one on that was not taken. @returns how many of them are taken now */
  #drain(bytes: Uint8Array, visitor: RecordVisitor): number {
    const view = viewOf(bytes);
    const { offset } = this.#queue;
    const sound = behindSound(bytes);
    if (sound > 0) this.#endDamage(offset, visitor);
    let at = 0;
    while (at < sound) {
      const end = at + frameLength + view.getUint32(at, true);
      visitor.record(bytes, at + headerLength, end - 4, offset + at);
      at = end;
    }
    while (at + headerLength <= bytes.length) {
      if (!holdsHeader(view, at)) {
        this.#damagedFrom ??= offset + at;
        at += 1;
        continue;
      }
      const length = view.getUint32(at, true);
      const end = at + frameLength + length;
      if (end > bytes.length) {
        if (length <= longestKept) break;
        this.#endDamage(offset + at, visitor);
        this.#toPass = end - bytes.length;
        at = bytes.length;
        break;
      }
      if (payloadIsWhole(view, at, end)) {
        this.#endDamage(offset + at, visitor);
        visitor.record(bytes, at + headerLength, end - 4, offset + at);
        at = end;
        continue;
      }
      // Either the payload is damaged, then a record follows it; or bytes are missing, then one starts inside of it.
      if (end + headerLength > bytes.length) break;
      this.#damagedFrom ??= offset + at;
      this.#inVain += length;
      at = holdsHeader(view, end) || this.#inVain > mostInVain ? end : at + 1;
    }
    return at;
  }

  #endDamage(at: number, visitor: RecordVisitor): void {
    if (this.#damagedFrom !== null) visitor.damage(this.#damagedFrom, at - this.#damagedFrom);
    this.#damagedFrom = null;
  }
}
