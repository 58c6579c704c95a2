import { basename } from 'node:path';
import type { Control } from '../core/control.ts';
import type { Format, IsWanted, Sample } from '../core/formats/format.ts';
import { type Problem, Refusal } from '../core/problem.ts';
import { redactSecrets } from '../core/redactSecrets.ts';
import { type ColdPart, ColdParts } from '../core/runs/coldParts.ts';
import { ColdSums } from '../core/runs/coldSums.ts';
import { goesOn } from '../core/runs/goesOn.ts';
import type { RunChoices } from '../core/runs/run.ts';
import { Table, type TableMark } from '../core/runs/table.ts';
import { ColumnSelection, coldOf } from './columnSelection.ts';
import type { Log, NamedTable } from './log.ts';
import { type ByteSource, reportsProblems } from './ports.ts';
import { readAhead } from './readAhead.ts';
import { readProgress } from './readProgress.ts';
import { readSample } from './readSample.ts';
import { isAnswerOnly, type LogRecognition, recognise } from './recognise.ts';
import { type Encoding, Utf8Stream } from './textDecoding.ts';

/** Bytes before the offset that are compared with what they were: a log that was rewritten differs there. */
const seamBytes = 1024;
/** Smaller logs are read faster than it is found out what of them could be left out. */
const leastSelected = 4 * 1024 * 1024;
/** Of larger logs the values of columns that may never be asked for are not kept. */
export const usuallyColdFrom = 256 * 1024 * 1024;
/** After so much growth the log is recognised again: all looks together cost no more than five at its last size. */
const growthToLookAgain = 1.25;
/** Read in some hundredths of a second. */
const cheapBytes = 1024 * 1024;
/** Rows that are expected, as a multiple of what the first block lets expect. */
const roomToSpare = 1.1;
const nothingNew: Refreshed = { bytesRead: 0, startedOver: false };

export interface Refreshed {
  readonly bytesRead: number;
  /** What was read before is not how the log begins any more. */
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
  #coldFrom: number;
  #recognition: LogRecognition = { confidence: 0, because: '' };
  #reading: Reading | null = null;
  #identity = '';
  #offset = 0;
  #seam: Uint8Array = new Uint8Array(0);
  #size = 0;
  #revision = 0;
  /** What the user chose; null: recognised by content. */
  #chosen: string | null = null;
  /** Size at which it was last recognised: a log's first lines may look like another format than it turns out to be. */
  #recognisedAt = 0;
  /** null while all columns are read. */
  #selection: ColumnSelection | null = null;
  /** It was once, since it was opened; each table says so. */
  #hasStartedOver = false;
  /** What the table was before the unfinished end was offered. */
  #mark: TableMark | null = null;
  /** What was read before the log was cut, replaced or rewritten, until all of the new one is read. */
  #before: Table | null = null;

  /** @param coldFrom bytes from which on columns that may not be asked for are cold; Infinity: none ever is. */
  constructor(source: ByteSource, formats: readonly Format[], coldFrom = Number.POSITIVE_INFINITY) {
    this.#source = source;
    this.#formats = formats;
    this.#coldFrom = coldFrom;
  }

  /** null while it is not recognised. */
  get table(): Table | null {
    return this.#reading?.table ?? null;
  }

  get tables(): readonly NamedTable[] {
    return this.table === null ? [] : [{ name: null, table: this.table }];
  }

  get problems(): readonly Problem[] {
    return this.table?.problems ?? [];
  }

  get formatId(): string {
    return this.#reading?.format.id ?? 'unknown';
  }

  get recognition(): LogRecognition {
    return this.#recognition;
  }

  get size(): number {
    return this.#size;
  }

  get revision(): number {
    return this.#revision;
  }

  /**
   * Reads what was appended; all of it where the log was cut, replaced or rewritten, or is another format than it was read as.
   * @param chosen id of a format that is taken whatever the content looks like; null: the surest.
   * @param only nothing else will be asked of the log than what these choices need; null: anything may be.
   */
  async refresh(control: Control, chosen: string | null = null, only: RunChoices | null = null): Promise<Refreshed> {
    const { size, identity } = await this.#source.state();
    const isFirst = this.#revision === 0;
    const isSame = identity === this.#identity && size >= this.#offset && (await this.#seamHolds());
    const isAskedAnew = chosen !== this.#chosen || this.#selection?.serves(only) === false;
    if (isSame && !isAskedAnew && size === this.#offset && !isFirst) return nothingNew;
    const hasOnlyGrown = isSame && !isAskedAnew && !isFirst;
    const known = hasOnlyGrown ? { table: this.table, mark: this.#wholeRecords(), offset: this.#offset } : null;
    if (!hasOnlyGrown || (await this.#isToBeReadAnew(size))) {
      if (!isSame && !isFirst) this.#before ??= this.table;
      await this.#start(size, identity, chosen, only);
    } else if (this.#mark !== null) this.table?.cutTo(this.#mark);
    // Used up: where this read is cancelled, the next one goes on from what was read by then.
    this.#mark = null;
    const startedOver = await this.#readOn(size, control).catch(naming(this.#source.name));
    if (this.#selection !== null && this.table !== null && !this.#selection.holds(this.table)) {
      await this.#start(size, identity, chosen, null);
      await this.#readOn(size, control).catch(naming(this.#source.name));
    }
    this.#size = size;
    if (known === null || this.#differsFrom(known.table, known.mark)) this.#revision += 1;
    return { bytesRead: this.table === null ? 0 : this.#offset - (known?.offset ?? 0), startedOver };
  }

  /**
   * Keeps the values of columns that are cold from here on: reads the log again for them alone.
   * @param names null for all
   */
  async warm(names: ReadonlySet<string> | null, control: Control): Promise<void> {
    const { table } = this;
    const format = this.#reading?.format;
    const cold = (table?.columns ?? []).flatMap(({ name, cold }) => (cold === null ? [] : [name]));
    const wanted = new Set(names === null ? cold : cold.filter((name) => names.has(name)));
    if (table === null || format === undefined || wanted.size === 0) return;
    const again = await this.#readAgain(format, wanted, (name) => !wanted.has(name), control);
    if (!table.warm(wanted, again)) await this.#readWarm(control);
  }

  /** Sums up each of some runs for itself in the columns that are cold: reads the log again for them. */
  async divide(parts: readonly ColdPart[], control: Control): Promise<void> {
    const { table } = this;
    const format = this.#reading?.format;
    if (table === null || format === undefined) return;
    const cold = new Set(table.columns.flatMap(({ name, cold }) => (cold === null ? [] : [name])));
    table.cool();
    const divided = new ColdParts(parts, table.rowCount);
    const sums = new ColdSums(table, divided);
    const again = await this.#readAgain(
      format,
      cold,
      () => true,
      control,
      (one) => sums.take(one, false),
    );
    sums.take(again, true);
    const found = sums.of(again);
    if (found === null) await this.#readWarm(control);
    else table.divide(divided, found);
  }

  /** @param each is told of each block before what is cold in it is gone */
  async #readAgain(
    format: Format,
    wanted: ReadonlySet<string>,
    isCold: (name: string) => boolean,
    control: Control,
    each: (table: Table) => void = () => {},
  ): Promise<Table> {
    const { sample, encoding } = await readSample(this.#source, this.#size);
    const reading = openReading(format, sample, encoding, (name) => wanted.has(name), isCold);
    let offset = 0;
    for await (const block of readAhead(this.#source, 0, this.#offset)) {
      control.check();
      reading.feed(block);
      each(reading.table);
      reading.table.cool();
      offset += block.length;
      control.progress(offset / this.#offset, readProgress(this.#source.name, offset, this.#offset));
    }
    reading.finish();
    return reading.table;
  }

  /** It is not the log that it was any more, or not so plain as it began. */
  async #readWarm(control: Control): Promise<void> {
    this.#coldFrom = Number.POSITIVE_INFINITY;
    this.#identity = '';
    await this.refresh(control, this.#chosen);
  }

  async close(): Promise<void> {
    await this.#source.close();
  }

  async #start(size: number, identity: string, chosen: string | null, only: RunChoices | null): Promise<void> {
    const { sample, encoding } = await readSample(this.#source, size);
    const recognised = recognise(sample, this.#formats, chosen);
    const { format } = recognised;
    this.#recognition = recognised;
    const mayLeaveOut = only !== null && size >= leastSelected && format !== null;
    this.#selection = mayLeaveOut ? ColumnSelection.find(format, sample, only) : null;
    const mayBeCold = this.#selection === null && size >= this.#coldFrom && format !== null;
    const cold = mayBeCold ? coldOf(format, sample) : new Set<string>();
    this.#reading =
      format === null
        ? null
        : openReading(format, sample, encoding, this.#selection?.isWanted, (name) => cold.has(name));
    if (reportsProblems(this.#source)) for (const problem of this.#source.problems) this.table?.problem(problem);
    this.#identity = identity;
    this.#chosen = chosen;
    this.#recognisedAt = size;
    this.#offset = 0;
    this.#seam = new Uint8Array(0);
    this.#mark = null;
  }

  /** Whether what the log is, or how its lines are to be read, may look otherwise now that there is more of it. */
  async #isToBeReadAnew(size: number): Promise<boolean> {
    const reading = this.#reading;
    if (reading === null || isAnswerOnly(reading.format)) return true;
    if (size < growthToLookAgain * this.#recognisedAt) return false;
    // Formats learn from the blocks they look at how lines are to be read: what is read fast is read as if it were opened now.
    if (this.#recognisedAt < cheapBytes) return true;
    if (this.#chosen !== null) return false;
    const { sample } = await readSample(this.#source, size);
    this.#recognisedAt = size;
    return recognise(sample, this.#formats, null).format !== reading.format;
  }

  /** What the table holds; null where its unfinished end was offered too, which may turn out to be another record. */
  #wholeRecords(): TableMark | null {
    const mark = this.table?.mark() ?? null;
    return mark === null || mark.rowCount !== this.#mark?.rowCount ? null : mark;
  }

  /** Lines without a record change nothing. */
  #differsFrom(table: Table | null, before: TableMark | null): boolean {
    const now = this.table?.mark();
    if (table === null || before === null || now === undefined) return true;
    return (
      now.rowCount !== before.rowCount ||
      now.columnSizes.length !== before.columnSizes.length ||
      now.problems.length !== before.problems.length ||
      JSON.stringify(now.segments) !== JSON.stringify(before.segments) ||
      (table !== this.table && !goesOn(table, this.#reading?.table ?? table))
    );
  }

  /** Resolves to whether the log does not begin as it did. */
  async #readOn(size: number, control: Control): Promise<boolean> {
    const reading = this.#reading;
    const before = this.#before;
    if (reading === null) {
      this.#offset = size;
      this.#before = null;
      return before !== null;
    }
    control.check();
    for await (const block of readAhead(this.#source, this.#offset, size)) {
      control.check();
      reading.feed(block);
      reading.table.cool();
      this.#offset += block.length;
      const { rowCount } = reading.table;
      if (this.#offset === block.length)
        reading.table.expect(Math.ceil(roomToSpare * rowCount * (size / block.length)));
      this.#seam = joined(this.#seam, block);
      control.progress(this.#offset / size, readProgress(this.#source.name, this.#offset, size));
    }
    this.#before = null;
    // A state that is written as a whole with every checkpoint goes on where it was, though no byte need be the same.
    const startedOver = before !== null && !goesOn(before, reading.table);
    this.#hasStartedOver ||= startedOver;
    const isSaid = reading.table.problems.some(({ code }) => code === startedOverCode);
    if (this.#hasStartedOver && !isSaid) reading.table.problem(anew(this.#source.name));
    this.#mark = reading.table.mark();
    reading.finish();
    return startedOver;
  }

  async #seamHolds(): Promise<boolean> {
    const { length } = this.#seam;
    if (length === 0) return true;
    const now = new Uint8Array(length);
    const count = await this.#source.read(this.#offset - length, now);
    return count === length && now.every((byte, i) => byte === this.#seam[i]);
  }
}

/** A parser does not know what it reads from: its refusals are told with the name of the log. */
const naming =
  (name: string) =>
  (error: unknown): never => {
    if (!(error instanceof Refusal) || error.message.includes(name)) throw error;
    throw new Refusal(error.code, `${name}: ${redactSecrets(error.message)}`);
  };

const startedOverCode = 'started-over';

const anew = (name: string): Omit<Problem, 'count'> => ({
  code: startedOverCode,
  message: `${basename(name)} was cut or replaced while it was followed; it was read anew from its beginning.`,
});

function openReading(
  format: Format,
  sample: Sample,
  encoding: Encoding,
  isWanted: IsWanted | undefined,
  isCold: (name: string) => boolean,
): Reading {
  const table = new Table(isCold);
  const parser = format.open(table, sample, isWanted);
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
