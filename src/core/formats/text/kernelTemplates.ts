import { type Kernel, kernelOfThread } from '../simd/kernel.ts';
import {
  isAlike,
  isUnsure,
  mostNumbers,
  numbersAt,
  slotBytes,
  slotForm,
  slotGoal,
  slotLead,
  slotLeadLength,
  slotLength,
  spareAt,
  templateSlots,
  templatesAt,
  templatesBytes,
} from '../simd/layout.ts';

/** A number of a known line, as the kernel is told of it. */
export interface KernelSlot {
  /** Flags, see `layout.ts`. */
  readonly form: number;
  /** Signs that it had. */
  readonly length: number;
  /** Which of the record's numbers it is; -1 where it is none. */
  readonly goal: number;
}

/** A known line, as the kernel is told of it. */
export interface KernelLine {
  readonly slots: readonly KernelSlot[];
  /** What stands before each of the slots, and behind the last. */
  readonly parts: readonly Uint8Array[];
}

/** Bytes that are compared at once: behind a part so many are read. */
const step = 16;

/** The known lines of a log in the kernel's memory, in the order in which they are known. */
export class KernelTemplates {
  readonly #lines: KernelLine[] = [];
  /** Where each of those that were told stands; 0 where there was no room for it. */
  readonly #places: number[] = [];
  #at = templatesAt;

  add(line: KernelLine): void {
    this.#lines.push(line);
  }

  clear(): void {
    this.#lines.length = 0;
    this.#forget();
  }

  /**
   * Compares the line from `from` to `to` with the known one of an index.
   * @param values where its numbers are put if it is like that one
   * @returns `isAlike` or `isOther` of `layout.ts`; `isUnsure` where it is not for the kernel, then nothing is put
   */
  read(index: number, bytes: Uint8Array, from: number, to: number, values: Float64Array): number {
    const kernel = kernelOfThread();
    const offset = kernel?.offsetOf(bytes, from) ?? -1;
    const place = kernel === null || offset < 0 ? 0 : this.#placeOf(index, kernel);
    if (kernel === null || place === 0) return isUnsure;
    const answer = kernel.readKnownLine(offset, offset + to - from, place);
    if (answer !== isAlike) return answer;
    const { doubles } = kernel;
    for (const { goal } of this.#lines[index]?.slots ?? [])
      if (goal >= 0) values[goal] = doubles[numbersAt / 8 + goal] ?? Number.NaN;
    return answer;
  }

  #placeOf(index: number, kernel: Kernel): number {
    if (kernel.ownerOfTemplates !== this) {
      this.#forget();
      kernel.ownerOfTemplates = this;
    }
    while (this.#places.length < this.#lines.length) this.#tellNext(kernel);
    return this.#places[index] ?? 0;
  }

  #forget(): void {
    this.#places.length = 0;
    this.#at = templatesAt;
  }

  #tellNext(kernel: Kernel): void {
    const line = this.#lines[this.#places.length];
    this.#places.push(line === undefined ? 0 : this.#tell(line, kernel));
  }

  #tell({ slots, parts }: KernelLine, kernel: Kernel): number {
    const place = this.#at;
    let partAt = place + templateSlots + slotBytes * parts.length;
    const end = parts.reduce((at, { length }) => at + length, partAt);
    const hasRoom = end + step <= templatesAt + templatesBytes && slots.every(({ goal }) => goal < mostNumbers);
    if (!hasRoom) return 0;
    const { ints, bytes } = kernel;
    ints[place / 4] = slots.length;
    for (const [i, part] of parts.entries()) {
      const at = place + templateSlots + slotBytes * i;
      ints[(at + slotLead) / 4] = partAt;
      ints[(at + slotLeadLength) / 4] = part.length;
      bytes.set(part, partAt);
      partAt += part.length;
      const slot = slots[i];
      if (slot === undefined) break;
      ints[(at + slotForm) / 4] = slot.form;
      ints[(at + slotLength) / 4] = slot.length;
      ints[(at + slotGoal) / 4] = slot.goal < 0 ? spareAt : numbersAt + 8 * slot.goal;
    }
    this.#at = 8 * Math.ceil((end + step) / 8);
    return place;
  }
}
