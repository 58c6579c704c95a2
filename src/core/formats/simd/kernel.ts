import { highestPower, powerRests, powers } from '../bytes/scanNumber.ts';
import { kernelBytes } from './kernelBytes.ts';
import {
  blockAt,
  digitMask,
  digitMasksAt,
  laneBytes,
  lanesAt,
  mostColumns,
  powerRestsAt,
  powersAt,
  reach,
  rowsAt,
  rowsAtOnce,
  tensAt,
} from './layout.ts';

/** What the compiled code of assembly/ offers. */
interface KernelCode {
  readonly memory: { readonly buffer: ArrayBuffer };
  walkRecord(offset: number, end: number): number;
  walkRows(offset: number, end: number): number;
  takeRows(offset: number, end: number, delimiter: number, wanted: number, fewest: number, most: number): number;
  findLines(offset: number, end: number, marks: number, beforeDigit: number): number;
  readKnownLine(from: number, to: number, template: number): number;
  passRecords(offset: number, end: number): number;
}

/** Wherever this runs there are these two, which belong to no library of types that it may lean on. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: KernelCode };
};
declare const atob: (text: string) => string;

const mostTens = 19;

/**
 * Code that looks at sixteen bytes at once, which JavaScript cannot, and its memory, laid out by `layout.ts`. It is one for
 * all logs of a thread: whoever reads a block puts it there, and what it knows of its log with it where another was there before.
 */
export class Kernel {
  readonly #code: KernelCode;
  readonly ints: Int32Array;
  readonly doubles: Float64Array;
  readonly bytes: Uint8Array;
  /** Whose block is in its memory. */
  owner: object | null = null;
  /** Whose known lines are. */
  ownerOfTemplates: object | null = null;
  #loaded: Uint8Array | null = null;
  #shift = 0;
  #isLent = false;

  constructor() {
    const binary = atob(kernelBytes);
    const code = new Uint8Array(binary.length);
    for (let i = 0; i < code.length; i += 1) code[i] = binary.charCodeAt(i);
    this.#code = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
    const { buffer } = this.#code.memory;
    this.ints = new Int32Array(buffer);
    this.doubles = new Float64Array(buffer);
    this.bytes = new Uint8Array(buffer);
    this.bytes.fill(digitMask, digitMasksAt + 16, digitMasksAt + 32);
    this.doubles.fill(Number.NaN, rowsAt / 8, rowsAt / 8 + rowsAtOnce * mostColumns);
    this.doubles.set(powers.subarray(0, highestPower + 1), powersAt / 8);
    this.doubles.set(powerRests.subarray(0, highestPower + 1), powerRestsAt / 8);
    new BigInt64Array(buffer, tensAt, mostTens).forEach((_, i, tens) => {
      tens[i] = 10n ** BigInt(i);
    });
  }

  /** Two arrays of `laneBytes` for whoever reads a log: what is read into them need not be moved. null while somebody has them. */
  lend(): readonly [Uint8Array, Uint8Array] | null {
    if (this.#isLent) return null;
    this.#isLent = true;
    const second = lanesAt + laneBytes + reach;
    return [this.bytes.subarray(lanesAt, lanesAt + laneBytes), this.bytes.subarray(second, second + laneBytes)];
  }

  takeBack(): void {
    this.#isLent = false;
  }

  /**
   * Makes the bytes from `start` to `end`, at most `mostBlock`, those that are worked on.
   * @returns what is to be taken from a place of `bytes` for the offset that the kernel knows it by
   */
  load(owner: object, bytes: Uint8Array, start: number, end: number): number {
    const isHere = bytes.buffer === this.bytes.buffer;
    if (!isHere) this.bytes.set(bytes.subarray(start, end), blockAt);
    this.owner = owner;
    this.#loaded = bytes;
    this.#shift = isHere ? blockAt - bytes.byteOffset : start;
    return this.#shift;
  }

  /** The bytes that were loaded may become others from now on. */
  unload(): void {
    this.#loaded = null;
  }

  /** By which the kernel knows a place of `bytes`; -1 where they are not those that are loaded. */
  offsetOf(bytes: Uint8Array, place: number): number {
    return bytes === this.#loaded ? place - this.#shift : -1;
  }

  /** See assembly/recordWalk.ts. */
  walkRecord(offset: number, end: number): number {
    return this.#code.walkRecord(offset, end);
  }

  /** See assembly/recordRows.ts. */
  walkRows(offset: number, end: number): number {
    return this.#code.walkRows(offset, end);
  }

  /** See assembly/tableRows.ts. */
  takeRows(offset: number, end: number, delimiter: number, wanted: number, fewest: number, most: number): number {
    return this.#code.takeRows(offset, end, delimiter, wanted, fewest, most);
  }

  /** See assembly/markedLines.ts. */
  findLines(offset: number, end: number, marks: number, beforeDigit: boolean): number {
    return this.#code.findLines(offset, end, marks, beforeDigit ? 1 : 0);
  }

  /** See assembly/knownLine.ts. @param from as `offsetOf` tells it. @param to too. @param template where it stands */
  readKnownLine(from: number, to: number, template: number): number {
    return this.#code.readKnownLine(from, to, template);
  }

  /** See assembly/soundRecords.ts. */
  passRecords(offset: number, end: number): number {
    return this.#code.passRecords(offset, end);
  }
}

/** The kernel counts on no number where no row was put. @param numbers column after column. @param count of the rows put */
export function forgetRows(numbers: Float64Array, count: number): void {
  for (let at = 0; at < numbers.length; at += rowsAtOnce) numbers.fill(Number.NaN, at, at + count);
}

let shared: Kernel | null | undefined;

/** null where the engine that runs this cannot run the kernel; everything is read without it then. */
export function kernelOfThread(): Kernel | null {
  if (shared === undefined) {
    try {
      shared = new Kernel();
    } catch {
      // Some policies forbid compiled code, and very old processors have no instructions for sixteen bytes.
      shared = null;
    }
  }
  return shared;
}
