import { onDemand } from '../../onDemand.ts';
import { asciiAt, scanNumber } from '../bytes/scanNumber.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';
import { parseNumber } from '../parseNumber.ts';
import { type ConsoleLine, consoleLine, isPastEnd } from './consoleLine.ts';
import { LineScan } from './lineScan.ts';
import type { Span } from './runPlace.ts';
import { mostNumbers, type NumberPlace, ShapePattern } from './shapePattern.ts';
import { stripAnsi } from './stripAnsi.ts';

/** Numbers as they stand in a line, of any meaning; those of a name (`BLEU-1`, `acc@5`, `top5`) are part of it. */
const number = onDemand(
  () =>
    /(?<![\p{L}\d_@.]|[\p{L}\d_]-)[-+]?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|(?<![\p{L}\d_@])[-+]?(?:nan|inf)(?![\p{L}\d_])/giu,
);
/** What a bar is drawn with, which grows from line to line. */
const bar = /(?<=\d)%\|[█▏▎▍▌▋▊▉#\d ]*\|(?= *\d+\/\d)/;
/** More shapes than these are text; a power of two. */
const mostShapes = 4096;
/** Lines of a hash that came so often and are still not known are not to be learned. */
const timesToLearn = 6;
/** Kinds of lines that share a hash. */
const mostAlike = 8;

/** Where in a line of some shape each of its numbers stands: as the how manieth number of the line. */
interface Shape {
  readonly line: ConsoleLine;
  readonly counters: readonly Slot[];
  readonly batch: Slot | null;
  readonly values: readonly Slot[];
}

interface Slot {
  readonly at: number;
  /** Of the planned end; null where none is told. */
  readonly of: number | null;
  readonly unit: string;
}

/** A kind of line that came again, known by its bytes. */
interface KnownShape<T> {
  readonly pattern: ShapePattern;
  readonly shape: Shape | null;
  readonly facts: T;
}

/** A line that was understood by its bytes; null where it says nothing. */
export interface KnownByBytes<T> {
  readonly found: ConsoleLine | null;
  /** Of the line that its kind was learned from. */
  readonly facts: T;
}

/**
 * Reads console lines as `consoleLine` does, but understands each kind of line once: a line that differs from an earlier one
 * in its numbers only, digits before the point counted, is read by what was learned from that one.
 */
export class LineShapes<T> {
  readonly #factsOf: (line: string) => T;
  readonly #matters: (line: string) => boolean;
  readonly #scan = new LineScan();
  readonly #places = new Int32Array(2 * mostNumbers);
  readonly #value = new Float64Array(1);
  /** Hashes of lines that came, the last ones of those that fall together. */
  readonly #seen = new Int32Array(mostShapes);
  readonly #times = new Uint8Array(mostShapes);
  /** `undefined` where a kind was seen once. */
  #shapes = new Map<string, Shape | null | undefined>();
  /** By the hash of their lines, those that came again. */
  #known = new Map<number, KnownShape<T>[]>();
  /** Keys of these. */
  #knownKeys = new Set<string>();

  /**
   * @param factsOf what else of a line the same is true of whatever its numbers are; asked for few lines
   * @param matters where not, a line that is read by its bytes may be said to say nothing
   */
  constructor(factsOf: (line: string) => T, matters: (line: string) => boolean = () => true) {
    this.#factsOf = factsOf;
    this.#matters = matters;
  }

  read(line: string): ConsoleLine | null {
    const text = withoutBar(line);
    const numbers: NumberPlace[] = [];
    const key = text.replace(number(), (found, at: number) => {
      numbers.push({ at, found });
      return formOf(found);
    });
    const isSeen = this.#shapes.has(key);
    const known = this.#shapes.get(key);
    if (known !== undefined) {
      const read = known === null ? null : fill(known, textNumbers(numbers));
      if (read === null && known !== null) return consoleLine(text);
      if (!this.#knownKeys.has(key)) this.#know(key, line, text, numbers, known);
      return read;
    }
    const found = consoleLine(text);
    if (this.#shapes.size >= mostShapes) this.#forget();
    this.#shapes.set(key, isSeen ? shapeOf(text, found, numbers) : undefined);
    return found;
  }

  /** The same by the line's bytes; null where it has to be read as text. */
  readBytes(bytes: Uint8Array, from: number, to: number): KnownByBytes<T> | null {
    const scan = this.#scan;
    if (!scan.read(bytes, from, to)) return null;
    for (const { pattern, shape, facts } of this.#known.get(scan.hash) ?? []) {
      if (!pattern.matches(scan.bytes, scan.from, scan.to, this.#places)) continue;
      if (shape === null) return { found: null, facts };
      const found = fill(shape, this.#numberAt);
      return found === null ? null : { found, facts };
    }
    const times = this.#cameBefore(scan.hash);
    if (times > 0 && times < timesToLearn) return null;
    const line = stripAnsi(decodeUtf8(bytes, from, to));
    if (!this.#matters(line)) return { found: null, facts: this.#factsOf(line) };
    return times === 0 ? { found: consoleLine(withoutBar(line)), facts: this.#factsOf(line) } : null;
  }

  /** How often lines of that hash came: from most of those that come once, nothing is to be learned. */
  #cameBefore(hash: number): number {
    const at = hash & (mostShapes - 1);
    const times = this.#seen[at] === hash ? (this.#times[at] ?? 0) : 0;
    this.#seen[at] = hash;
    this.#times[at] = Math.min(timesToLearn, times + 1);
    return times;
  }

  #know(key: string, line: string, text: string, numbers: readonly NumberPlace[], shape: Shape | null): void {
    this.#knownKeys.add(key);
    const pattern = ShapePattern.of(text, numbers);
    const bytes = encodeUtf8(text);
    if (pattern === null || !this.#scan.read(bytes, 0, bytes.length)) return;
    const { hash } = this.#scan;
    const known = { pattern, shape, facts: this.#factsOf(line) };
    const others = this.#known.get(hash);
    if (others === undefined) this.#known.set(hash, [known]);
    else if (others.length < mostAlike) others.push(known);
  }

  #forget(): void {
    this.#shapes = new Map();
    this.#known = new Map();
    this.#knownKeys = new Set();
  }

  readonly #numberAt = (i: number, unit: string): number => {
    const { bytes } = this.#scan;
    const [start = 0, end = 0] = [this.#places[2 * i], this.#places[2 * i + 1]];
    const isPlain = unit === '' && scanNumber(bytes, start, end, this.#value, 0) === end;
    return isPlain ? (this.#value[0] ?? 0) : numberOf(asciiAt(bytes, start, end), unit);
  };
}

/** Reads lines one after the other. */
export function lineShapes(): (line: string) => ConsoleLine | null {
  const shapes = new LineShapes(() => null);
  return (line) => shapes.read(line);
}

const withoutBar = (line: string): string => (line.includes('%|') ? line.replace(bar, '%||') : line);

type NumberAt = (i: number, unit: string) => number;

const textNumbers =
  (numbers: readonly NumberPlace[]): NumberAt =>
  (i, unit) =>
    numberOf(numbers[i]?.found ?? '', unit);

const numberOf = (text: string, unit: string): number =>
  (unit === '' ? undefined : parseNumber(text + unit)) ?? parseNumber(text) ?? Number.NaN;

/** What a number looks like: its digits as zeros, those behind the point as one. */
function formOf(found: string): string {
  const code = found.charCodeAt(found.length - 1) | 32;
  // nan and inf are no digits.
  if (code === 110 || code === 102) return found;
  return found.replace(/\.\d+/, '.0').replace(/\d/g, '0');
}

/** null where the line says nothing, undefined where a number cannot be told by its place among the others. */
function shapeOf(text: string, line: ConsoleLine | null, numbers: readonly NumberPlace[]): Shape | null | undefined {
  // With other numbers it says where the run is.
  if (line === null ? isPastEnd(text) : line.isPastEnd) return undefined;
  if (line === null) return null;
  const slotOf = ({ at, end }: Span, isLast: boolean, of: number | null): Slot => {
    const from = at + line.prefix;
    const inside = numbers.flatMap((place, i) => (place.at >= from && place.at < end + line.prefix ? [i] : []));
    // A number inside of a name tells other names apart: its line is read anew.
    const first = isLast && inside.length !== 1 ? -1 : (inside[0] ?? -1);
    const { at: start = 0, found = '' } = numbers[first] ?? {};
    const behind = start + found.length;
    const unit = isLast ? text.slice(behind, end + line.prefix) : (/^[KM]\b/.exec(text.slice(behind))?.[0] ?? '');
    return { at: first, of: of === null ? null : (inside[1] ?? -1), unit };
  };
  const shape: Shape = {
    line,
    counters: line.counters.map(({ span, of }) => slotOf(span, false, of)),
    batch: line.batch === null ? null : slotOf(line.batch.span, false, line.batch.of),
    values: line.spans.map((span) => slotOf(span, true, null)),
  };
  const again = fill(shape, textNumbers(numbers));
  return again !== null && isSame(again, line) ? shape : undefined;
}

/** null where the numbers are none that such a line can have. */
function fill({ line, counters, batch, values }: Shape, numberAt: NumberAt): ConsoleLine | null {
  const place = line.batch === null || batch === null ? null : countedAt(line.batch, batch, numberAt);
  if (place !== null && place.of !== null && (place.at > place.of || place.of <= 1)) return null;
  return {
    ...line,
    counters: line.counters.map((counter, i) => countedAt(counter, counters[i] ?? nowhere, numberAt)),
    batch: place,
    values: line.values.map(([name], i) => [name, numberAt(values[i]?.at ?? -1, values[i]?.unit ?? '')]),
  };
}

const nowhere: Slot = { at: -1, of: null, unit: '' };

function countedAt<C extends { readonly at: number; readonly of: number | null }>(
  counted: C,
  { at, of, unit }: Slot,
  numberAt: NumberAt,
): C {
  return { ...counted, at: numberAt(at, unit), of: of === null ? null : numberAt(of, '') };
}

function isSame(one: ConsoleLine, other: ConsoleLine): boolean {
  const numbersOf = ({ counters, batch, values }: ConsoleLine): readonly (number | null)[] => [
    ...counters.flatMap(({ at, of }) => [at, of]),
    batch?.at ?? null,
    batch?.of ?? null,
    ...values.map(([, value]) => value),
  ];
  const others = numbersOf(other);
  return numbersOf(one).every((value, i) => Object.is(value, others[i]));
}
