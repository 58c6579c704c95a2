import { parseNumber } from '../parseNumber.ts';
import { type ConsoleLine, consoleLine } from './consoleLine.ts';
import type { Span } from './runPlace.ts';

/** Numbers as they stand in a line, of any meaning; those of a name (`BLEU-1`, `acc@5`, `top5`) are part of it. */
const number =
  /(?<![\p{L}\d_@.]|[\p{L}\d_]-)[-+]?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?|(?<![\p{L}\d_@])[-+]?(?:nan|inf)(?![\p{L}\d_])/giu;
/** What a bar is drawn with, which grows from line to line. */
const bar = /(?<=\d)%\|[█▏▎▍▌▋▊▉#\d ]*\|(?= *\d+\/\d)/;
/** More shapes than these are text. */
const mostShapes = 4096;

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

/**
 * Reads console lines as `consoleLine` does, but understands each kind of line once: a line that differs from an earlier one
 * in its numbers only, digits before the point counted, is read by what was learned from that one.
 */
export function lineShapes(): (line: string) => ConsoleLine | null {
  let shapes = new Map<string, Shape | null>();
  return (line) => {
    const text = line.includes('%|') ? line.replace(bar, '%||') : line;
    const numbers: string[] = [];
    const key = text.replace(number, (found) => {
      numbers.push(found);
      return formOf(found);
    });
    const known = shapes.get(key);
    if (known === null) return null;
    if (known !== undefined) {
      const read = fill(known, numbers);
      if (read !== null) return read;
    }
    const found = consoleLine(text);
    const shape = found === null ? null : found.isPastEnd ? undefined : shapeOf(text, found, numbers);
    if (shape !== undefined) {
      if (shapes.size >= mostShapes) shapes = new Map();
      shapes.set(key, shape);
    }
    return found;
  };
}

/** What a number looks like: its digits as zeros, those behind the point as one. */
function formOf(found: string): string {
  const code = found.charCodeAt(found.length - 1) | 32;
  // nan and inf are no digits.
  if (code === 110 || code === 102) return found;
  return found.replace(/\.\d+/, '.0').replace(/\d/g, '0');
}

/** Undefined where a number cannot be told by its place among the others. */
function shapeOf(text: string, line: ConsoleLine, numbers: readonly string[]): Shape | undefined {
  const places = Array.from(text.matchAll(number), ({ index }) => index);
  const slotOf = ({ at, end }: Span, isLast: boolean, of: number | null): Slot => {
    const from = at + line.prefix;
    const inside = places.flatMap((place, i) => (place >= from && place < end + line.prefix ? [i] : []));
    // A number inside of a name tells other names apart: its line is read anew.
    const first = isLast && inside.length !== 1 ? -1 : (inside[0] ?? -1);
    const behind = (places[first] ?? 0) + (numbers[first] ?? '').length;
    const unit = isLast ? text.slice(behind, end + line.prefix) : (/^[KM]\b/.exec(text.slice(behind))?.[0] ?? '');
    return { at: first, of: of === null ? null : (inside[1] ?? -1), unit };
  };
  const shape: Shape = {
    line,
    counters: line.counters.map(({ span, of }) => slotOf(span, false, of)),
    batch: line.batch === null ? null : slotOf(line.batch.span, false, line.batch.of),
    values: line.spans.map((span) => slotOf(span, true, null)),
  };
  const again = fill(shape, numbers);
  return again !== null && isSame(again, line) ? shape : undefined;
}

/** null where the numbers are none that such a line can have. */
function fill({ line, counters, batch, values }: Shape, numbers: readonly string[]): ConsoleLine | null {
  const numberAt = (i: number, unit: string): number => {
    const text = numbers[i] ?? '';
    return (unit === '' ? undefined : parseNumber(text + unit)) ?? parseNumber(text) ?? Number.NaN;
  };
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
  numberAt: (i: number, unit: string) => number,
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
