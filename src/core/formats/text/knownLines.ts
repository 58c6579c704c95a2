import { decodeUtf8 } from '../bytes/utf8.ts';
import type { RowSink } from '../format.ts';
import { isAlike, isUnsure } from '../simd/layout.ts';
import type { ByteTemplate } from './byteTemplate.ts';
import { KernelTemplates } from './kernelTemplates.ts';
import { type FoundRecord, learnTemplate } from './learnTemplate.ts';
import { stripAnsi } from './stripAnsi.ts';
import type { Cell } from './writeRow.ts';

/** Before so many records nothing is learned: a small log is read sooner than understood. */
const firstRecords = 64;
const mostTemplates = 24;
/** So many more records may be read as text than by templates, before these are given up. */
const mostCredit = 256;
const firstCredit = 64;

/** A kind of line, and the columns that its numbers go to. */
export interface KnownLine {
  readonly template: ByteTemplate;
  readonly columns: Int32Array;
  /** Which kind followed on it last. */
  next: number;
}

/** Reads the lines of a log by templates that are learned from its first records. */
export class KnownLines {
  readonly #read: (text: string) => FoundRecord | null;
  readonly #cutLength: number;
  #known: KnownLine[] = [];
  readonly #kernel = new KernelTemplates();
  #last = 0;
  #credit = firstCredit;
  #records = 0;

  /**
   * @param read how a line is read as text: by where its numbers stand, whatever these are
   * @param cutLength a line whose text has this length is read as text
   */
  constructor(read: (text: string) => FoundRecord | null, cutLength = -1) {
    this.#read = read;
    this.#cutLength = cutLength;
  }

  /** The kind of a line, with its numbers; null where it has to be read as text. */
  find(bytes: Uint8Array, from: number, to: number): KnownLine | null {
    const known = this.#known;
    if (known.length === 0) return null;
    const last = known[this.#last];
    const expected = last?.next ?? 0;
    for (let i = 0; i < known.length; i += 1) {
      // The expected one first, then the others in turn.
      const index = i === 0 ? expected : i <= expected ? i - 1 : i;
      const one = known[index];
      if (one === undefined || !this.#reads(one.template, index, bytes, from, to)) continue;
      if (to - from - one.template.surplus === this.#cutLength) return null;
      if (last !== undefined) last.next = index;
      this.#last = index;
      if (this.#credit < mostCredit) this.#credit += 1;
      return one;
    }
    return null;
  }

  #reads(template: ByteTemplate, index: number, bytes: Uint8Array, from: number, to: number): boolean {
    const answer = this.#kernel.read(index, bytes, from, to, template.values);
    return answer === isUnsure ? template.read(bytes, from, to) : answer === isAlike;
  }

  /** Learns from a record that had to be read as text. */
  learn(bytes: Uint8Array, from: number, to: number, sink: RowSink): void {
    this.#records += 1;
    if (this.#known.length > 0) this.#credit -= 1;
    if (this.#credit <= 0) {
      this.#known = [];
      this.#kernel.clear();
    }
    if (this.#records < firstRecords || this.#credit <= 0 || this.#known.length >= mostTemplates) return;
    const template = learnTemplate(bytes.slice(from, to), (line) => {
      const text = stripAnsi(decodeUtf8(line, 0, line.length));
      return { found: this.#read(text), textLength: text.length };
    });
    if (template === null) return;
    this.#kernel.add(template.forKernel);
    this.#known.push({ template, columns: Int32Array.from(template.names, (name) => sink.column(name)), next: 0 });
  }
}

/**
 * Puts the record of a known line into the sink, as `writeRow` does.
 * @param first a number before those that stand there
 */
export function writeKnown(sink: RowSink, line: number, { template, columns }: KnownLine, first?: Cell): void {
  const { values } = template;
  sink.beginRow(line);
  if (first !== undefined) sink.number(sink.column(first[0]), first[1]);
  for (let i = 0; i < columns.length; i += 1) sink.number(columns[i] ?? -1, values[i] ?? Number.NaN);
  sink.endRow();
}
