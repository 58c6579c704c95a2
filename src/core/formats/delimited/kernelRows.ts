import { forgetRows, type Kernel, kernelOfThread } from '../simd/kernel.ts';
import { gapsAt, mostBlock, mostColumns, rowCountAt, rowsAt, rowsAtOnce } from '../simd/layout.ts';
import type { QuickVisitor } from './quickRows.ts';

/** Less is read before the kernel would have it. */
const leastBytes = 65_536;
/** Rows that are left to others after one that the kernel did not take; more and more where it takes none. */
const mostLeft = 256;

/** Rows of a table that the kernel can take: of nothing but numbers, without quotes. */
export class KernelRows {
  readonly #delimiter: number;
  readonly #visitor: QuickVisitor;
  #bytes: Uint8Array = new Uint8Array(0);
  /** Whether the kernel has the bytes, and knows the gaps. */
  #isLoaded = false;
  /** What a place of them is ahead of the offset that the kernel knows it by. */
  #shift = 0;
  #isTold = false;
  #gaps: Int32Array = new Int32Array(0);
  #fewest = 0;
  #most = 0;
  #left = 0;
  #leftNext = 1;
  readonly #starts = new Float64Array(rowsAtOnce);
  /** Behind the last row taken. */
  at = 0;

  constructor(delimiter: number, visitor: QuickVisitor) {
    this.#delimiter = delimiter;
    this.#visitor = visitor;
  }

  /** @param gaps cells before each wanted one, from the wanted one before it on. @param fewest cells of a row. @param most too */
  plan(gaps: Int32Array, fewest: number, most: number): void {
    this.#gaps = gaps;
    this.#fewest = fewest;
    this.#most = most;
    this.#isTold = false;
  }

  /** The bytes whose rows are taken next. */
  begin(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#isLoaded = false;
  }

  /** Whether the next row may be one for it: not where the last ones were not. */
  get isAsked(): boolean {
    const { length } = this.#bytes;
    if (length < leastBytes || length > mostBlock || this.#gaps.length === 0 || this.#gaps.length > mostColumns)
      return false;
    if (this.#left === 0) return true;
    this.#left -= 1;
    return false;
  }

  /**
   * Takes rows from the one that starts at `from` on; `at` goes to the first that is not taken.
   * @param line on which the first of them starts
   * @returns how many, each of a line
   */
  take(from: number, line: number): number {
    this.at = from;
    const kernel = kernelOfThread();
    if (kernel === null) return 0;
    this.#load(kernel);
    const end = this.#bytes.length - this.#shift;
    const wanted = this.#gaps.length;
    let rows = 0;
    for (let count = rowsAtOnce; count === rowsAtOnce; rows += count) {
      const at = this.at - this.#shift;
      this.at = this.#shift + kernel.takeRows(at, end, this.#delimiter, wanted, this.#fewest, this.#most);
      count = kernel.ints[rowCountAt / 4] ?? 0;
      if (count > 0) this.#handOn(kernel, line + rows, count);
    }
    this.#left = rows > 0 ? 0 : this.#leftNext;
    this.#leftNext = rows > 0 ? 1 : Math.min(2 * this.#leftNext, mostLeft);
    return rows;
  }

  #load(kernel: Kernel): void {
    const isOurs = kernel.owner === this;
    if (!isOurs || !this.#isLoaded) this.#shift = kernel.load(this, this.#bytes, 0, this.#bytes.length);
    if (!isOurs || !this.#isTold) kernel.ints.set(this.#gaps, gapsAt / 4);
    this.#isLoaded = true;
    this.#isTold = true;
  }

  #handOn({ doubles }: Kernel, line: number, count: number): void {
    const starts = this.#starts;
    for (let i = 0; i < count; i += 1) starts[i] = line + i;
    const numbers = doubles.subarray(rowsAt / 8, rowsAt / 8 + rowsAtOnce * this.#gaps.length);
    try {
      this.#visitor.rows({ starts, numbers }, count);
    } finally {
      forgetRows(numbers, count);
    }
  }
}
