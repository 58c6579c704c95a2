import { encodeUtf8 } from '../core/formats/bytes/utf8.ts';
import type { Format, IsWanted, Sample } from '../core/formats/format.ts';
import { Refusal } from '../core/problem.ts';
import { buildRuns } from '../core/runs/buildRuns.ts';
import { coldColumns } from '../core/runs/coldColumns.ts';
import { areCovered, neededColumns, saySame } from '../core/runs/neededColumns.ts';
import { RisingAxis } from '../core/runs/risingAxis.ts';
import type { RunChoices } from '../core/runs/run.ts';
import { Table } from '../core/runs/table.ts';

/** The columns of a log that are read for certain choices, and whether what is read since bears that out. */
export class ColumnSelection {
  readonly #key: string;
  readonly #needed: ReadonlySet<string>;
  readonly #known: ReadonlySet<string>;
  /** null where all that may tell runs apart is read. */
  readonly #rising: RisingAxis | null;
  #hasNews = false;
  #checkedRows = 0;

  private constructor(
    choices: RunChoices,
    needed: ReadonlySet<string>,
    known: ReadonlySet<string>,
    rising: RisingAxis | null,
  ) {
    this.#key = keyOf(choices);
    this.#needed = needed;
    this.#known = known;
    this.#rising = rising;
  }

  /** null where all columns are to be read. The first block of the log must say the same with the selected ones. */
  static find(format: Format, sample: Sample, choices: RunChoices): ColumnSelection | null {
    if (choices.series === undefined || choices.derive !== undefined) return null;
    const known = new Set<string>();
    const all = beginningOf(format, sample, (name) => {
      known.add(name);
      return true;
    });
    try {
      const runs = buildRuns(all, choices);
      const rising = RisingAxis.find(all, runs, choices);
      const needed = neededColumns(all, runs, choices, rising?.name ?? null);
      // A format that knows of no selection asks of no name.
      if (needed === null || known.size === 0) return null;
      const some = beginningOf(format, sample, (name) => needed.has(name));
      const isSame = saySame(runs, buildRuns(some, choices), choices.series ?? []);
      return isSame ? new ColumnSelection(choices, needed, known, rising) : null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // What it refuses is told by reading all.
      return null;
    }
  }

  readonly isWanted: IsWanted = (name) => {
    if (!this.#known.has(name)) this.#hasNews = true;
    return this.#needed.has(name);
  };

  serves(choices: RunChoices | null): boolean {
    return choices !== null && keyOf(choices) === this.#key;
  }

  /** Whether the log went on as it began: no new name, no record of passed over columns only, and x as it was. */
  holds(table: Table): boolean {
    const isRising = this.#rising?.holds(table) ?? true;
    const isHeld = isRising && !this.#hasNews && areCovered(table, this.#checkedRows);
    // The last row may be one that was offered without its end, and comes again.
    this.#checkedRows = Math.max(0, table.rowCount - 1);
    return isHeld;
  }
}

/** Columns of a large log whose values are not kept until they are asked for, told by its first block. */
export function coldOf(format: Format, sample: Sample): ReadonlySet<string> {
  try {
    const beginning = beginningOf(format, sample, () => true);
    return coldColumns(beginning, buildRuns(beginning, {}));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What it refuses is told by reading all.
    return new Set();
  }
}

const keyOf = (choices: RunChoices): string => JSON.stringify(choices);

/** The whole lines or records of the first block. */
function beginningOf(format: Format, sample: Sample, isWanted: IsWanted): Table {
  const table = new Table();
  if (format.kind === 'binary') {
    const parser = format.open(table, sample, isWanted);
    parser.feed(sample.bytes);
    parser.finish();
    return table;
  }
  const lines = sample.head.slice(0, sample.head.lastIndexOf('\n') + 1);
  format.open(table, sample, isWanted).feed(encodeUtf8(lines));
  return table;
}
