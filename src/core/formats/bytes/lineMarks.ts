import { FeedCounter } from './feedCounter.ts';
import { KernelMarks } from './kernelMarks.ts';
import { type Searchable, searchable } from './searchable.ts';
import { encodeUtf8 } from './utf8.ts';
import { viewOf } from './viewOf.ts';

const lineFeed = 10;
const carriageReturn = 13;
const escapeSign = 27;
/** Bytes that are looked at together, and words of nothing but line feeds or carriage returns. */
const wordBytes = 4;
const feeds = 0x0a0a0a0a;
const returns = 0x0d0d0d0d;
/** Bytes that tell which of a mark's is the rarest. */
const probeBytes = 1 << 14;
const nowhere = Number.MAX_SAFE_INTEGER;

/** @param mayMatter false where no mark of the line stands as it has to */
export type VisitLine = (from: number, to: number, feeds: number, mayMatter: boolean) => void;

/** One thing looked for, and where it stands next. */
class Hunt {
  readonly #whole: Uint8Array;
  /** What is searched for begins so far behind its start. */
  #skipped = 0;
  #what: number | Uint8Array;
  #view: Searchable;
  #bytes: Uint8Array;
  next = nowhere;

  constructor(whole: Uint8Array) {
    this.#whole = whole;
    this.#what = oneOrAll(whole);
    this.#bytes = whole;
    this.#view = searchable(whole);
  }

  get length(): number {
    return this.#whole.length;
  }

  /** Searches for it from its rarest byte on, which is found some times sooner. */
  learn(counts: Uint32Array): void {
    const countAt = (i: number): number => counts[this.#whole[i] ?? 0] ?? 0;
    for (let i = 0; i < this.#whole.length; i += 1) if (countAt(i) < countAt(this.#skipped)) this.#skipped = i;
    this.#what = oneOrAll(this.#whole.subarray(this.#skipped));
  }

  start(bytes: Uint8Array, view: Searchable): void {
    this.#bytes = bytes;
    this.#view = view;
    this.go(0);
  }

  /** To the first place at or behind `from`. */
  go(from: number): void {
    let at = from + this.#skipped;
    for (;;) {
      const found = this.#view.indexOf(this.#what, at);
      if (found < 0) {
        this.next = nowhere;
        return;
      }
      if (this.#beginsBefore(found)) {
        this.next = found - this.#skipped;
        return;
      }
      at = found + 1;
    }
  }

  #beginsBefore(found: number): boolean {
    const start = found - this.#skipped;
    for (let i = 0; i < this.#skipped; i += 1) if (this.#bytes[start + i] !== this.#whole[i]) return false;
    return true;
  }
}

/** Finds the lines that hold one of a few words by searching all bytes for these: most lines of a console hold none. */
export class LineMarks {
  readonly #marks: readonly Hunt[];
  readonly #escapes = new Hunt(Uint8Array.of(escapeSign));
  /** Signs after which an escape sequence may part a mark. */
  readonly #inside = new Uint8Array(256);
  readonly #beforeDigit: boolean;
  readonly #words: readonly Uint8Array[];
  #kernel: KernelMarks | null = null;

  /**
   * @param words of ASCII
   * @param beforeDigit a line matters only where a digit follows on one of them
   */
  constructor(words: readonly string[], beforeDigit = false) {
    this.#words = words.map(encodeUtf8);
    for (const word of this.#words) for (const byte of word.subarray(0, -1)) this.#inside[byte] = 1;
    this.#marks = this.#words.map((word) => new Hunt(word));
    this.#beforeDigit = beforeDigit;
  }

  /**
   * Visits the lines of `bytes` that may hold a mark when colours are taken off; a carriage return ends a line too, and every
   * line has its end.
   * @param visit gets each without its end, and how many line feeds stand before it
   * @returns line feeds in all
   */
  each(bytes: Uint8Array, start: number, end: number, visit: VisitLine): number {
    const part = bytes.subarray(start, end);
    this.#kernel ??= this.#learn(part);
    return this.#kernel.each(bytes, start, end, visit) ?? this.#eachOf(part, start, visit);
  }

  /** The same without the kernel. */
  #eachOf(part: Uint8Array, start: number, visit: VisitLine): number {
    const view = searchable(part);
    this.#escapes.start(part, view);
    for (const mark of this.#marks) mark.start(part, view);
    const ends = new LineEnds(view, part.length);
    const counter = new FeedCounter(part);
    const words = viewOf(part);
    let feedCount = 0;
    let at = 0;
    for (;;) {
      const hit = this.#soonest(part);
      if (hit === nowhere) break;
      const from = startOfLine(part, words, at, hit);
      const to = ends.behind(hit);
      feedCount += counter.count(at, from);
      visit(start + from, start + to, feedCount, this.#passes(part, to));
      at = to;
    }
    return feedCount + counter.count(at, part.length);
  }

  #learn(part: Uint8Array): KernelMarks {
    const counts = new Uint32Array(256);
    for (const byte of part.subarray(0, probeBytes)) counts[byte] = (counts[byte] ?? 0) + 1;
    for (const mark of this.#marks) mark.learn(counts);
    return new KernelMarks(this.#words, this.#inside, this.#beforeDigit, counts);
  }

  /** The next mark, or escape sign that may part one. */
  #soonest(part: Uint8Array): number {
    let first = nowhere;
    for (const { next } of this.#marks) if (next < first) first = next;
    const escapes = this.#escapes;
    while (escapes.next < first && !this.#mayPart(part, escapes.next)) escapes.go(escapes.next + 1);
    return Math.min(first, escapes.next);
  }

  #mayPart(part: Uint8Array, at: number): boolean {
    return at > 0 && this.#inside[part[at - 1] ?? 0] === 1;
  }

  /** Goes on to what stands behind the line that ends at `to`. @returns whether the line may matter */
  #passes(part: Uint8Array, to: number): boolean {
    let mayMatter = !this.#beforeDigit;
    for (const mark of this.#marks) {
      while (!mayMatter && mark.next < to) {
        mayMatter = mayBeDigit(part[mark.next + mark.length] ?? 0);
        if (!mayMatter) mark.go(mark.next + 1);
      }
      if (mark.next < to) mark.go(to);
    }
    const escapes = this.#escapes;
    while (escapes.next < to) {
      mayMatter ||= this.#mayPart(part, escapes.next);
      escapes.go(mayMatter ? to : escapes.next + 1);
    }
    return mayMatter;
  }
}

/** Ends of lines, each searched for once. */
class LineEnds {
  readonly #view: Searchable;
  readonly #length: number;
  #feed = -1;
  #return = -1;

  constructor(view: Searchable, length: number) {
    this.#view = view;
    this.#length = length;
  }

  /** The first end at or behind a place. */
  behind(at: number): number {
    if (this.#feed < at) this.#feed = this.#find(lineFeed, at);
    if (this.#return < at) this.#return = this.#find(carriageReturn, at);
    return Math.min(this.#feed, this.#return);
  }

  #find(what: number, at: number): number {
    const found = this.#view.indexOf(what, at);
    return found < 0 ? this.#length : found;
  }
}

const oneOrAll = (what: Uint8Array): number | Uint8Array => (what.length === 1 ? (what[0] ?? 0) : what);

/** Behind the last end of a line before `hit`, or `at`. @param view of the same bytes */
function startOfLine(bytes: Uint8Array, view: DataView, at: number, hit: number): number {
  let from = hit;
  for (; from - wordBytes >= at; from -= wordBytes) {
    const word = view.getInt32(from - wordBytes, true);
    if (hasZero(word ^ feeds) || hasZero(word ^ returns)) break;
  }
  while (from > at && !isEnd(bytes[from - 1] ?? 0)) from -= 1;
  return from;
}

/** Whether one of the bytes of a word is 0. */
const hasZero = (word: number): boolean => ((word - 0x01010101) & ~word & 0x80808080) !== 0;

const isEnd = (byte: number): boolean => byte === lineFeed || byte === carriageReturn;

/** A colour may stand before it. */
const mayBeDigit = (byte: number): boolean => (byte >= 48 && byte <= 57) || byte === escapeSign;
