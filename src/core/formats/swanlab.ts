import { BlockLog } from './binary/blockLog.ts';
import { readU16 } from './binary/littleEndian.ts';
import type { RecordVisitor } from './binary/recordVisitor.ts';
import { tornRecord } from './binary/tornRecord.ts';
import { decodeUtf8 } from './bytes/utf8.ts';
import type { BinaryFormat, Parser, RowSink } from './format.ts';
import { numbersOf } from './json/numbersOf.ts';

const stepName = 'step';

/** One value: SwanLab counts steps per key, and writes one record a value. */
interface Scalar {
  readonly at: number;
  readonly key: string;
  readonly step: number;
  readonly value: number;
}

interface Row {
  readonly at: number;
  readonly step: number;
  readonly cells: Map<number, number>;
}

class SwanlabBackup implements Parser, RecordVisitor {
  readonly #sink: RowSink;
  readonly #log = new BlockLog();
  readonly #step: number;
  #columns = new Map<string, number>();
  #row: Row | null = null;
  #hasRows = false;

  constructor(sink: RowSink) {
    this.#sink = sink;
    this.#step = sink.column(stepName);
    sink.describe(this.#step, { axis: 0, why: 'the step of each SwanLab value' });
  }

  feed(bytes: Uint8Array): void {
    this.#log.feed(bytes, this);
  }

  finish(): void {
    const [columns, row] = [this.#columns, this.#row];
    this.#columns = new Map(columns);
    this.#row = row === null ? null : { ...row, cells: new Map(row.cells) };
    this.#log.finish(this);
    this.#flush();
    this.#columns = columns;
    this.#row = row;
  }

  record(bytes: Uint8Array, from: number, to: number, at: number): void {
    const record = parseObject(decodeUtf8(bytes, from, to));
    if (record === null) {
      this.#sink.problem({
        code: 'unreadable-record',
        message: `The record at byte ${at} has a sound checksum but is no JSON; it was left out.`,
        byte: at,
      });
      return;
    }
    const data = field(record, 'data');
    if (field(record, 'model_type') === 'Experiment') {
      const name = field(data, 'name');
      if (typeof name === 'string' && !this.#hasRows) this.#sink.startRun(lastPart(name));
    }
    const scalar = field(record, 'model_type') === 'Scalar' ? readScalar(data, at) : null;
    if (scalar !== null) this.#add(scalar);
  }

  damage(at: number, length: number): void {
    this.#sink.problem(tornRecord(at, length));
  }

  #add({ at, key, step, value }: Scalar): void {
    let column = this.#columns.get(key);
    if (column === undefined) {
      column = this.#sink.column(key === stepName ? `${key} (key)` : key);
      this.#columns.set(key, column);
    }
    if (this.#row === null || this.#row.step !== step || this.#row.cells.has(column)) {
      this.#flush();
      this.#row = { at, step, cells: new Map() };
      this.#hasRows = true;
    }
    this.#row.cells.set(column, value);
  }

  #flush(): void {
    const row = this.#row;
    if (row === null) return;
    this.#sink.beginRow(row.at);
    this.#sink.number(this.#step, row.step);
    for (const [column, value] of row.cells) this.#sink.number(column, value);
    this.#sink.endRow();
    this.#row = null;
  }
}

/** Null for what is no number, and for the measurements of the machine that SwanLab adds by itself. */
function readScalar(data: unknown, at: number): Scalar | null {
  const key = field(data, 'key');
  const metric = field(data, 'metric');
  const step = field(data, 'step') ?? field(metric, 'index');
  if (typeof key !== 'string' || key.startsWith('__swanlab__.')) return null;
  const values: [name: string, value: number][] = [];
  numbersOf(JSON.stringify(field(metric, 'data') ?? null), key, values);
  const value = values[0]?.[1];
  const x = typeof step === 'string' ? Number(step) : step;
  return value === undefined || values.length > 1 || typeof x !== 'number' ? null : { at, key, step: x, value };
}

function parseObject(json: string): object | null {
  try {
    // Python writes NaN and infinities as bare words, which JSON does not know.
    const value: unknown = JSON.parse(json.replace(/("data": ?)(NaN|-?Infinity)\b/g, '$1"$2"'));
    return typeof value === 'object' ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function field(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return undefined;
  return new Map<string, unknown>(Object.entries(object)).get(name);
}

/** An experiment may be called by a path. */
const lastPart = (name: string): string => name.slice(name.search(/[^/\\]*$/));

const magic = [0x3a, 0x53, 0x57, 0x4c] as const;

/** The copy of all records that SwanLab keeps in a run folder, `backup.swanlab`. */
export const swanlab: BinaryFormat = {
  kind: 'binary',
  id: 'swanlab',
  title: 'SwanLab backup',
  mostConfidence: 0.99,
  sniff({ bytes }) {
    if (!magic.every((byte, i) => bytes[i] === byte) || bytes.length < 7) return null;
    return readU16(bytes, 4) === 0xe1d6
      ? { confidence: 0.99, because: 'it begins with the mark of a SwanLab backup' }
      : { confidence: 0.7, because: 'it begins like a SwanLab backup; the rest of its mark is damaged' };
  },
  open: (sink) => new SwanlabBackup(sink),
};
