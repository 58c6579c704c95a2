import { ProtoFields, wireTypes } from './binary/protobuf.ts';
import type { RecordVisitor } from './binary/recordVisitor.ts';
import { readScalarTensor } from './binary/scalarTensor.ts';
import { findTfRecord, frameLength, TfRecords } from './binary/tfRecords.ts';
import { tornRecord } from './binary/tornRecord.ts';
import { decodeUtf8 } from './bytes/utf8.ts';
import { viewOf } from './bytes/viewOf.ts';
import type { BinaryFormat, IsWanted, Parser, RowSink, Sample } from './format.ts';
import { EventRows, type WaitingPoint } from './tensorboard/eventRows.ts';
import { type ScalarShape, ScalarShapes, type ValuePlace } from './tensorboard/scalarShapes.ts';
import { isScalarPlugin, type Tag, Tags } from './tensorboard/tags.ts';

/** Events looked at before it is said which tags count the same steps. */
const settlingEvents = 4096;

/** Fields of an event by their keys; each of them is one byte. */
const keys = { wallTime: 0x09, step: 0x10, summary: 0x2a };
/** Time, and a summary of nothing. */
const shortestEvent = 11;

class EventFile implements Parser, RecordVisitor {
  readonly #sink: RowSink;
  readonly #isWanted: IsWanted;
  readonly #records = new TfRecords();
  #tags = new Tags();
  #rows: EventRows;
  /** Points not put into rows yet, because too few are known to tell their clocks; null afterwards. */
  #waiting: WaitingPoint[] | null = [];
  #events = 0;
  readonly #fields = new ProtoFields(new Uint8Array(0), 0, 0);
  #shapes = new ScalarShapes();
  #bytes: Uint8Array = new Uint8Array(0);
  #view = viewOf(this.#bytes);
  /** Of the event that is read. */
  #step = 0;
  #wallTime = 0;
  readonly #pointTags: Tag[] = [];
  readonly #pointValues: number[] = [];
  #pointCount = 0;

  constructor(sink: RowSink, isWanted: IsWanted) {
    this.#sink = sink;
    this.#isWanted = isWanted;
    this.#rows = new EventRows(sink, isWanted);
  }

  feed(bytes: Uint8Array): void {
    this.#records.feed(bytes, this);
  }

  finish(): void {
    const [tags, rows, waiting, events, shapes] = [this.#tags, this.#rows, this.#waiting, this.#events, this.#shapes];
    // What is offered is read with copies: nothing of it is remembered.
    const offered = tags.copy();
    this.#tags = offered;
    this.#shapes = new ScalarShapes();
    this.#rows = new EventRows(this.#sink, this.#isWanted, rows);
    this.#waiting = waiting === null ? null : waiting.map((point) => ({ ...point, tag: offered.of(point.tag) }));
    this.#records.finish(this);
    if (this.#waiting !== null) this.#rows.settle(this.#waiting);
    this.#rows.flush();
    this.#tags = tags;
    this.#rows = rows;
    this.#waiting = waiting;
    this.#events = events;
    this.#shapes = shapes;
  }

  record(bytes: Uint8Array, from: number, to: number, at: number): void {
    if (this.#bytes !== bytes) {
      this.#bytes = bytes;
      this.#view = viewOf(bytes);
    }
    this.#pointCount = 0;
    if (!this.#readAsWritten(from, to) && !this.#readFields(from, to)) {
      this.#sink.problem({
        code: 'unreadable-record',
        message: `The record at byte ${at} has sound checksums but is no TensorBoard event; it was left out.`,
        byte: at,
      });
      return;
    }
    if (this.#pointCount > 0) this.#takePoints(at);
  }

  damage(at: number, length: number): void {
    this.#sink.problem(tornRecord(at, length));
  }

  /** An event as all writers put it: time, step and a summary of scalars known by their bytes. False where it is another. */
  #readAsWritten(from: number, to: number): boolean {
    const view = this.#view;
    if (to - from < shortestEvent || view.getUint8(from) !== keys.wallTime) return false;
    let at = from + 9;
    let step = 0;
    if (view.getUint8(at) === keys.step) {
      at += 1;
      let byte = 128;
      for (let unit = 1; byte >= 128 && unit <= 2 ** 42; unit *= 128, at += 1) {
        if (at >= to) return false;
        byte = view.getUint8(at);
        step += (byte & 127) * unit;
      }
      if (byte >= 128) return false;
    }
    if (at + 2 > to || view.getUint8(at) !== keys.summary) return false;
    const length = view.getUint8(at + 1);
    at += 2;
    if (length >= 128 || at + length !== to) return false;
    while (at < to) {
      const shape = this.#shapes.find(view, at, to);
      if (shape === null) return false;
      this.#keepScalar(shape, at);
      at += shape.length;
    }
    this.#step = step;
    this.#wallTime = view.getFloat64(from + 1, true);
    return true;
  }

  /** False where the record is no event. */
  #readFields(from: number, to: number): boolean {
    const fields = this.#fields.restart(this.#bytes, from, to);
    let isBroken = false;
    this.#step = 0;
    this.#wallTime = 0;
    this.#pointCount = 0;
    while (fields.next()) {
      if (fields.field === 1 && fields.wire === wireTypes.fixed64) this.#wallTime = fields.double();
      else if (fields.field === 2 && fields.wire === wireTypes.varint) this.#step = fields.integer();
      else if (fields.field === 5 && fields.wire === wireTypes.bytes) {
        const summary = fields.message();
        while (summary.next()) {
          if (summary.field !== 1 || summary.wire !== wireTypes.bytes) continue;
          const shape = this.#shapes.find(this.#view, summary.start, summary.to);
          if (shape === null) this.#readValue(summary.message(), summary);
          else this.#keepScalar(shape, summary.start);
        }
        isBroken ||= summary.isBroken;
      }
    }
    return !isBroken && !fields.isBroken;
  }

  #takePoints(at: number): void {
    const [step, wallTime, order] = [this.#step, this.#wallTime, this.#events];
    this.#events += 1;
    for (let i = 0; i < this.#pointCount; i += 1) {
      const tag = this.#pointTags[i];
      const value = this.#pointValues[i] ?? 0;
      if (tag === undefined) continue;
      if (this.#waiting === null) this.#rows.add(at, step, wallTime, tag, value);
      else this.#waiting.push({ order, at, step, wallTime, tag, value });
    }
    if (this.#waiting === null || this.#events < settlingEvents) return;
    this.#rows.settle(this.#waiting);
    this.#waiting = null;
  }

  #readValue(value: ProtoFields, { start, from, to }: ValuePlace): void {
    const { bytes } = value;
    let tag: Tag | null = null;
    let simple = Number.NaN;
    let hasSimple = false;
    let tensorFrom = 0;
    let tensorTo = -1;
    let plugin: string | null = null;
    while (value.next()) {
      if (value.field === 1 && value.wire === wireTypes.bytes) {
        tag = value.from === value.to ? null : this.#tags.read(bytes, value.from, value.to);
      } else if (value.field === 2 && value.wire === wireTypes.fixed32) {
        simple = value.float();
        hasSimple = true;
      } else if (value.field === 8 && value.wire === wireTypes.bytes) {
        tensorFrom = value.from;
        tensorTo = value.to;
      } else if (value.field === 9 && value.wire === wireTypes.bytes) plugin = readPlugin(value.message());
    }
    if (value.isBroken || tag === null) return;
    if (plugin !== null) tag.plugin = plugin;
    const isTensor = !hasSimple && tensorTo >= 0 && isScalarPlugin(tag.plugin);
    const scalar = isTensor ? readScalarTensor(value.messageAt(tensorFrom, tensorTo)) : hasSimple ? simple : null;
    if (scalar === null) return;
    this.#keep(tag, scalar);
    this.#shapes.learn(bytes, { start, from, to }, tag, plugin);
  }

  #keepScalar({ tag, plugin, isTensor, isDouble, numberAt }: ScalarShape, at: number): void {
    if (plugin !== null) tag.plugin = plugin;
    if (isTensor && !isScalarPlugin(tag.plugin)) return;
    const place = at + numberAt;
    this.#keep(tag, isDouble ? this.#view.getFloat64(place, true) : this.#view.getFloat32(place, true));
  }

  #keep(tag: Tag, value: number): void {
    this.#pointTags[this.#pointCount] = tag;
    this.#pointValues[this.#pointCount] = value;
    this.#pointCount += 1;
  }
}

/** SummaryMetadata: plugin_data.plugin_name. */
function readPlugin(metadata: ProtoFields): string | null {
  while (metadata.next()) {
    if (metadata.field !== 1 || metadata.wire !== wireTypes.bytes) continue;
    const data = metadata.message();
    while (data.next()) {
      if (data.field === 1 && data.wire === wireTypes.bytes) return decodeUtf8(data.bytes, data.from, data.to);
    }
  }
  return null;
}

/** TensorBoard event files of any writer: TensorFlow, PyTorch, tensorboardX, CatBoost. */
export const tfevents: BinaryFormat = {
  kind: 'binary',
  id: 'tfevents',
  title: 'TensorBoard event file',
  mostConfidence: 0.99,
  sniff({ bytes, fileName }: Sample) {
    const isNamed = fileName.includes('tfevents');
    // Only of a log with that name it is asked whether records stand behind a damaged beginning.
    const first = findTfRecord(viewOf(isNamed ? bytes : bytes.subarray(0, frameLength)), 0);
    if (first === 0) {
      return { confidence: 0.99, because: 'it begins with a record length whose checksum is right' };
    }
    if (first > 0 && isNamed) {
      return {
        confidence: 0.8,
        because: 'its name and its records are those of an event file; its beginning is damaged',
      };
    }
    return null;
  },
  open: (sink, _sample, isWanted = () => true) => new EventFile(sink, isWanted),
};
