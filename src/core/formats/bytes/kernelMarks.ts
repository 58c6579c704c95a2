import { type Kernel, kernelOfThread } from '../simd/kernel.ts';
import {
  feedCountAt,
  lineBytes,
  lineFeeds,
  lineFrom,
  lineMatters,
  linesAt,
  lineTo,
  markBytes,
  markFirst,
  markFirsts,
  markLength,
  markSecond,
  markSeconds,
  marksAt,
  markWord,
  mostBlock,
  mostLines,
  mostMarkLength,
  mostMarks,
  partedAt,
} from '../simd/layout.ts';
import type { VisitLine } from './lineMarks.ts';

/** For less it does not pay to tell the kernel of the marks. */
const leastBytes = 65_536;
/** Bytes that are compared at once. */
const step = 16;

/** Offsets by which the kernel knows it, and what places of the bytes are ahead of these. */
interface LoadedPart {
  readonly start: number;
  readonly end: number;
  readonly shift: number;
}

/** What `LineMarks` does, by the kernel, for parts that are worth it. */
export class KernelMarks {
  readonly #marks: readonly Uint8Array[];
  readonly #parted: Uint8Array;
  readonly #beforeDigit: boolean;
  readonly #fits: boolean;
  readonly #probes: readonly (readonly [first: number, second: number])[];

  /**
   * @param marks bytes of the words that are looked for
   * @param parted 1 for each sign after which an escape sequence may part a mark
   * @param counts how often each byte occurs in a log like this one
   */
  constructor(marks: readonly Uint8Array[], parted: Uint8Array, beforeDigit: boolean, counts: Uint32Array) {
    this.#marks = marks;
    this.#parted = parted;
    this.#beforeDigit = beforeDigit;
    this.#fits = marks.length <= mostMarks && marks.every(({ length }) => length > 0 && length <= mostMarkLength);
    this.#probes = marks.map((mark) => rarestOf(mark, counts));
  }

  /** @returns null where it is not for the kernel; then nothing is visited */
  each(bytes: Uint8Array, start: number, end: number, visit: VisitLine): number | null {
    const length = end - start;
    const kernel = this.#fits && length >= leastBytes && length <= mostBlock ? kernelOfThread() : null;
    if (kernel === null) return null;
    if (kernel.owner !== this) this.#tell(kernel);
    const shift = kernel.load(this, bytes, start, end);
    try {
      return this.#visitAll(kernel, { start: start - shift, end: end - shift, shift }, visit);
    } finally {
      kernel.unload();
    }
  }

  #visitAll(kernel: Kernel, { start, end, shift }: LoadedPart, visit: VisitLine): number {
    let feeds = 0;
    let at = start;
    for (let count = mostLines; count === mostLines; ) {
      count = kernel.findLines(at, end, this.#marks.length, this.#beforeDigit);
      const { ints } = kernel;
      for (let i = 0; i < count; i += 1) {
        const line = (linesAt + i * lineBytes) / 4;
        at = ints[line + lineTo / 4] ?? end;
        const from = ints[line + lineFrom / 4] ?? end;
        const isWanted = ints[line + lineMatters / 4] !== 0;
        visit(shift + from, shift + at, feeds + (ints[line + lineFeeds / 4] ?? 0), isWanted);
      }
      feeds += ints[feedCountAt / 4] ?? 0;
    }
    return feeds;
  }

  #tell(kernel: Kernel): void {
    kernel.bytes.set(this.#parted, partedAt);
    this.#marks.forEach((mark, i) => {
      const place = marksAt + i * markBytes;
      const [first, second] = this.#probes[i] ?? [0, 0];
      kernel.ints[(place + markLength) / 4] = mark.length;
      kernel.ints[(place + markFirst) / 4] = first;
      kernel.ints[(place + markSecond) / 4] = second;
      kernel.bytes.set(mark, place + markWord);
      kernel.bytes.fill(mark[first] ?? 0, place + markFirsts, place + markFirsts + step);
      kernel.bytes.fill(mark[second] ?? 0, place + markSeconds, place + markSeconds + step);
    });
  }
}

/** Places of the two bytes that occur least often. */
function rarestOf(mark: Uint8Array, counts: Uint32Array): readonly [number, number] {
  const countAt = (i: number): number => counts[mark[i] ?? 0] ?? 0;
  const [first = 0, second = first] = Array.from(mark, (_, i) => i).sort((a, b) => countAt(a) - countAt(b));
  return [first, second];
}
