import type { TagPoint } from '../binary/tagClocks.ts';
import { TagClocks } from '../binary/tagClocks.ts';
import type { IsWanted, RowSink } from '../format.ts';
import type { Tag } from './tags.ts';

const stepName = 'step';
const wallTimeName = 'wall_time';
const epochName = 'epoch';
/** Column of tags whose values are not kept. */
const nowhere = -1;

/** A point that waits until the clocks are settled. */
export interface WaitingPoint {
  /** Number of its event. */
  readonly order: number;
  readonly at: number;
  readonly step: number;
  readonly wallTime: number;
  readonly tag: Tag;
  readonly value: number;
}

/** Puts points into rows: those of one step and one clock that come one after the other share a row. */
export class EventRows {
  readonly #sink: RowSink;
  readonly #isWanted: IsWanted;
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

  constructor(sink: RowSink, isWanted: IsWanted, from?: EventRows) {
    this.#sink = sink;
    this.#isWanted = isWanted;
    this.#wallTimeColumn = sink.column(wallTimeName);
    sink.describe(this.#wallTimeColumn, { axis: 9, why: 'the wall time of each TensorBoard event, in seconds' });
    this.#clocks = from === undefined ? new TagClocks() : from.#clocks.copy();
    this.#axes = from === undefined ? [] : [...from.#axes];
    if (from === undefined || !from.#isOpen) return;
    // Tags remember rows by their numbers.
    this.#row = from.#row - 1;
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
    const column = tag.column ?? this.#columnOf(tag);
    const filled = column === nowhere ? tag.row : this.#marks[column];
    if (!this.#isOpen || this.#clock !== tag.clock || this.#step !== step || filled === this.#row) {
      this.flush();
      this.#open(at, tag.clock, step, wallTime);
    }
    // What is not kept takes its part in the row all the same: rows are those that all tags together make.
    if (column === nowhere) tag.row = this.#row;
    else this.#put(column, value);
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

  #columnOf(tag: Tag): number {
    const name = columnName(tag.name);
    tag.column = this.#isWanted(name) ? Math.max(nowhere, this.#sink.column(name)) : nowhere;
    return tag.column;
  }

  #axisOf(clock: number): number {
    let column = this.#axes[clock];
    if (column === undefined) {
      const tag = this.#clocks.names[clock] ?? '';
      // Keras says by the names of its tags that it counts epochs.
      const name = /^epoch_/.test(tag) ? epochName : clock === 0 ? stepName : `${stepName} of ${tag}`;
      // Asked for what it knows of; an axis is always read.
      this.#isWanted(name);
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

/** A tag may be called like one of our two columns. */
const columnName = (tag: string): string =>
  tag === stepName || tag === wallTimeName || tag.startsWith(`${stepName} of `) ? `${tag} (tag)` : tag;
