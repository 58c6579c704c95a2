import { endOfNumber } from '../bytes/endOfNumber.ts';
import { readSpecial } from '../bytes/readNumber.ts';
import { scanNumber } from '../bytes/scanNumber.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { viewOf } from '../bytes/viewOf.ts';
import { standsAt } from '../bytes/words.ts';
import type { RowSink } from '../format.ts';
import { expected, JsonKeys, type Key, type KeyOptions } from './jsonKeys.ts';
import { JsonRecord } from './jsonRecord.ts';
import { isLiteral } from './literals.ts';
import { keepQuoted } from './quotedValue.ts';
import { RecordWalker } from './recordWalker.ts';

/** Deeper nesting is no record of metrics; it is skipped by counting brackets, so that depth costs no stack. */
const deepest = 24;
/** A list of metrics (the twelve COCO figures, a value a class) is short; a longer one is data. */
const longestMetricList = 16;
/** Longer keys, or keys with more blanks behind them, are in no log of metrics and are read each time. */
const longestLead = 400;

const blank = 32;
const quoteSign = 34;
const comma = 44;
const colon = 58;
/** Two bytes at once. */
const commaAndBlank = comma | (blank << 8);
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;
const lineFeed = 10;

export type RecordEnd =
  /** A whole object; `at` is behind its bracket. */
  | 'whole'
  /** The text ended inside. */
  | 'torn'
  /** Something stands there that is not JSON. */
  | 'broken';

export interface JsonRecordOptions extends KeyOptions {
  /** Where records of nothing but numbers may be put many at once; each of them is a row. */
  readonly rows?: RowSink;
  /** A line feed ends the record, whole or not; else it is a blank like any other. */
  readonly isLine?: boolean;
}

/**
 * Reads one JSON object at a time into numbers and texts by flattened name. Python's NaN and Infinity are values; numbers
 * in quotes are numbers; null is missing. Nothing is handed on before the object has closed, so a torn record leaves no
 * trace.
 *
 * Each key is predicted from the record before and compared in place, and each value is walked over sign by sign, whether it
 * is wanted or not: no name and no end of a value is ever guessed. What is not wanted is only not converted and not kept, so
 * that a selection has exactly the cells, rows, problems and names that reading all columns would give.
 */
export class JsonRecordReader {
  /** Behind the last byte read. */
  at = 0;
  /** What was read; until it is whole, a part of it. */
  readonly record: JsonRecord;
  readonly #keys: JsonKeys;
  readonly #walker: RecordWalker;
  readonly #isLine: boolean;
  readonly #sink: RowSink | null;
  #bytes: Uint8Array = new Uint8Array(0);
  #view = viewOf(this.#bytes);
  #start = 0;
  #end = 0;

  constructor(options: JsonRecordOptions = {}) {
    this.#keys = new JsonKeys(options);
    this.record = new JsonRecord(this.#keys);
    this.#sink = options.rows ?? null;
    this.#walker = new RecordWalker(this.#keys);
    this.#isLine = options.isLine ?? false;
  }

  /** The record just read as it stands in the log; valid until the next one is read. */
  get source(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.at);
  }

  /** Bytes of which records are read next, all of them before the bytes change. */
  begin(bytes: Uint8Array, start: number, end: number): void {
    this.#walker.begin(bytes, start, end);
  }

  /**
   * Reads lines from `start` on as rows, as long as they can be; `at` goes to the first line that is not read.
   * @param line on which the first starts
   * @returns how many
   */
  readRows(bytes: Uint8Array, start: number, line: number): number {
    const count = this.#sink === null ? 0 : this.#walker.takeRows(bytes, start, this.#sink, line);
    this.at = count === 0 ? start : this.#walker.at;
    return count;
  }

  /** Reads the object whose `{` stands at `start`. */
  read(bytes: Uint8Array, start: number, end: number): RecordEnd {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = viewOf(bytes);
    }
    this.#end = end;
    this.at = start;
    this.#start = start;
    this.record.clear();
    const behind = this.#walker.walk(bytes, start, this.record);
    if (behind > 0) {
      this.at = behind;
      return 'whole';
    }
    return this.#object(this.#keys.root, 0);
  }

  keepColumns(): void {
    this.record.keepColumns();
  }

  forgetColumns(): void {
    this.record.forgetColumns();
  }

  #object(owner: Key, depth: number): RecordEnd {
    if (depth >= deepest || owner.isIgnored) return this.#skipNested();
    const bytes = this.#bytes;
    const view = this.#view;
    const { record } = this;
    this.at += 1;
    if (this.#pastSpace() === closeBrace) return this.#close();
    let before: Key | null = null;
    let { at } = this;
    let end = this.#end;
    for (;;) {
      let key: Key | null = expected(owner, before)[0] ?? null;
      if (key !== null && key.lead !== null && standsAt(key.lead, view, at, end)) at += key.lead.length;
      else {
        this.at = at;
        const code = this.#pastSpace();
        // A comma before the bracket is what hand-written records have.
        if (code === closeBrace && before !== null) return this.#close();
        key = code === quoteSign ? this.#otherKey(owner, before) : null;
        if (key === null) return this.#unfinished();
        ({ at } = this);
        end = this.#end;
      }
      before = key;
      let behind = -1;
      if (key.isPassedOver) behind = endOfNumber(bytes, view, at, end);
      else if (!key.isIgnored) behind = scanNumber(bytes, at, end, record.room(), record.numberCount);
      // What nearly all values are: a number, behind which stand a comma and a blank.
      if (behind >= 0 && behind + 2 <= end && view.getInt16(behind, true) === commaAndBlank) {
        if (key.isPassedOver) record.noteNumber(key);
        else record.keepNumber(key);
        at = behind + 2;
        continue;
      }
      this.at = at;
      if (key.isIgnored) record.hasIgnored = true;
      const state = this.#value(key, depth);
      if (state !== 'whole') return state;
      const code = this.#pastSpace();
      if (code === closeBrace) return this.#close();
      if (code !== comma) return this.#unfinished();
      at = this.at + 1;
      end = this.#end;
      if (bytes[at] === blank && at < end) at += 1;
    }
  }

  #close(): RecordEnd {
    this.at += 1;
    return 'whole';
  }

  /** A key that was not expected; `at` goes to its value. Null where none stands there, or its colon is missing. */
  #otherKey(owner: Key, before: Key | null): Key | null {
    const start = this.at;
    const others = expected(owner, before);
    for (let i = 1; i < others.length; i += 1) {
      const other = others[i];
      if (other === undefined || other.lead === null || !standsAt(other.lead, this.#view, start, this.#end)) continue;
      this.at = start + other.lead.length;
      this.#keys.expectAgain(owner, before, other);
      return other;
    }
    if (!this.#pastString()) return null;
    const key = this.#keys.find(owner, decodeUtf8(this.#bytes, start, this.at));
    if (key !== others[0]) this.#keys.expectAgain(owner, before, key);
    if (this.#pastSpace() !== colon) return null;
    this.at += 1;
    this.#pastSpace();
    if (key.lead === null && this.at - start <= longestLead)
      this.#keys.learnLead(key, this.#bytes.subarray(start, this.at));
    return key;
  }

  #value(key: Key, depth: number): RecordEnd {
    const code = this.#pastSpace();
    const start = this.at;
    if (code < 0) return 'torn';
    if (code === quoteSign) {
      if (!this.#pastString()) return 'torn';
      if (!key.isIgnored) keepQuoted(this.record, key, this.#bytes, start, this.at);
      return 'whole';
    }
    if (code === openBrace) return this.#object(key, depth + 1);
    if (code === openBracket) {
      return key.isIgnored || depth + 1 >= deepest ? this.#skipNested() : this.#list(key);
    }
    return this.#bareword(key);
  }

  /** A number, or a word such as `null`, which leaves no trace. */
  #bareword(key: Key): RecordEnd {
    const start = this.at;
    const numbers = this.record.room();
    const index = this.record.numberCount;
    const behind = key.isPassedOver
      ? endOfNumber(this.#bytes, this.#view, start, this.#end)
      : scanNumber(this.#bytes, start, this.#end, numbers, index);
    if (behind < 0 || !this.#endsBareword(behind)) {
      this.at = Math.max(start, behind);
      while (!this.#endsBareword(this.at)) this.at += 1;
      if (this.at === start) return 'broken';
      if (isLiteral(this.#view, start, this.at)) return 'whole';
      if (!readSpecial(this.#bytes, start, this.at, numbers, index)) return this.#unfinished();
    } else this.at = behind;
    if (key.isPassedOver) this.record.noteNumber(key);
    else if (!key.isIgnored) this.record.keepNumber(key);
    return 'whole';
  }

  #list(key: Key): RecordEnd {
    const start = this.at;
    const mark = this.record.numberCount;
    this.at += 1;
    let count = 0;
    let code = this.#pastSpace();
    while (code !== closeBracket) {
      if (code < 0) return 'torn';
      if (code === quoteSign || code === openBrace || code === openBracket || count >= longestMetricList) {
        this.record.cutNumbers(mark);
        this.at = start;
        return this.#skipNested();
      }
      const state = this.#bareword(this.#keys.item(key, count));
      if (state !== 'whole') return state;
      count += 1;
      code = this.#pastSpace();
      if (code === comma) {
        this.at += 1;
        code = this.#pastSpace();
      } else if (code !== closeBracket) return this.#unfinished();
    }
    this.at += 1;
    if (count > 0) {
      if (key.listLength < 0) this.#keys.learnListLength(key, count);
      else if (key.listLength !== count) this.record.cutNumbers(mark);
    }
    return 'whole';
  }

  /** The code of the next byte that is no blank; `at` stands on it. -1 at the end of the record's bytes. */
  #pastSpace(): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let { at } = this;
    let code = at < end ? (bytes[at] ?? -1) : -1;
    while (code === blank || code === lineFeed || code === 13 || code === 9) {
      if (code === lineFeed && this.#isLine) {
        this.#end = at;
        code = -1;
        break;
      }
      at += 1;
      code = at < end ? (bytes[at] ?? -1) : -1;
    }
    this.at = at;
    return code;
  }

  /** What is said of a record that cannot go on at `at`. */
  #unfinished(): RecordEnd {
    return this.at >= this.#end || (this.#isLine && this.#bytes[this.at] === lineFeed) ? 'torn' : 'broken';
  }

  #endsBareword(at: number): boolean {
    return at >= this.#end || isBarewordEnd[this.#bytes[at] ?? 0] === 1;
  }

  /** From the opening quote to behind the closing one; false where the bytes end before. */
  #pastString(): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    let at = this.at + 1;
    while (at < end) {
      const code = bytes[at] ?? 0;
      if (code === quoteSign) {
        this.at = at + 1;
        return true;
      }
      if (code === backslash) at += 1;
      if (this.#isLine && bytes[at] === lineFeed) break;
      at += 1;
    }
    this.at = Math.min(at, end);
    return false;
  }

  /** From an opening bracket to behind its closing one, whatever is between. */
  #skipNested(): RecordEnd {
    const bytes = this.#bytes;
    let depth = 0;
    while (this.at < this.#end) {
      const code = bytes[this.at] ?? 0;
      if (code === quoteSign) {
        if (!this.#pastString()) return 'torn';
        continue;
      }
      if (code === lineFeed && this.#isLine) return 'torn';
      this.at += 1;
      if (code === openBrace || code === openBracket) depth += 1;
      else if (code === closeBrace || code === closeBracket) {
        depth -= 1;
        if (depth === 0) return 'whole';
      }
    }
    return 'torn';
  }
}

/** Blanks and control signs among them. */
const isBarewordEnd = new Uint8Array(256).fill(1, 0, blank + 1);
for (const sign of ',}]":') isBarewordEnd[sign.charCodeAt(0)] = 1;
