import { readNumber, readSpecial } from '../bytes/readNumber.ts';
import { asciiAt, scanNumber } from '../bytes/scanNumber.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';
import { isCounterName } from '../counterName.ts';
import type { IsWanted, RowSink } from '../format.ts';

/** Deeper nesting is no record of metrics; it is skipped by counting brackets, so that depth costs no stack. */
const deepest = 24;
/** A list of metrics (the twelve COCO figures, a value a class) is short; a longer one is data. */
const longestMetricList = 16;
/** One sign more than the table takes for the name of a group, so that it sees prose as prose. */
const longestText = 201;
/** Of one sign in UTF-8. */
const mostBytes = 4;

/** Longer texts are sentences, not names. */
const shortestProse = 40;

const quoteSign = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;
const lineFeed = 10;

/** One key of the log's records, at its place in the nesting; the tree of them is learned once and then only compared. */
interface Key {
  /** As it stands in the log, with its quotes. */
  readonly raw: Uint8Array;
  /** Names from the outermost in, joined by `/`. */
  readonly name: string;
  /** Its values are settings or samples, not metrics: what is below is passed over. */
  readonly isIgnored: boolean;
  /** Its values go nowhere. */
  readonly isLeftOut: boolean;
  /** Its number tells what kind of record it stands in. */
  readonly isTelling: boolean;
  column: number;
  /** The key that followed it the last time: nearly always the one that follows again. */
  next: Key | null;
  readonly children: Children;
  /** Length of its list of numbers; a list that changes its length is no vector of metrics. */
  listLength: number;
}

interface Children {
  first: Key | null;
  readonly byRaw: Map<string, Key>;
}

const noChildren = (): Children => ({ first: null, byRaw: new Map() });

export type RecordEnd =
  /** A whole object; `at` is behind its bracket. */
  | 'whole'
  /** The text ended inside. */
  | 'torn'
  /** Something stands there that is not JSON. */
  | 'broken';

export interface JsonRecordOptions {
  /** Names (last part) of objects and values that are no metrics, such as `config`. */
  readonly ignored?: ReadonlySet<string>;
  /** Whole names of numbers that tell what kind of record they stand in. */
  readonly telling?: ReadonlySet<string>;
  /** Of whole names; the others are passed over. */
  readonly isWanted?: IsWanted;
  /** A line feed ends the record, whole or not; else it is a blank like any other. */
  readonly isLine?: boolean;
}

/**
 * Reads one JSON object at a time into numbers and texts by flattened name. Python's NaN and Infinity are values; numbers
 * in quotes are numbers; null is missing. Nothing is handed on before the object has closed, so a torn record leaves no
 * trace. Keys are predicted from the record before, by comparing bytes in place: no string is made for a known key.
 */
export class JsonRecordReader {
  /** Behind the last byte read. */
  at = 0;
  /** The record just read has settings or samples beside its numbers. */
  hasIgnored = false;
  /** The record just read has a number whose name tells its kind. */
  isTold = false;
  /** The record just read has a number, if only one that is passed over. */
  hasNumbers = false;
  /** Signs of the record's texts that are prose: what data sets consist of. */
  proseLength = 0;
  readonly #root = noChildren();
  readonly #ignored: ReadonlySet<string>;
  readonly #telling: ReadonlySet<string>;
  readonly #isLine: boolean;
  readonly #isWanted: IsWanted | undefined;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;

  readonly #numberKeys: Key[] = [];
  #numbers = new Float64Array(64);
  readonly #textKeys: Key[] = [];
  readonly #texts: string[] = [];
  #numberCount = 0;
  #textCount = 0;
  /** Keys that got their column since the last `keepColumns`. */
  #newColumns: Key[] = [];

  constructor(options: JsonRecordOptions = {}) {
    this.#ignored = options.ignored ?? new Set();
    this.#telling = options.telling ?? new Set();
    this.#isLine = options.isLine ?? false;
    this.#isWanted = options.isWanted;
  }

  get numberCount(): number {
    return this.#numberCount;
  }

  get textCount(): number {
    return this.#textCount;
  }

  numberName(index: number): string {
    return this.#numberKeys[index]?.name ?? '';
  }

  numberAt(index: number): number {
    return this.#numbers[index] ?? Number.NaN;
  }

  textName(index: number): string {
    return this.#textKeys[index]?.name ?? '';
  }

  textAt(index: number): string {
    return this.#texts[index] ?? '';
  }

  /** The record just read as it stands in the log; valid until the next one is read. */
  get source(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.at);
  }

  /** The number of that name in the record just read. */
  numberOf(name: string): number | undefined {
    for (let i = 0; i < this.#numberCount; i += 1) if (this.#numberKeys[i]?.name === name) return this.#numbers[i];
    return undefined;
  }

  textOf(name: string): string | undefined {
    for (let i = 0; i < this.#textCount; i += 1) if (this.#textKeys[i]?.name === name) return this.#texts[i];
    return undefined;
  }

  /** Reads the object whose `{` stands at `start`. */
  read(bytes: Uint8Array, start: number, end: number): RecordEnd {
    this.#bytes = bytes;
    this.#end = end;
    this.at = start;
    this.#start = start;
    this.#numberCount = 0;
    this.#textCount = 0;
    this.hasIgnored = false;
    this.isTold = false;
    this.hasNumbers = false;
    this.proseLength = 0;
    return this.#object(this.#root, '', false, 0);
  }

  /** Puts the record just read into the sink, as cells of the row that is begun. */
  emit(sink: RowSink): void {
    for (let i = 0; i < this.#numberCount; i += 1) {
      const key = this.#numberKeys[i];
      if (key !== undefined && !key.isLeftOut) sink.number(this.#columnOf(key, sink), this.#numbers[i] ?? Number.NaN);
    }
    for (let i = 0; i < this.#textCount; i += 1) {
      const key = this.#textKeys[i];
      if (key !== undefined && !key.isLeftOut) sink.text(this.#columnOf(key, sink), this.#texts[i] ?? '');
    }
  }

  /** What was emitted so far stays: its columns may be remembered. */
  keepColumns(): void {
    this.#newColumns = [];
  }

  /** What was emitted since `keepColumns` is taken back by the sink, and its columns with it. */
  forgetColumns(): void {
    for (const key of this.#newColumns) key.column = -1;
    this.#newColumns = [];
  }

  #columnOf(key: Key, sink: RowSink): number {
    if (key.column < 0) {
      key.column = sink.column(key.name);
      this.#newColumns.push(key);
    }
    return key.column;
  }

  #object(keys: Children, prefix: string, isIgnored: boolean, depth: number): RecordEnd {
    if (depth >= deepest || isIgnored) return this.#skipNested();
    this.at += 1;
    let code = this.#pastSpace();
    if (code === closeBrace) {
      this.at += 1;
      return 'whole';
    }
    let before: Key | null = null;
    for (;;) {
      if (code !== quoteSign) return this.#isAtEnd() ? 'torn' : 'broken';
      const key = this.#key(keys, prefix, before);
      if (key === null) return 'torn';
      before = key;
      if (key.isIgnored) this.hasIgnored = true;
      if (this.#pastSpace() !== colon) return this.#isAtEnd() ? 'torn' : 'broken';
      this.at += 1;
      const state = this.#value(key, depth);
      if (state !== 'whole') return state;
      code = this.#pastSpace();
      if (code === comma) {
        this.at += 1;
        code = this.#pastSpace();
        // A comma before the bracket is what hand-written records have.
        if (code !== closeBrace) continue;
      }
      if (code === closeBrace) {
        this.at += 1;
        return 'whole';
      }
      return this.#isAtEnd() ? 'torn' : 'broken';
    }
  }

  /** Null where the bytes end inside the key. */
  #key(keys: Children, prefix: string, before: Key | null): Key | null {
    const start = this.at;
    const expected = before === null ? keys.first : before.next;
    if (expected !== null && this.#startsWith(expected.raw)) {
      this.at = start + expected.raw.length;
      return expected;
    }
    if (!this.#pastString()) return null;
    const raw = decodeUtf8(this.#bytes, start, this.at);
    const key = keys.byRaw.get(raw) ?? this.#newKey(keys, raw, prefix);
    if (before === null) keys.first = key;
    else before.next = key;
    return key;
  }

  #startsWith(raw: Uint8Array): boolean {
    const bytes = this.#bytes;
    const { at } = this;
    const { length } = raw;
    if (at + length > this.#end) return false;
    // Neighbours in a log differ near their end more often than at their beginning.
    for (let i = length - 1; i >= 0; i -= 1) if (bytes[at + i] !== raw[i]) return false;
    return true;
  }

  #newKey(keys: Children, raw: string, prefix: string): Key {
    const own = unquote(raw);
    const name = prefix === '' ? own : `${prefix}/${own}`;
    const key: Key = {
      raw: encodeUtf8(raw),
      name,
      isIgnored: this.#ignored.has(own),
      isLeftOut: !this.#wants(name),
      isTelling: this.#telling.has(name),
      column: -1,
      next: null,
      children: noChildren(),
      listLength: -1,
    };
    keys.byRaw.set(raw, key);
    return key;
  }

  #wants(name: string): boolean {
    return this.#isWanted === undefined || this.#isWanted(name);
  }

  #value(key: Key, depth: number): RecordEnd {
    const code = this.#pastSpace();
    const start = this.at;
    if (code < 0) return 'torn';
    if (code === quoteSign) {
      if (!this.#pastString()) return 'torn';
      if (!key.isIgnored) this.#quoted(key, start, this.at);
      return 'whole';
    }
    if (code === openBrace) return this.#object(key.children, key.name, key.isIgnored, depth + 1);
    if (code === openBracket) {
      return key.isIgnored || depth + 1 >= deepest ? this.#skipNested() : this.#list(key, depth + 1);
    }
    return this.#bareword(key);
  }

  /** A number, or a word such as `null`, which leaves no trace. */
  #bareword(key: Key): RecordEnd {
    const start = this.at;
    if (key.isLeftOut && this.#passDigits()) {
      this.hasNumbers = true;
      if (key.isTelling) this.isTold = true;
      return 'whole';
    }
    const index = this.#numberCount;
    if (index >= this.#numbers.length) this.#grow();
    const behind = scanNumber(this.#bytes, start, this.#end, this.#numbers, index);
    if (behind < 0 || !this.#endsBareword(behind)) {
      this.at = Math.max(start, behind);
      this.#pastBareword();
      if (this.at === start) return 'broken';
      if (!readSpecial(this.#bytes, start, this.at, this.#numbers, index)) {
        return this.#isLiteral(start) ? 'whole' : this.#isAtEnd() ? 'torn' : 'broken';
      }
    } else this.at = behind;
    if (!key.isIgnored) this.#keepNumber(key);
    return 'whole';
  }

  #list(key: Key, depth: number): RecordEnd {
    const start = this.at;
    const mark = this.#numberCount;
    this.at += 1;
    let count = 0;
    let code = this.#pastSpace();
    while (code !== closeBracket) {
      if (code < 0) return 'torn';
      if (code === quoteSign || code === openBrace || code === openBracket || count >= longestMetricList) {
        this.#numberCount = mark;
        this.at = start;
        return this.#skipNested();
      }
      const state = this.#bareword(this.#item(key, count, depth));
      if (state !== 'whole') return state;
      count += 1;
      code = this.#pastSpace();
      if (code === comma) {
        this.at += 1;
        code = this.#pastSpace();
      } else if (code !== closeBracket) return this.#isAtEnd() ? 'torn' : 'broken';
    }
    this.at += 1;
    if (count > 0) {
      if (key.listLength < 0) key.listLength = count;
      else if (key.listLength !== count) this.#numberCount = mark;
    }
    return 'whole';
  }

  #item(key: Key, index: number, depth: number): Key {
    const raw = String(index);
    let item = key.children.byRaw.get(raw);
    if (item === undefined) {
      item = {
        raw: encodeUtf8(raw),
        name: `${key.name}/${index}`,
        isIgnored: depth >= deepest,
        isLeftOut: !this.#wants(`${key.name}/${index}`),
        isTelling: false,
        column: -1,
        next: null,
        children: noChildren(),
        listLength: -1,
      };
      key.children.byRaw.set(raw, item);
    }
    return item;
  }

  #quoted(key: Key, start: number, end: number): void {
    const bytes = this.#bytes;
    if (this.#numberCount >= this.#numbers.length) this.#grow();
    if (readNumber(bytes, start + 1, end - 1, this.#numbers, this.#numberCount)) {
      this.#keepNumber(key);
      return;
    }
    // `"epoch": "12/300"` counts as 12.
    const counted = end - start < 30 ? /^"(\d+)\/\d+"$/.exec(asciiAt(bytes, start, end))?.[1] : undefined;
    if (counted !== undefined && isCounterName(key.name)) {
      this.#numbers[this.#numberCount] = Number(counted);
      this.#keepNumber(key);
      return;
    }
    if (end - start > shortestProse) {
      const length = signsIn(bytes, start, end);
      if (length > shortestProse) this.proseLength += length;
    }
    const raw = decodeUtf8(bytes, start, Math.min(end, start + mostBytes * (longestText + 1)));
    const text = unquote(raw.slice(0, longestText + 1));
    if (text === '' || text === 'None' || text === 'null') return;
    this.#textKeys[this.#textCount] = key;
    this.#texts[this.#textCount] = text;
    this.#textCount += 1;
  }

  /** Its value stands in `#numbers` already. */
  #keepNumber(key: Key): void {
    this.#numberKeys[this.#numberCount] = key;
    this.#numberCount += 1;
    this.hasNumbers = true;
    if (key.isTelling) this.isTold = true;
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#numbers.length);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }

  /** The code of the next byte that is no blank; `at` stands on it. -1 at the end of the record's bytes. */
  #pastSpace(): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let { at } = this;
    let code = at < end ? (bytes[at] ?? -1) : -1;
    while (code === 32 || code === lineFeed || code === 13 || code === 9) {
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

  #isAtEnd(): boolean {
    return this.at >= this.#end || (this.#isLine && this.#bytes[this.at] === lineFeed);
  }

  #endsBareword(at: number): boolean {
    const code = at < this.#end ? (this.#bytes[at] ?? 0) : 0;
    return (
      code === comma ||
      code === closeBrace ||
      code === closeBracket ||
      code <= 32 ||
      code === quoteSign ||
      code === colon
    );
  }

  /** Goes behind what has the signs of a number only, of which the value is not asked; false where other signs stand. */
  #passDigits(): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    const start = this.at;
    let at = start;
    while (at < end && signsOfNumbers[bytes[at] ?? 0] === 1) at += 1;
    if (at === start || !this.#endsBareword(at)) return false;
    this.at = at;
    return true;
  }

  #pastBareword(): void {
    while (!this.#endsBareword(this.at)) this.at += 1;
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

  #isLiteral(start: number): boolean {
    const length = this.at - start;
    return length >= 4 && length <= 5 && literals.has(asciiAt(this.#bytes, start, this.at));
  }
}

const signsOfNumbers = new Uint8Array(256);
for (const sign of '+-.0123456789eE') signsOfNumbers[sign.charCodeAt(0)] = 1;

const literals: ReadonlySet<string> = new Set(['null', 'true', 'false', 'None', 'True', 'False']);

/** UTF-16 units of a text, as strings count their length. */
function signsIn(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if ((byte & 0xc0) !== 0x80) count += byte >= 0xf0 ? 2 : 1;
  }
  return count;
}

const escapes = new Map<string, string>([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
]);

/** What a quoted JSON string says; a wrong escape stands for itself. The closing quote may be cut off. */
function unquote(raw: string): string {
  const inner = raw.endsWith('"') && raw.length > 1 ? raw.slice(1, -1) : raw.slice(1);
  if (!inner.includes('\\')) return inner;
  return inner.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex: string | undefined, sign: string | undefined) =>
    hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : (escapes.get(sign ?? '') ?? sign ?? ''),
  );
}
