import { isOutcomeName, isSideName } from '../metricName.ts';
import type { RunPlace } from './runPlace.ts';
import type { Cell } from './writeRow.ts';

/** A line with more numbers is data. */
const mostCells = 200;

/** What is true of a line whatever its numbers are; found out when it is asked for. */
export class LineKind {
  readonly #place: RunPlace;
  readonly #values: readonly Cell[];
  #key: string | null = null;
  #words = -1;
  #label: string | null | undefined;
  #isNamed: boolean | null = null;
  #isRecord: boolean | null = null;

  /** @param place of a line of this kind. @param values of the same line */
  constructor(place: RunPlace, values: readonly Cell[]) {
    this.#place = place;
    this.#values = values;
  }

  get names(): readonly string[] {
    return this.#values.map(([name]) => name);
  }

  get hasPlace(): boolean {
    return this.#place.counters.length > 0 || this.#place.batch !== null;
  }

  /** What its counters and its numbers are called. */
  get key(): string {
    const { counters, batch } = this.#place;
    this.#key ??= [...counters.map(({ name }) => name), ...(batch === null ? [] : ['batch']), '', ...this.names].join(
      '\u0000',
    );
    return this.#key;
  }

  /** Words apart from where it says that the run is; a heading has few. */
  get words(): number {
    if (this.#words < 0) this.#words = this.#place.rest.match(/\p{L}{2,}/gu)?.length ?? 0;
    return this.#words;
  }

  /** The words before the first number of a line, where they are few: a label of what follows. */
  get label(): string | null {
    if (this.#label === undefined)
      this.#label = /^\W*(\p{L}+(?: \p{L}+){0,2})\s*:\s*\p{L}/u.exec(this.#place.rest)?.[1] ?? null;
    return this.#label;
  }

  /** One of its numbers is that of a metric. */
  get isNamed(): boolean {
    this.#isNamed ??= this.#values.some(([name]) => isOutcomeName(name));
    return this.#isNamed;
  }

  /** Metrics, or under a counter numbers whose names tell nothing, but are no clocks and settings. */
  get isRecord(): boolean {
    this.#isRecord ??=
      this.#values.length <= mostCells &&
      (this.isNamed || (this.hasPlace && this.#values.filter(([name]) => !isSideName(name)).length >= 2));
    return this.#isRecord;
  }
}
