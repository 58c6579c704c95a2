import { isCounterName } from '../counterName.ts';
import type { RowSink } from '../format.ts';
import { readNumber } from '../readNumber.ts';
import { endOfBareword, endOfNested, endOfString, pastSpace } from './skipValue.ts';

/** Deeper nesting is no record of metrics; it is skipped by counting brackets, so that depth costs no stack. */
const deepest = 24;
/** A list of metrics (the twelve COCO figures, a value a class) is short; a longer one is data. */
const longestMetricList = 16;
/** One sign more than the table takes for the name of a group, so that it sees prose as prose. */
const longestText = 201;

/** Longer texts are sentences, not names. */
const shortestProse = 40;

/** One key of the log's records, at its place in the nesting; the tree of them is learned once and then only compared. */
interface Key {
  /** As it stands in the log, with its quotes. */
  readonly raw: string;
  /** Names from the outermost in, joined by `/`. */
  readonly name: string;
  /** Its values are settings or samples, not metrics: what is below is passed over. */
  readonly isIgnored: boolean;
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
}

/**
 * Reads one JSON object at a time into numbers and texts by flattened name. Python's NaN and Infinity are values; numbers
 * in quotes are numbers; null is missing. Nothing is handed on before the object has closed, so a torn record leaves no
 * trace. Keys are predicted from the record before, by comparing characters in place: no string is made for a known key.
 */
export class JsonRecordReader {
  /** Behind the last character read. */
  at = 0;
  /** The record just read has settings or samples beside its numbers. */
  hasIgnored = false;
  /** Signs of the record's texts that are prose: what data sets consist of. */
  proseLength = 0;
  readonly #root = noChildren();
  readonly #ignored: ReadonlySet<string>;
  #text = '';
  #start = 0;
  #end = 0;

  readonly #numberKeys: Key[] = [];
  readonly #numbers: number[] = [];
  readonly #textKeys: Key[] = [];
  readonly #texts: string[] = [];
  #numberCount = 0;
  #textCount = 0;
  /** Keys that got their column since the last `keepColumns`. */
  #newColumns: Key[] = [];

  constructor(options: JsonRecordOptions = {}) {
    this.#ignored = options.ignored ?? new Set();
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

  /** The record just read as it stands in the log. */
  get source(): string {
    return this.#text.slice(this.#start, this.at);
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
  read(text: string, start: number, end: number): RecordEnd {
    this.#text = text;
    this.#end = end;
    this.at = start;
    this.#start = start;
    this.#numberCount = 0;
    this.#textCount = 0;
    this.hasIgnored = false;
    this.proseLength = 0;
    return this.#object(this.#root, '', false, 0);
  }

  /** Puts the record just read into the sink, as cells of the row that is begun. */
  emit(sink: RowSink): void {
    for (let i = 0; i < this.#numberCount; i += 1) {
      const key = this.#numberKeys[i];
      if (key !== undefined) sink.number(this.#columnOf(key, sink), this.#numbers[i] ?? Number.NaN);
    }
    for (let i = 0; i < this.#textCount; i += 1) {
      const key = this.#textKeys[i];
      if (key !== undefined) sink.text(this.#columnOf(key, sink), this.#texts[i] ?? '');
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
    if (code === 125) {
      this.at += 1;
      return 'whole';
    }
    let before: Key | null = null;
    for (;;) {
      if (code !== 34) return this.at >= this.#end ? 'torn' : 'broken';
      const key = this.#key(keys, prefix, before);
      if (key === null) return 'torn';
      before = key;
      if (key.isIgnored) this.hasIgnored = true;
      if (this.#pastSpace() !== 58) return this.at >= this.#end ? 'torn' : 'broken';
      this.at += 1;
      const state = this.#value(key, depth);
      if (state !== 'whole') return state;
      code = this.#pastSpace();
      if (code === 44) {
        this.at += 1;
        code = this.#pastSpace();
        // A comma before the bracket is what hand-written records have.
        if (code !== 125) continue;
      }
      if (code === 125) {
        this.at += 1;
        return 'whole';
      }
      return this.at >= this.#end ? 'torn' : 'broken';
    }
  }

  /** Null where the text ends inside the key. */
  #key(keys: Children, prefix: string, before: Key | null): Key | null {
    const text = this.#text;
    const expected = before === null ? keys.first : before.next;
    if (expected !== null && text.startsWith(expected.raw, this.at) && this.at + expected.raw.length <= this.#end) {
      this.at += expected.raw.length;
      return expected;
    }
    const start = this.at;
    if (!this.#pastString()) return null;
    const raw = text.slice(start, this.at);
    let key = keys.byRaw.get(raw);
    if (key === undefined) {
      const own = unquote(raw);
      key = {
        raw,
        name: prefix === '' ? own : `${prefix}/${own}`,
        isIgnored: this.#ignored.has(own),
        column: -1,
        next: null,
        children: noChildren(),
        listLength: -1,
      };
      keys.byRaw.set(raw, key);
    }
    if (before === null) keys.first = key;
    else before.next = key;
    return key;
  }

  #value(key: Key, depth: number): RecordEnd {
    const code = this.#pastSpace();
    if (this.at >= this.#end) return 'torn';
    if (code === 34) {
      const start = this.at;
      if (!this.#pastString()) return 'torn';
      if (!key.isIgnored) this.#quoted(key, start, this.at);
      return 'whole';
    }
    if (code === 123) return this.#object(key.children, key.name, key.isIgnored, depth + 1);
    if (code === 91) return key.isIgnored || depth + 1 >= deepest ? this.#skipNested() : this.#list(key, depth + 1);
    const start = this.at;
    this.#pastBareword();
    if (this.at === start) return 'broken';
    const number = readNumber(this.#text, start, this.at);
    if (number === undefined) return this.#isLiteral(start) ? 'whole' : this.at >= this.#end ? 'torn' : 'broken';
    if (!key.isIgnored) this.#putNumber(key, number);
    return 'whole';
  }

  #list(key: Key, depth: number): RecordEnd {
    const start = this.at;
    const mark = this.#numberCount;
    this.at += 1;
    let count = 0;
    let code = this.#pastSpace();
    while (code !== 93) {
      if (this.at >= this.#end) return 'torn';
      if (code === 34 || code === 123 || code === 91 || count >= longestMetricList) {
        this.#numberCount = mark;
        this.at = start;
        return this.#skipNested();
      }
      const from = this.at;
      this.#pastBareword();
      const number = readNumber(this.#text, from, this.at);
      if (number === undefined && !this.#isLiteral(from)) return this.at >= this.#end ? 'torn' : 'broken';
      const item = this.#item(key, count, depth);
      if (number !== undefined) this.#putNumber(item, number);
      count += 1;
      code = this.#pastSpace();
      if (code === 44) {
        this.at += 1;
        code = this.#pastSpace();
      } else if (code !== 93) return this.at >= this.#end ? 'torn' : 'broken';
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
        raw,
        name: `${key.name}/${index}`,
        isIgnored: depth >= deepest,
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
    const number = readNumber(this.#text, start + 1, end - 1);
    if (number !== undefined) {
      this.#putNumber(key, number);
      return;
    }
    const counted = end - start < 30 ? /^"(\d+)\/\d+"$/.exec(this.#text.slice(start, end))?.[1] : undefined;
    // `"epoch": "12/300"` counts as 12.
    if (counted !== undefined && isCounterName(key.name)) {
      this.#putNumber(key, Number(counted));
      return;
    }
    if (end - start > shortestProse) this.proseLength += end - start;
    const text = unquote(this.#text.slice(start, Math.min(end, start + longestText + 1)));
    if (text === '' || text === 'None' || text === 'null') return;
    this.#textKeys[this.#textCount] = key;
    this.#texts[this.#textCount] = text;
    this.#textCount += 1;
  }

  #putNumber(key: Key, value: number): void {
    this.#numberKeys[this.#numberCount] = key;
    this.#numbers[this.#numberCount] = value;
    this.#numberCount += 1;
  }

  /** The code of the next sign that is no space; `at` stands on it. */
  #pastSpace(): number {
    this.at = pastSpace(this.#text, this.at, this.#end);
    return this.at < this.#end ? this.#text.charCodeAt(this.at) : -1;
  }

  #pastBareword(): void {
    this.at = endOfBareword(this.#text, this.at, this.#end);
  }

  /** From the opening quote to behind the closing one; false where the text ends before. */
  #pastString(): boolean {
    const behind = endOfString(this.#text, this.at, this.#end);
    this.at = behind < 0 ? this.#end : behind;
    return behind >= 0;
  }

  /** From an opening bracket to behind its closing one, whatever is between. */
  #skipNested(): RecordEnd {
    const behind = endOfNested(this.#text, this.at, this.#end);
    this.at = behind < 0 ? this.#end : behind;
    return behind < 0 ? 'torn' : 'whole';
  }

  #isLiteral(start: number): boolean {
    const length = this.at - start;
    if (length < 4 || length > 5) return false;
    const word = this.#text.slice(start, this.at);
    return (
      word === 'null' || word === 'true' || word === 'false' || word === 'None' || word === 'True' || word === 'False'
    );
  }
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
