import { ProtoFields, wireTypes } from './binary/protobuf.ts';
import type { RecordVisitor } from './binary/recordVisitor.ts';
import { RepeatedTexts } from './binary/repeatedTexts.ts';
import { readScalarTensor } from './binary/scalarTensor.ts';
import type { TagPoint } from './binary/tagClocks.ts';
import { TagClocks } from './binary/tagClocks.ts';
import { findTfRecord, TfRecords } from './binary/tfRecords.ts';
import { tornRecord } from './binary/tornRecord.ts';
import { decodeUtf8 } from './bytes/utf8.ts';
import type { BinaryFormat, Parser, RowSink, Sample } from './format.ts';

const stepName = 'step';
const wallTimeName = 'wall_time';
const epochName = 'epoch';

/** Plugins whose tensors are no scalars even when they hold one number. */
const isScalarPlugin = (plugin: string | undefined): boolean => plugin === undefined || plugin === 'scalars';

/** Events looked at before it is said which tags count the same steps. */
const settlingEvents = 4096;

/** What is known of a tag; nothing of it is looked up by its name at each event. */
interface Tag {
  readonly name: string;
  /** A writer may name it only once. */
  plugin: string | undefined;
  /** -1 before its first point. */
  column: number;
  /** -1 until it is settled. */
  clock: number;
}

class Tags {
  readonly #byName = new Map<string, Tag>();
  readonly #byBytes = new RepeatedTexts((name) => this.#named(name));

  read(bytes: Uint8Array, from: number, to: number): Tag {
    return this.#byBytes.read(bytes, from, to);
  }

  copy(): Tags {
    const copy = new Tags();
    for (const [name, tag] of this.#byName) copy.#byName.set(name, { ...tag });
    return copy;
  }

  of({ name }: Tag): Tag {
    return this.#named(name);
  }

  #named(name: string): Tag {
    let tag = this.#byName.get(name);
    if (tag === undefined) {
      tag = { name, plugin: undefined, column: -1, clock: -1 };
      this.#byName.set(name, tag);
    }
    return tag;
  }
}

/** A point that waits until the clocks are settled. */
interface WaitingPoint {
  /** Number of its event. */
  readonly order: number;
  readonly at: number;
  readonly step: number;
  readonly wallTime: number;
  readonly tag: Tag;
  readonly value: number;
}

/** Puts points into rows: those of one step and one clock that come one after the other share a row. */
class EventRows {
  readonly #sink: RowSink;
  readonly #clocks: TagClocks;
  readonly #wallTimeColumn: number;
  readonly #axes: number[];
  #isOpen = false;
  #at = 0;
  #clock = 0;
  #step = 0;
  #wallTime = 0;
  /** Counts rows; a column whose mark has the row's number is filled in it. */
  #row = 0;
  readonly #marks: number[] = [];
  readonly #cellColumns: number[] = [];
  readonly #cellValues: number[] = [];
  #cellCount = 0;

  constructor(sink: RowSink, from?: EventRows) {
    this.#sink = sink;
    this.#wallTimeColumn = sink.column(wallTimeName);
    sink.describe(this.#wallTimeColumn, { axis: 9, why: 'the wall time of each TensorBoard event, in seconds' });
    this.#clocks = from === undefined ? new TagClocks() : from.#clocks.copy();
    this.#axes = from === undefined ? [] : [...from.#axes];
    if (from === undefined || !from.#isOpen) return;
    this.#open(from.#at, from.#clock, from.#step, from.#wallTime);
    for (let i = 0; i < from.#cellCount; i += 1) this.#put(from.#cellColumns[i] ?? 0, from.#cellValues[i] ?? 0);
  }

  settle(points: readonly WaitingPoint[]): void {
    const byTag = new Map<string, TagPoint[]>();
    for (const { tag, order, step } of points) {
      const list = byTag.get(tag.name);
      if (list === undefined) byTag.set(tag.name, [{ order, step }]);
      else list.push({ order, step });
    }
    this.#clocks.settle(byTag);
    for (const { at, step, wallTime, tag, value } of points) this.add(at, step, wallTime, tag, value);
  }

  add(at: number, step: number, wallTime: number, tag: Tag, value: number): void {
    if (tag.clock < 0) tag.clock = this.#clocks.at(tag.name, step);
    else this.#clocks.advance(tag.clock, step);
    if (tag.column < 0) tag.column = this.#sink.column(columnName(tag.name));
    const { clock, column } = tag;
    if (!this.#isOpen || this.#clock !== clock || this.#step !== step || this.#marks[column] === this.#row) {
      this.flush();
      this.#open(at, clock, step, wallTime);
    }
    this.#put(column, value);
  }

  flush(): void {
    if (!this.#isOpen) return;
    this.#sink.beginRow(this.#at);
    this.#sink.number(this.#axisOf(this.#clock), this.#step);
    this.#sink.number(this.#wallTimeColumn, this.#wallTime);
    for (let i = 0; i < this.#cellCount; i += 1) {
      this.#sink.number(this.#cellColumns[i] ?? 0, this.#cellValues[i] ?? 0);
    }
    this.#sink.endRow();
    this.#isOpen = false;
  }

  #open(at: number, clock: number, step: number, wallTime: number): void {
    this.#isOpen = true;
    this.#row += 1;
    this.#at = at;
    this.#clock = clock;
    this.#step = step;
    this.#wallTime = wallTime;
    this.#cellCount = 0;
  }

  #put(column: number, value: number): void {
    this.#marks[column] = this.#row;
    this.#cellColumns[this.#cellCount] = column;
    this.#cellValues[this.#cellCount] = value;
    this.#cellCount += 1;
  }

  #axisOf(clock: number): number {
    let column = this.#axes[clock];
    if (column === undefined) {
      const tag = this.#clocks.names[clock] ?? '';
      // Keras says by the names of its tags that it counts epochs.
      const name = /^epoch_/.test(tag) ? epochName : clock === 0 ? stepName : `${stepName} of ${tag}`;
      column = this.#sink.column(name);
      const why =
        clock === 0
          ? 'the step of each TensorBoard event'
          : `the step of "${tag}", which counts something else than the other tags`;
      this.#sink.describe(column, { axis: clock === 0 ? 0 : 1, why });
      this.#axes[clock] = column;
    }
    return column;
  }
}

class EventFile implements Parser, RecordVisitor {
  readonly #sink: RowSink;
  readonly #records = new TfRecords();
  #tags = new Tags();
  #rows: EventRows;
  /** Points not put into rows yet, because too few are known to tell their clocks; null afterwards. */
  #waiting: WaitingPoint[] | null = [];
  #events = 0;
  readonly #fields = new ProtoFields(new Uint8Array(0), 0, 0);
  /** Of the event that is read. */
  readonly #pointTags: Tag[] = [];
  readonly #pointValues: number[] = [];
  #pointCount = 0;

  constructor(sink: RowSink) {
    this.#sink = sink;
    this.#rows = new EventRows(sink);
  }

  feed(bytes: Uint8Array): void {
    this.#records.feed(bytes, this);
  }

  finish(): void {
    const [tags, rows, waiting, events] = [this.#tags, this.#rows, this.#waiting, this.#events];
    // What is offered is read with copies: nothing of it is remembered.
    const offered = tags.copy();
    this.#tags = offered;
    this.#rows = new EventRows(this.#sink, rows);
    this.#waiting = waiting === null ? null : waiting.map((point) => ({ ...point, tag: offered.of(point.tag) }));
    this.#records.finish(this);
    if (this.#waiting !== null) this.#rows.settle(this.#waiting);
    this.#rows.flush();
    this.#tags = tags;
    this.#rows = rows;
    this.#waiting = waiting;
    this.#events = events;
  }

  record(bytes: Uint8Array, from: number, to: number, at: number): void {
    const fields = this.#fields.restart(bytes, from, to);
    let step = 0;
    let wallTime = 0;
    let isBroken = false;
    this.#pointCount = 0;
    while (fields.next()) {
      if (fields.field === 1 && fields.wire === wireTypes.fixed64) wallTime = fields.double();
      else if (fields.field === 2 && fields.wire === wireTypes.varint) step = fields.integer();
      else if (fields.field === 5 && fields.wire === wireTypes.bytes) {
        const summary = fields.message();
        while (summary.next()) {
          if (summary.field === 1 && summary.wire === wireTypes.bytes) this.#readValue(summary.message());
        }
        isBroken ||= summary.isBroken;
      }
    }
    if (isBroken || fields.isBroken) {
      this.#sink.problem({
        code: 'unreadable-record',
        message: `The record at byte ${at} has sound checksums but is no TensorBoard event; it was left out.`,
        byte: at,
      });
      return;
    }
    if (this.#pointCount > 0) this.#takePoints(at, step, wallTime);
  }

  damage(at: number, length: number): void {
    this.#sink.problem(tornRecord(at, length));
  }

  #takePoints(at: number, step: number, wallTime: number): void {
    const order = this.#events;
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

  #readValue(value: ProtoFields): void {
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
    if (hasSimple) this.#keep(tag, simple);
    else if (tensorTo >= 0 && isScalarPlugin(tag.plugin)) {
      const scalar = readScalarTensor(value.messageAt(tensorFrom, tensorTo));
      if (scalar !== null) this.#keep(tag, scalar);
    }
  }

  #keep(tag: Tag, value: number): void {
    this.#pointTags[this.#pointCount] = tag;
    this.#pointValues[this.#pointCount] = value;
    this.#pointCount += 1;
  }
}

/** A tag may be called like one of our two columns. */
const columnName = (tag: string): string =>
  tag === stepName || tag === wallTimeName || tag.startsWith(`${stepName} of `) ? `${tag} (tag)` : tag;

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
  sniff({ bytes, fileName }: Sample) {
    const first = findTfRecord(bytes, 0);
    if (first === 0) {
      return { confidence: 0.99, because: 'it begins with a record length whose checksum is right' };
    }
    if (first > 0 && fileName.includes('tfevents')) {
      return {
        confidence: 0.8,
        because: 'its name and its records are those of an event file; its beginning is damaged',
      };
    }
    return null;
  },
  open: (sink) => new EventFile(sink),
};
