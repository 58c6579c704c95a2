import { viewOf } from '../bytes/viewOf.ts';
import { ByteQueue } from './byteQueue.ts';
import { crc32 } from './crc32.ts';
import { readU16 } from './littleEndian.ts';
import type { RecordVisitor } from './recordVisitor.ts';

const blockLength = 32_768;
const headerLength = 7;
/** Only a forged file joins more fragments to a record than this. */
const longestRecord = 64 * 1024 * 1024;
/** Bytes summed in vain in one block before the rest of it is given up: only a forged block has more. */
const mostInVain = 4 * 1024 * 1024;

const kinds = { full: 1, first: 2, middle: 3, last: 4 } as const;

interface OpenRecord {
  readonly at: number;
  readonly parts: readonly Uint8Array[];
  readonly length: number;
}

/**
 * Records of a log in LevelDB's framing (doc/log_format.md of LevelDB) as W&B and SwanLab write it: blocks of 32 kB, in them
 * fragments of checksum (4 bytes), length (2), kind (1) and data. The checksum is that of zlib over kind and data. The
 * file's own header of seven bytes belongs to the first block. A damaged fragment loses its record: the reader goes on at
 * the next offset in the block at which a fragment with a right checksum begins, or in the next block.
 */
export class BlockLog {
  readonly #queue: ByteQueue;
  #open: OpenRecord | null;
  /** Start of the damage the reader is getting out of. */
  #damagedFrom: number | null;
  /** The damage may as well be a fragment that is still being written. */
  #mayBeUnfinished = false;
  #inVain: number;
  #inVainBlock: number;

  constructor(from?: BlockLog) {
    this.#queue = new ByteQueue();
    if (from !== undefined) {
      this.#queue.skip(from.#queue.offset);
      this.#queue.push(from.#queue.view());
    }
    this.#open = from === undefined ? null : from.#open;
    this.#damagedFrom = from === undefined ? null : from.#damagedFrom;
    this.#inVain = from === undefined ? 0 : from.#inVain;
    this.#inVainBlock = from === undefined ? 0 : from.#inVainBlock;
  }

  /** Whether there are bytes behind the last whole record. */
  get hasRest(): boolean {
    return this.#queue.length > 0 || this.#damagedFrom !== null;
  }

  feed(bytes: Uint8Array, visitor: RecordVisitor): void {
    this.#queue.push(bytes);
    this.#drain(visitor, false);
  }

  /** What is left, read as if nothing followed; the reader stays as it was. */
  finish(visitor: RecordVisitor): void {
    const copy = new BlockLog(this);
    copy.#drain(visitor, true);
    const { offset, length } = copy.#queue;
    if (copy.#damagedFrom === null || copy.#mayBeUnfinished) return;
    visitor.damage(copy.#damagedFrom, offset + length - copy.#damagedFrom);
  }

  #drain(visitor: RecordVisitor, isEnd: boolean): void {
    const bytes = this.#queue.view();
    const view = viewOf(bytes);
    const { offset } = this.#queue;
    let at = 0;
    while (at < bytes.length) {
      const place = offset + at;
      if (place < headerLength) {
        at = Math.min(bytes.length, headerLength - offset);
        continue;
      }
      const left = blockLength - (place % blockLength);
      if (left < headerLength) {
        at += Math.min(left, bytes.length - at);
        continue;
      }
      if (at + headerLength > bytes.length) break;
      const length = readU16(bytes, at + 4);
      const kind = bytes[at + 6] ?? 0;
      const end = at + headerLength + length;
      const isPossible = kind >= kinds.full && kind <= kinds.last && headerLength + length <= left;
      const isUnfinished = isPossible && end > bytes.length;
      if (isUnfinished && !isEnd) break;
      if (isPossible && !isUnfinished && crc32(view, at + 6, end) === view.getUint32(at, true)) {
        this.#endDamage(place, visitor);
        this.#fragment(kind, bytes, at + headerLength, end, place, visitor);
        at = end;
        continue;
      }
      this.#startDamage(place, isUnfinished);
      at += isPossible && !isUnfinished && this.#isHopeless(place, length) ? Math.min(left, bytes.length - at) : 1;
    }
    this.#queue.take(at);
  }

  #isHopeless(place: number, length: number): boolean {
    const block = Math.floor(place / blockLength);
    if (block !== this.#inVainBlock) this.#inVain = 0;
    this.#inVainBlock = block;
    this.#inVain += length;
    return this.#inVain > mostInVain;
  }

  #startDamage(place: number, isUnfinished: boolean): void {
    if (this.#damagedFrom !== null) return;
    this.#mayBeUnfinished = isUnfinished;
    // The record that was open misses a part now.
    this.#damagedFrom = this.#open?.at ?? place;
    this.#open = null;
  }

  #endDamage(place: number, visitor: RecordVisitor): void {
    if (this.#damagedFrom !== null) visitor.damage(this.#damagedFrom, place - this.#damagedFrom);
    this.#damagedFrom = null;
  }

  #fragment(kind: number, bytes: Uint8Array, from: number, to: number, place: number, visitor: RecordVisitor): void {
    const open = this.#open;
    if (kind === kinds.full || kind === kinds.first) {
      // A writer that died left its last record unfinished, and another went on behind it.
      if (open !== null) visitor.damage(open.at, place - open.at);
      this.#open = kind === kinds.first ? { at: place, parts: [bytes.slice(from, to)], length: to - from } : null;
      if (kind === kinds.full) visitor.record(bytes, from, to, place);
      return;
    }
    // The end of a record whose beginning was damaged.
    if (open === null) return;
    const length = open.length + to - from;
    if (length > longestRecord) {
      visitor.damage(open.at, length);
      this.#open = null;
      return;
    }
    const grown = { at: open.at, parts: [...open.parts, bytes.slice(from, to)], length };
    if (kind === kinds.middle) {
      this.#open = grown;
      return;
    }
    this.#open = null;
    const whole = joined(grown);
    visitor.record(whole, 0, whole.length, grown.at);
  }
}

function joined({ parts, length }: OpenRecord): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
