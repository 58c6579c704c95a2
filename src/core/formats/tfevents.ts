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

interface Point {
  readonly tag: string;
  readonly value: number;
}

/** One TensorBoard event: only what makes points is kept of it. */
interface Event {
  readonly at: number;
  readonly step: number;
  readonly wallTime: number;
  readonly points: readonly Point[];
}

/** Puts events into rows: the points of one step and one clock that come one after the other share a row. */
class EventRows {
  readonly #sink: RowSink;
  readonly #clocks: TagClocks;
  readonly #columns: Map<string, number>;
  readonly #wallTime: number;
  readonly #axes: number[];
  #row: { readonly at: number; readonly clock: number; readonly step: number; readonly wallTime: number } | null;
  #cells: Map<number, number>;

  constructor(sink: RowSink, from?: EventRows) {
    this.#sink = sink;
    this.#wallTime = sink.column(wallTimeName);
    sink.describe(this.#wallTime, { axis: 9, why: 'the wall time of each TensorBoard event, in seconds' });
    this.#clocks = from === undefined ? new TagClocks() : from.#clocks.copy();
    this.#columns = new Map(from === undefined ? [] : from.#columns);
    this.#axes = from === undefined ? [] : [...from.#axes];
    this.#row = from === undefined ? null : from.#row;
    this.#cells = new Map(from === undefined ? [] : from.#cells);
  }

  settle(events: readonly Event[]): void {
    const tags = new Map<string, TagPoint[]>();
    events.forEach(({ step, points }, order) => {
      for (const { tag } of points) {
        const list = tags.get(tag);
        if (list === undefined) tags.set(tag, [{ order, step }]);
        else list.push({ order, step });
      }
    });
    this.#clocks.settle(tags);
    for (const event of events) this.add(event);
  }

  add({ at, step, wallTime, points }: Event): void {
    for (const { tag, value } of points) {
      const clock = this.#clocks.at(tag, step);
      const column = this.#columnOf(tag);
      const row = this.#row;
      if (row === null || row.clock !== clock || row.step !== step || this.#cells.has(column)) {
        this.flush();
        this.#row = { at, clock, step, wallTime };
      }
      this.#cells.set(column, value);
    }
  }

  flush(): void {
    const row = this.#row;
    if (row === null) return;
    this.#sink.beginRow(row.at);
    this.#sink.number(this.#axisOf(row.clock), row.step);
    this.#sink.number(this.#wallTime, row.wallTime);
    for (const [column, value] of this.#cells) this.#sink.number(column, value);
    this.#sink.endRow();
    this.#row = null;
    this.#cells.clear();
  }

  #columnOf(tag: string): number {
    let column = this.#columns.get(tag);
    if (column === undefined) {
      column = this.#sink.column(columnName(tag));
      this.#columns.set(tag, column);
    }
    return column;
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
  /** A writer may name the plugin of a tag only once. */
  #plugins = new Map<string, string>();
  /** Events not put into rows yet, because too few are known to tell their clocks; null afterwards. */
  #unsettled: Event[] | null = [];
  readonly #rows: EventRows;
  readonly #tags = new RepeatedTexts();

  constructor(sink: RowSink) {
    this.#sink = sink;
    this.#rows = new EventRows(sink);
  }

  feed(bytes: Uint8Array): void {
    this.#records.feed(bytes, this);
  }

  finish(): void {
    const plugins = this.#plugins;
    this.#plugins = new Map(plugins);
    const rows = new EventRows(this.#sink, this.#rows);
    const events = [...(this.#unsettled ?? [])];
    this.#records.finish({
      record: (bytes, from, to, at) => {
        const event = this.#readEvent(bytes, from, to, at);
        if (event !== null) events.push(event);
      },
      damage: (at, length) => this.damage(at, length),
    });
    if (this.#unsettled === null) for (const event of events) rows.add(event);
    else rows.settle(events);
    rows.flush();
    this.#plugins = plugins;
  }

  record(bytes: Uint8Array, from: number, to: number, at: number): void {
    const event = this.#readEvent(bytes, from, to, at);
    if (event === null) return;
    const waiting = this.#unsettled;
    if (waiting === null) {
      this.#rows.add(event);
      return;
    }
    waiting.push(event);
    if (waiting.length < settlingEvents) return;
    this.#rows.settle(waiting);
    this.#unsettled = null;
  }

  damage(at: number, length: number): void {
    this.#sink.problem(tornRecord(at, length));
  }

  /** Null where it holds no point. */
  #readEvent(bytes: Uint8Array, from: number, to: number, at: number): Event | null {
    const fields = new ProtoFields(bytes, from, to);
    let step = 0;
    let wallTime = 0;
    const points: Point[] = [];
    let isBroken = false;
    while (fields.next()) {
      if (fields.field === 1 && fields.wire === wireTypes.fixed64) wallTime = fields.double();
      else if (fields.field === 2 && fields.wire === wireTypes.varint) step = fields.integer();
      else if (fields.field === 5 && fields.wire === wireTypes.bytes) {
        const summary = fields.message();
        while (summary.next()) {
          if (summary.field === 1 && summary.wire === wireTypes.bytes) this.#readValue(summary.message(), points);
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
      return null;
    }
    return points.length === 0 ? null : { at, step, wallTime, points };
  }

  #readValue(value: ProtoFields, points: Point[]): void {
    const { bytes } = value;
    let tag = '';
    let simple: number | null = null;
    let tensor: ProtoFields | null = null;
    let plugin: string | null = null;
    while (value.next()) {
      if (value.field === 1 && value.wire === wireTypes.bytes) tag = this.#tags.read(bytes, value.from, value.to);
      else if (value.field === 2 && value.wire === wireTypes.fixed32) simple = value.float();
      else if (value.field === 8 && value.wire === wireTypes.bytes) tensor = value.message();
      else if (value.field === 9 && value.wire === wireTypes.bytes) plugin = readPlugin(value.message());
    }
    if (value.isBroken || tag === '') return;
    if (plugin !== null) this.#plugins.set(tag, plugin);
    const number =
      simple ?? (tensor !== null && isScalarPlugin(this.#plugins.get(tag)) ? readScalarTensor(tensor) : null);
    if (number !== null) points.push({ tag, value: number });
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
