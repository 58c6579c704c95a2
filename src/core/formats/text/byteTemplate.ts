import { endOfNumber } from '../bytes/endOfNumber.ts';
import { quickDecimal, quickDecimalReach } from '../bytes/quickDecimal.ts';
import { scanNumber } from '../bytes/scanNumber.ts';
import { viewOf } from '../bytes/viewOf.ts';
import { hasPoint, isFixed, isPadded, isPlain } from '../simd/layout.ts';
import type { KernelLine } from './kernelTemplates.ts';

/** How the numbers of a place in a line may look. */
export type Form =
  /** As any number that `Number` reads. */
  | 'any'
  /** Digits, with a point between them or without one as the first line had it. */
  | 'plain'
  /** As many digits as the first line had. */
  | 'fixed';

/** A number that is another one in each line of a kind. */
export interface Slot {
  readonly start: number;
  readonly end: number;
  readonly form: Form;
  /** More blanks may stand before it, or fewer, but one at least. */
  readonly isPadded: boolean;
  /** Which of the record's numbers it is; null where it is none of them. */
  readonly goal: number | null;
}

const point = 46;
const blank = 32;
const [any, plain, fixed] = [0, 1, 2];
const codes: Readonly<Record<Form, number>> = { any, plain, fixed };

/**
 * A line of a kind, and where the numbers of its record stand in it. Lines that differ from it in these numbers only are read
 * as it was read.
 */
export class ByteTemplate {
  /** Names of the record's numbers. */
  readonly names: readonly string[];
  /** The record's numbers by name, and behind them the planned end, of the line that was read last. */
  readonly values: Float64Array;
  /** Characters that a text of such a line is shorter than its bytes are. */
  readonly surplus: number;
  readonly #hasBudget: boolean;
  /** What stands between the slots, one after the other. */
  readonly #fixedParts: Uint8Array;
  readonly #ends: Int32Array;
  readonly #forms: Uint8Array;
  readonly #isPadded: Uint8Array;
  /** Of a number with a fixed form. */
  readonly #lengths: Int32Array;
  readonly #hasPoint: Uint8Array;
  readonly #goals: Int32Array;
  #bytes: Uint8Array = new Uint8Array(0);
  #view = viewOf(this.#bytes);

  /**
   * @param line without its end
   * @param slots rising
   * @param values of the line, and the planned end behind them
   */
  constructor(
    line: Uint8Array,
    slots: readonly Slot[],
    names: readonly string[],
    values: readonly number[],
    hasBudget: boolean,
    textLength: number,
  ) {
    const { length } = slots;
    this.names = names;
    // One place more for numbers that mean nothing.
    this.values = Float64Array.from([...values, 0]);
    this.#hasBudget = hasBudget;
    this.surplus = line.length - textLength;
    this.#ends = new Int32Array(length + 1);
    this.#forms = Uint8Array.from(slots, ({ form }) => codes[form]);
    this.#isPadded = Uint8Array.from(slots, ({ isPadded }) => (isPadded ? 1 : 0));
    this.#lengths = Int32Array.from(slots, ({ start, end }) => end - start);
    this.#hasPoint = Uint8Array.from(slots, ({ start, end }) => (line.subarray(start, end).includes(point) ? 1 : 0));
    this.#goals = Int32Array.from(slots, ({ goal }) => goal ?? values.length);
    const parts: number[] = [];
    let from = 0;
    slots.forEach(({ start, end, isPadded }, i) => {
      let to = start;
      while (isPadded && to > from && line[to - 1] === blank) to -= 1;
      parts.push(...line.subarray(from, to));
      this.#ends[i] = parts.length;
      from = end;
    });
    parts.push(...line.subarray(from));
    this.#ends[length] = parts.length;
    this.#fixedParts = Uint8Array.from(parts);
  }

  /** The planned end that the line tells. */
  get budget(): number | undefined {
    return this.#hasBudget ? this.values[this.names.length] : undefined;
  }

  /** The same for the kernel. */
  get forKernel(): KernelLine {
    const parts = Array.from(this.#ends, (end, i) => this.#fixedParts.subarray(this.#ends[i - 1] ?? 0, end));
    const none = this.values.length - 1;
    const slots = Array.from(this.#goals, (goal, i) => ({
      form:
        (this.#forms[i] === any ? 0 : isPlain) |
        (this.#forms[i] === fixed ? isFixed : 0) |
        (this.#hasPoint[i] === 1 ? hasPoint : 0) |
        (this.#isPadded[i] === 1 ? isPadded : 0),
      length: this.#lengths[i] ?? 0,
      goal: goal === none ? -1 : goal,
    }));
    return { slots, parts };
  }

  /** Puts the numbers of a line into `values`; where it is of another kind, some of them may be put too. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    const [parts, ends, forms, goals] = [this.#fixedParts, this.#ends, this.#forms, this.#goals];
    const { length } = forms;
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = viewOf(bytes);
    }
    let at = from;
    let part = 0;
    for (let i = 0; ; i += 1) {
      const end = ends[i] ?? 0;
      if (end - part > to - at) return false;
      while (part < end) {
        if (bytes[at] !== parts[part]) return false;
        at += 1;
        part += 1;
      }
      if (i === length) return at === to;
      if (this.#isPadded[i] === 1) {
        if (bytes[at] !== blank) return false;
        while (at < to && bytes[at] === blank) at += 1;
      }
      const behind = this.#number(bytes, at, to, goals[i] ?? 0);
      if (behind < 0 || (forms[i] !== any && !this.#fits(bytes, at, behind, i))) return false;
      at = behind;
    }
  }

  /** @returns the place behind the number that starts at `at`; -1 where none does */
  #number(bytes: Uint8Array, at: number, to: number, goal: number): number {
    const view = this.#view;
    if (goal === this.values.length - 1) return endOfNumber(bytes, view, at, to);
    const behind = at + quickDecimalReach <= bytes.length ? quickDecimal(bytes, view, at, this.values, goal) : -1;
    return behind < 0 || behind > to ? scanNumber(bytes, at, to, this.values, goal) : behind;
  }

  #fits(bytes: Uint8Array, start: number, end: number, slot: number): boolean {
    if (this.#forms[slot] === fixed && end - start !== this.#lengths[slot]) return false;
    let points = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === point && at > start && at < end - 1) points += 1;
      else if (byte < 48 || byte > 57) return false;
    }
    return points === this.#hasPoint[slot];
  }
}
