import { asciiAt, scanNumber } from '../bytes/scanNumber.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { ByteTemplate, type Form, type Slot } from './byteTemplate.ts';
import type { Cell } from './writeRow.ts';

/** What a line says, as its format reads it. */
export interface FoundRecord {
  readonly cells: readonly Cell[];
  readonly budget?: number;
}

export interface LineOfText {
  readonly found: FoundRecord | null;
  /** Colours taken off. */
  readonly textLength: number;
}

const escapeSign = 27;
const blank = 32;
/** Lines with more numbers are data. */
const mostNumbers = 500;
const anyNumber = ['7', '-0.5', '1.25e-07', '+3E+20', '.5', '5.', '1234567890123', '-31.4159265358979'];
const plainNumber = ['7', '31', '468', '92345678', '0'];
const plainFraction = ['0.125', '31.4', '468.0000001', '5.25', '92345678.5'];

/**
 * Finds out which numbers of a line are which of its record's: each is replaced by others, and the line is read anew. What
 * changes nothing but one number of the record is it.
 * @param read as lines are read without templates; of a line it must tell nothing by the size of its numbers
 * @returns null where the line is no record, or is read otherwise than by its numbers
 */
export function learnTemplate(line: Uint8Array, read: (line: Uint8Array) => LineOfText): ByteTemplate | null {
  const { found, textLength } = read(line);
  const numbers = numbersIn(line);
  if (found === null || numbers.length > mostNumbers) return null;
  const values = valuesOf(found);
  const slots = numbers.flatMap(({ start, end }): Slot[] => {
    const slot = slotAt(line, start, end, (from, text) => {
      const other = read(withText(line, from, end, text)).found;
      return other === null ? undefined : changedBy(other, found, values, Number(text));
    });
    // A number of the record must be the one that stands there, not only follow it.
    const isOwn = slot?.goal == null || Object.is(values[slot.goal], Number(asciiAt(line, start, end)));
    return slot === null || !isOwn ? [] : [slot];
  });
  const names = found.cells.map(([name]) => name);
  return new ByteTemplate(line, slots, names, values, found.budget !== undefined, textLength);
}

/** The numbers of a record, and its planned end behind them. */
function valuesOf({ cells, budget }: FoundRecord): readonly number[] {
  return [...cells.map(([, value]) => value), budget ?? Number.NaN];
}

/** Which of the numbers is now `value` and was not; null where all are the same, undefined where more than that is changed. */
function changedBy(
  other: FoundRecord,
  first: FoundRecord,
  values: readonly number[],
  value: number,
): number | null | undefined {
  const { length } = first.cells;
  const isAlike =
    other.cells.length === length &&
    (other.budget === undefined) === (first.budget === undefined) &&
    other.cells.every(([name], i) => name === first.cells[i]?.[0]);
  if (!isAlike) return undefined;
  let changed: number | null = null;
  for (const [i, now] of valuesOf(other).entries()) {
    if (Object.is(now, values[i])) continue;
    if (changed !== null || !Object.is(now, value)) return undefined;
    changed = i;
  }
  return changed;
}

/** What a text in the place of all from `from` to the end of a number changes. */
type Change = (from: number, text: string) => number | null | undefined;

/** null where the number is part of what tells lines apart. */
function slotAt(line: Uint8Array, start: number, end: number, changed: Change): Slot | null {
  const own = asciiAt(line, start, end);
  const others = own.replace(/\d/g, (digit) => String((Number(digit) % 9) + 1));
  const goal = changed(start, others);
  if (goal === undefined) return null;
  const form = formOf(own, (text) => Number(text) === Number(own) || changed(start, text) === goal);
  if (form === null) return null;
  let padded = start;
  while (padded > 0 && line[padded - 1] === blank) padded -= 1;
  const isPadded = padded < start && [1, 2, 7].every((blanks) => changed(padded, ' '.repeat(blanks) + others) === goal);
  return { start, end, form, isPadded, goal };
}

function formOf(own: string, goesFor: (text: string) => boolean): Form | null {
  if (anyNumber.every(goesFor)) return 'any';
  if (/^\d+(?:\.\d+)?$/.test(own) && (own.includes('.') ? plainFraction : plainNumber).every(goesFor)) return 'plain';
  return /^\d+$/.test(own) && goesFor(own.replace(/\d/g, '7')) && goesFor(own.replace(/\d/g, '0')) ? 'fixed' : null;
}

function withText(line: Uint8Array, from: number, to: number, text: string): Uint8Array {
  const middle = encodeUtf8(text);
  const all = new Uint8Array(line.length - (to - from) + middle.length);
  all.set(line.subarray(0, from));
  all.set(middle, from);
  all.set(line.subarray(to), from + middle.length);
  return all;
}

interface NumberPlace {
  readonly start: number;
  readonly end: number;
}

/** Numbers that are no part of a word or of a colour. */
function numbersIn(line: Uint8Array): readonly NumberPlace[] {
  const found: NumberPlace[] = [];
  const into = new Float64Array(1);
  let isInWord = false;
  for (let at = 0; at < line.length; ) {
    const byte = line[at] ?? 0;
    const end: number = isInWord ? -1 : scanNumber(line, at, line.length, into, 0);
    if (end > 0) found.push({ start: at, end });
    isInWord = end > 0 || isOfWord(byte);
    at = byte === escapeSign ? endOfColour(line, at + 1) : Math.max(end, at + 1);
  }
  return found;
}

const isOfWord = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 122) || byte === 95 || byte === 46;

/** Behind the signs and digits of an escape sequence. */
function endOfColour(line: Uint8Array, start: number): number {
  let at = start;
  while (at < line.length && /[[\d;:?]/.test(String.fromCharCode(line[at] ?? 0))) at += 1;
  return at;
}
