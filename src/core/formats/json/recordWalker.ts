import type { RowSink } from '../format.ts';
import { forgetRows, type Kernel, kernelOfThread } from '../simd/kernel.ts';
import {
  blockAt,
  flagsAt,
  hasNumber,
  isCounter,
  isTelling,
  mostBlock,
  numberCountAt,
  numberKeysAt,
  numbersAt,
  rowCountAt,
  rowsAt,
  rowsAtOnce,
  textBytes,
  textCountAt,
  textsAt,
} from '../simd/layout.ts';
import type { JsonKeys } from './jsonKeys.ts';
import type { JsonRecord } from './jsonRecord.ts';
import { KeyTable, keyFrom } from './keyTable.ts';
import { keepQuoted } from './quotedValue.ts';

/** For less it does not pay to tell the kernel of the keys. */
const leastBytes = 65_536;

/**
 * Reads records as nearly all of a log are, with the keys that `JsonKeys` expects, by the kernel: what it takes is exactly
 * what `JsonRecordReader` would read. At any other record it says so, and leaves that to the reader, which learns from it.
 */
export class RecordWalker {
  /** Behind the last row taken. */
  at = 0;
  readonly #keys: JsonKeys;
  #kernel: Kernel | null = null;
  /** What the kernel knows of the keys. */
  #table: KeyTable | null = null;
  #bytes: Uint8Array = new Uint8Array(0);
  /** What a place of them is ahead of the offset that the kernel knows it by, and the offset of their end. */
  #shift = 0;
  #end = 0;
  readonly #starts = new Float64Array(rowsAtOnce);

  constructor(keys: JsonKeys) {
    this.#keys = keys;
  }

  /** The bytes that are walked over next; they stay as they are while they are. */
  begin(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    this.#kernel = length < leastBytes || length > mostBlock ? null : kernelOfThread();
    if (this.#kernel === null) return;
    if (this.#table === null || this.#kernel.owner !== this) this.#table = new KeyTable(this.#kernel, this.#keys);
    this.#shift = this.#kernel.load(this, bytes, start, end);
    this.#bytes = bytes;
    this.#end = end - this.#shift;
  }

  /**
   * Takes lines from `start` on, as long as each is a record of nothing but numbers whose keys have their columns, and puts
   * them into the sink as rows; `at` goes to the first line that is not taken.
   * @param line on which the first of them starts
   * @returns how many
   */
  takeRows(bytes: Uint8Array, start: number, sink: RowSink, line: number): number {
    this.at = start;
    const kernel = this.#kernelFor(bytes);
    if (kernel === null || this.#table === null) return 0;
    let rows = 0;
    for (let count = rowsAtOnce; count === rowsAtOnce; rows += count) {
      this.at = this.#shift + kernel.walkRows(this.at - this.#shift, this.#end);
      count = kernel.ints[rowCountAt / 4] ?? 0;
      if (count > 0) this.#handOn(kernel, this.#table.columns, sink, line + rows, count);
    }
    return rows;
  }

  /** @returns the place behind the record that starts at `start`; -1 where it is one for the reader, then nothing is taken */
  walk(bytes: Uint8Array, start: number, record: JsonRecord): number {
    const kernel = this.#kernelFor(bytes);
    if (kernel === null) return -1;
    const behind = kernel.walkRecord(start - this.#shift, this.#end);
    if (behind === 0) return -1;
    this.#take(kernel, record);
    return this.#shift + behind;
  }

  /** Once it has these bytes and knows the keys. */
  #kernelFor(bytes: Uint8Array): Kernel | null {
    const kernel = this.#kernel;
    if (kernel === null || bytes !== this.#bytes || kernel.owner !== this) return null;
    return this.#table?.update() === true ? kernel : null;
  }

  #handOn({ doubles }: Kernel, columns: readonly number[], sink: RowSink, line: number, count: number): void {
    const starts = this.#starts;
    for (let i = 0; i < count; i += 1) starts[i] = line + i;
    const first = rowsAt / 8 + rowsAtOnce;
    const numbers = doubles.subarray(first, first + rowsAtOnce * (columns.length - 1));
    try {
      sink.numberRows({ count, starts, columns: columns.slice(1), numbers, stride: rowsAtOnce });
    } finally {
      forgetRows(numbers, count);
    }
  }

  #take({ ints, doubles }: Kernel, record: JsonRecord): void {
    const keys = this.#keys.all;
    const numberCount = ints[numberCountAt / 4] ?? 0;
    for (let i = 0; i < numberCount; i += 1) {
      const key = keyFrom(keys, ints[numberKeysAt / 4 + i] ?? 0);
      if (key !== undefined) record.addNumber(key, doubles[numbersAt / 8 + i] ?? Number.NaN);
    }
    const flags = ints[flagsAt / 4] ?? 0;
    if ((flags & hasNumber) !== 0) record.noteNumbers((flags & isTelling) !== 0, (flags & isCounter) !== 0);
    const textCount = ints[textCountAt / 4] ?? 0;
    for (let i = 0; i < textCount; i += 1) this.#takeText(ints, (textsAt + i * textBytes) / 4, record);
  }

  #takeText(ints: Int32Array, at: number, record: JsonRecord): void {
    const key = keyFrom(this.#keys.all, ints[at] ?? 0);
    const shift = this.#shift - blockAt;
    if (key !== undefined)
      keepQuoted(record, key, this.#bytes, (ints[at + 1] ?? 0) + shift, (ints[at + 2] ?? 0) + shift);
  }
}
