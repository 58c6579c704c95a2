import { basename } from 'node:path';
import type { Control } from '../core/control.ts';
import type { Format, Recognition, Sample } from '../core/formats/format.ts';
import { Table, type TableMark } from '../core/runs/table.ts';
import type { Log, NamedTable } from './log.ts';
import { type ByteSource, reportsProblems } from './ports.ts';
import { readSample } from './readSample.ts';
import { recognise } from './recognise.ts';
import { type Encoding, Utf8Stream } from './textDecoding.ts';

const blockBytes = 1024 * 1024;
/** Bytes before the offset that are compared with what they were: a log that was rewritten differs there. */
const seamBytes = 1024;

export interface Refreshed {
  readonly bytesRead: number;
  readonly startedOver: boolean;
}

interface Reading {
  readonly format: Format;
  readonly table: Table;
  feed(block: Uint8Array): void;
  finish(): void;
}

/** One log that stays open: parsed up to an offset, and read on from there when it has grown. */
export class OpenLog implements Log {
  readonly #source: ByteSource;
  readonly #formats: readonly Format[];
  #recognition: Recognition = { confidence: 0, because: '' };
  #reading: Reading | null = null;
  #identity = '';
  #offset = 0;
  #seam: Uint8Array = new Uint8Array(0);
  #size = 0;
  #revision = 0;
  /** What the table was before the unfinished end was offered. */
  #mark: TableMark | null = null;

  constructor(source: ByteSource, formats: readonly Format[]) {
    this.#source = source;
    this.#formats = formats;
  }

  /** null while it is not recognised. */
  get table(): Table | null {
    return this.#reading?.table ?? null;
  }

  get tables(): readonly NamedTable[] {
    return this.table === null ? [] : [{ name: null, table: this.table }];
  }

  get formatId(): string {
    return this.#reading?.format.id ?? 'unknown';
  }

  get recognition(): Recognition {
    return this.#recognition;
  }

  get size(): number {
    return this.#size;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Reads what was appended; all of it where the log was cut, replaced or rewritten. */
  async refresh(control: Control): Promise<Refreshed> {
    const { size, identity } = await this.#source.state();
    const isFirst = this.#revision === 0;
    const isSame = identity === this.#identity && size >= this.#offset && (await this.#seamHolds());
    if (isSame && size === this.#offset && !isFirst) return { bytesRead: 0, startedOver: false };
    const startOver = !isSame || this.#reading === null;
    if (startOver) await this.#start(size, identity);
    else if (this.#mark !== null) this.table?.cutTo(this.#mark);
    // Used up: where this read is cancelled, the next one goes on from what was read by then.
    this.#mark = null;
    const bytesRead = await this.#readOn(size, control);
    this.#size = size;
    this.#revision += 1;
    return { bytesRead, startedOver: startOver && !isFirst && !isSame };
  }

  async close(): Promise<void> {
    await this.#source.close();
  }

  async #start(size: number, identity: string): Promise<void> {
    const { sample, encoding } = await readSample(this.#source, size);
    const recognised = recognise(sample, this.#formats);
    this.#recognition = { confidence: recognised.confidence, because: recognised.because };
    this.#reading = recognised.format === null ? null : openReading(recognised.format, sample, encoding);
    if (reportsProblems(this.#source)) for (const problem of this.#source.problems) this.table?.problem(problem);
    this.#identity = identity;
    this.#offset = 0;
    this.#seam = new Uint8Array(0);
    this.#mark = null;
  }

  async #readOn(size: number, control: Control): Promise<number> {
    const reading = this.#reading;
    if (reading === null) {
      this.#offset = size;
      return 0;
    }
    const from = this.#offset;
    const block = new Uint8Array(Math.min(blockBytes, Math.max(1, size - from)));
    while (this.#offset < size) {
      control.check();
      const count = await this.#source.read(
        this.#offset,
        block.subarray(0, Math.min(block.length, size - this.#offset)),
      );
      if (count === 0) break;
      const bytes = block.subarray(0, count);
      reading.feed(bytes);
      this.#offset += count;
      this.#seam = joined(this.#seam, bytes);
      control.progress(this.#offset / size, `reading ${basename(this.#source.name)}`);
    }
    this.#mark = reading.table.mark();
    reading.finish();
    return this.#offset - from;
  }

  async #seamHolds(): Promise<boolean> {
    const { length } = this.#seam;
    if (length === 0) return true;
    const now = new Uint8Array(length);
    const count = await this.#source.read(this.#offset - length, now);
    return count === length && now.every((byte, i) => byte === this.#seam[i]);
  }
}

function openReading(format: Format, sample: Sample, encoding: Encoding): Reading {
  const table = new Table();
  const parser = format.open(table, sample);
  const text = format.kind === 'text' ? new Utf8Stream(encoding) : null;
  return {
    format,
    table,
    feed: (block) => parser.feed(text === null ? block : text.encode(block)),
    finish: () => parser.finish(),
  };
}

/** The last bytes read. */
function joined(before: Uint8Array, block: Uint8Array): Uint8Array {
  if (block.length >= seamBytes) return block.slice(-seamBytes);
  const both = new Uint8Array(before.length + block.length);
  both.set(before);
  both.set(block, before.length);
  return both.slice(-seamBytes);
}
