import { BlockLog } from './binary/blockLog.ts';
import { readU16 } from './binary/littleEndian.ts';
import { ProtoFields, wireTypes } from './binary/protobuf.ts';
import type { RecordVisitor } from './binary/recordVisitor.ts';
import { tornRecord } from './binary/tornRecord.ts';
import { decodeUtf8 } from './bytes/utf8.ts';
import type { BinaryFormat, Parser, RowSink } from './format.ts';
import { numbersOf } from './json/numbersOf.ts';

/** Fields of Record in wandb/proto/wandb_internal.proto. */
const records = { history: 2, output: 4, config: 5, metric: 12, outputRaw: 13, run: 17 } as const;

const stepKey = '_step';
const hiddenAxes: ReadonlyMap<string, number> = new Map([
  ['_runtime', 8],
  ['_timestamp', 9],
]);

/** Reads history rows; what a config, a summary or the console holds is never a point, and never put out. */
class WandbLog implements Parser, RecordVisitor {
  readonly #sink: RowSink;
  readonly #log = new BlockLog();
  #columns = new Map<string, number>();
  /** Names that metric records say are counters, with the pattern of what they count for. */
  #stepMetrics = new Map<string, string>();
  #rowCount = 0;
  #hasConsole = false;

  constructor(sink: RowSink) {
    this.#sink = sink;
  }

  feed(bytes: Uint8Array): void {
    this.#log.feed(bytes, this);
  }

  finish(): void {
    if (this.#rowCount === 0 && this.#hasConsole) {
      this.#sink.problem({
        code: 'console-only',
        message:
          'It holds what the run printed and no logged values. Open the console text instead: files/output.log in the same run folder.',
        byte: 0,
      });
    }
    if (!this.#log.hasRest) return;
    // What stands behind a torn record is offered only: nothing of it is remembered.
    const [columns, stepMetrics, rowCount] = [this.#columns, this.#stepMetrics, this.#rowCount];
    this.#columns = new Map(columns);
    this.#stepMetrics = new Map(stepMetrics);
    this.#log.finish(this);
    this.#columns = columns;
    this.#stepMetrics = stepMetrics;
    this.#rowCount = rowCount;
  }

  record(bytes: Uint8Array, from: number, to: number, at: number): void {
    const fields = new ProtoFields(bytes, from, to);
    while (fields.next()) {
      if (fields.wire !== wireTypes.bytes) continue;
      if (fields.field === records.history) this.#readHistory(fields.message(), at);
      else if (fields.field === records.metric) this.#readMetric(fields.message());
      else if (fields.field === records.run) this.#readRun(fields.message());
      else if (fields.field === records.output || fields.field === records.outputRaw) this.#hasConsole = true;
    }
    if (!fields.isBroken) return;
    this.#sink.problem({
      code: 'unreadable-record',
      message: `The record at byte ${at} has a sound checksum but is no W&B record; it was left out.`,
      byte: at,
    });
  }

  damage(at: number, length: number): void {
    this.#sink.problem(tornRecord(at, length));
  }

  #readHistory(history: ProtoFields, at: number): void {
    const cells: [name: string, value: number][] = [];
    let step: number | null = null;
    while (history.next()) {
      if (history.wire !== wireTypes.bytes) continue;
      if (history.field === 1) readItem(history.message(), cells);
      else if (history.field === 2) step = readStep(history.message());
    }
    if (step !== null && !cells.some(([name]) => name === stepKey)) cells.push([stepKey, step]);
    if (cells.length === 0) return;
    this.#rowCount += 1;
    this.#sink.beginRow(at);
    for (const [name, value] of cells) this.#sink.number(this.#columnOf(name), value);
    this.#sink.endRow();
  }

  #readMetric(metric: ProtoFields): void {
    let counted = '';
    let stepMetric = '';
    while (metric.next()) {
      if (metric.wire !== wireTypes.bytes) continue;
      const text = decodeUtf8(metric.bytes, metric.from, metric.to);
      if (metric.field === 1 || metric.field === 2) counted = text;
      else if (metric.field === 4) stepMetric = text;
    }
    if (stepMetric === '' || this.#stepMetrics.get(stepMetric) === '*') return;
    this.#stepMetrics.set(stepMetric, counted);
    const column = this.#columns.get(stepMetric);
    if (column !== undefined) this.#describe(stepMetric, column);
  }

  #readRun(run: ProtoFields): void {
    let id = '';
    let displayName = '';
    while (run.next()) {
      if (run.wire !== wireTypes.bytes) continue;
      if (run.field === 1) id = decodeUtf8(run.bytes, run.from, run.to);
      else if (run.field === 8) displayName = decodeUtf8(run.bytes, run.from, run.to);
    }
    const name = displayName === '' ? id : displayName;
    if (this.#rowCount === 0 && name !== '') this.#sink.startRun(name);
  }

  #columnOf(name: string): number {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = this.#sink.column(name);
      this.#columns.set(name, column);
      this.#describe(name, column);
    }
    return column;
  }

  #describe(name: string, column: number): void {
    const counted = this.#stepMetrics.get(name);
    const hidden = hiddenAxes.get(name);
    if (counted !== undefined) {
      const axis = counted === '*' ? 0 : 2;
      this.#sink.describe(column, { axis, why: `the run declares it as the step of "${counted}"` });
    } else if (name === stepKey) {
      this.#sink.describe(column, { axis: 1, why: 'W&B counts its log calls, or the steps it was given' });
    } else if (hidden !== undefined) {
      this.#sink.describe(column, { axis: hidden, why: 'W&B measures the time' });
    }
  }
}

/** HistoryItem: one name (or the path to a nested one) and its value as JSON. */
function readItem(item: ProtoFields, into: [name: string, value: number][]): void {
  const { bytes } = item;
  let key = '';
  const path: string[] = [];
  let json = '';
  while (item.next()) {
    if (item.wire !== wireTypes.bytes) continue;
    if (item.field === 1) key = decodeUtf8(bytes, item.from, item.to);
    else if (item.field === 2) path.push(decodeUtf8(bytes, item.from, item.to));
    else if (item.field === 16) json = decodeUtf8(bytes, item.from, item.to);
  }
  if (item.isBroken) return;
  const name = key === '' ? path.join('.') : key;
  if (name !== '') numbersOf(json, name, into);
}

function readStep(step: ProtoFields): number {
  let number = 0;
  while (step.next()) if (step.field === 1 && step.wire === wireTypes.varint) number = step.integer();
  return number;
}

const magic = [0x3a, 0x57, 0x26, 0x42] as const;

/** The file that W&B keeps beside what it sends, `run-<id>.wandb`. */
export const wandb: BinaryFormat = {
  kind: 'binary',
  id: 'wandb',
  title: 'W&B run file',
  mostConfidence: 0.99,
  sniff({ bytes }) {
    if (!magic.every((byte, i) => bytes[i] === byte) || bytes.length < 7) return null;
    return readU16(bytes, 4) === 0xbee1
      ? { confidence: 0.99, because: 'it begins with the mark of a W&B run file' }
      : { confidence: 0.7, because: 'it begins like a W&B run file; the rest of its mark is damaged' };
  },
  open: (sink) => new WandbLog(sink),
};
