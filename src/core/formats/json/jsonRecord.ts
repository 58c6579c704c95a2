import type { RowSink } from '../format.ts';
import type { JsonKeys, Key } from './jsonKeys.ts';

/** What stands in one record: numbers and texts by name, in the order of the record. The next record takes its place. */
export class JsonRecord {
  /** It has settings or samples beside its numbers. */
  hasIgnored = false;
  /** It has a number whose name tells its kind. */
  isTold = false;
  /** It has a number that counts the run's progress. */
  hasCounter = false;
  /** It has a number, if only one that is passed over. */
  hasNumbers = false;
  /** Signs of its texts that are prose: what data sets consist of. */
  proseLength = 0;
  readonly #numberKeys: Key[] = [];
  #numbers = new Float64Array(64);
  readonly #textKeys: Key[] = [];
  readonly #texts: string[] = [];
  #numberCount = 0;
  #textCount = 0;
  readonly #keys: JsonKeys;
  /** Keys that got their column since the last `keepColumns`. */
  #newColumns: Key[] = [];

  constructor(keys: JsonKeys) {
    this.#keys = keys;
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

  /** The number of that name. */
  numberOf(name: string): number | undefined {
    for (let i = 0; i < this.#numberCount; i += 1) if (this.#numberKeys[i]?.name === name) return this.#numbers[i];
    return undefined;
  }

  textOf(name: string): string | undefined {
    for (let i = 0; i < this.#textCount; i += 1) if (this.#textKeys[i]?.name === name) return this.#texts[i];
    return undefined;
  }

  clear(): void {
    this.#numberCount = 0;
    this.#textCount = 0;
    this.hasIgnored = false;
    this.isTold = false;
    this.hasCounter = false;
    this.hasNumbers = false;
    this.proseLength = 0;
  }

  /** Where the next number is put, at `numberCount`; it belongs to the record once it is kept. */
  room(): Float64Array {
    if (this.#numberCount === this.#numbers.length) this.#grow();
    return this.#numbers;
  }

  /** What was put there is the number of that key. */
  keepNumber(key: Key): void {
    this.#numberKeys[this.#numberCount] = key;
    this.#numberCount += 1;
    this.noteNumber(key);
  }

  /** A number that is noted with others by `noteNumbers`. */
  addNumber(key: Key, value: number): void {
    this.room()[this.#numberCount] = value;
    this.#numberKeys[this.#numberCount] = key;
    this.#numberCount += 1;
  }

  /** There are numbers, of which one tells what kind of record it is, or counts the run's progress. */
  noteNumbers(isTold: boolean, hasCounter: boolean): void {
    this.hasNumbers = true;
    this.isTold ||= isTold;
    this.hasCounter ||= hasCounter;
  }

  /** There is a number, whatever it is. */
  noteNumber(key: Key): void {
    this.hasNumbers = true;
    if (key.isTelling) this.isTold = true;
    if (key.isCounter) this.hasCounter = true;
  }

  keepText(key: Key, text: string): void {
    this.#textKeys[this.#textCount] = key;
    this.#texts[this.#textCount] = text;
    this.#textCount += 1;
  }

  /** Leaves out the numbers from the `count`-th on. */
  cutNumbers(count: number): void {
    this.#numberCount = count;
  }

  /** Puts it into the sink, as cells of the row that is begun. */
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
    if (this.#newColumns.length > 0) this.#newColumns = [];
  }

  /** What was emitted since `keepColumns` is taken back by the sink, and its columns with it. */
  forgetColumns(): void {
    for (const key of this.#newColumns) this.#keys.learnColumn(key, -1);
    this.#newColumns = [];
  }

  #columnOf(key: Key, sink: RowSink): number {
    if (key.column < 0) {
      this.#keys.learnColumn(key, sink.column(key.name));
      this.#newColumns.push(key);
    }
    return key.column;
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#numbers.length);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
