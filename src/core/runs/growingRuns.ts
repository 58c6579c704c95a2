import { type Control, unwatched } from '../control.ts';
import { type BuiltRuns, buildAll, type NewestRun } from './buildRuns.ts';
import type { ColdPart } from './coldParts.ts';
import { GrownRun } from './grownRun.ts';
import type { Budget, Run, RunChoices } from './run.ts';
import type { Column, Table } from './table.ts';

/** How far a table may grow before it is looked at as a whole again. */
export interface Patience {
  /** Fewer cells are looked at in some milliseconds each time. */
  readonly leastCells: number;
  /** As a multiple of the rows of the last look: which axis is taken, and what a name means, hangs on all of them. */
  readonly mostGrowth: number;
}

/** As a multiple of what there is. */
const mostRoom = 1.125;

const usual: Patience = { leastCells: 50_000, mostGrowth: mostRoom };

interface Look {
  readonly rowCount: number;
  readonly cutCount: number;
  readonly columns: readonly {
    readonly facts: Column['facts'];
    readonly cold: Column['cold'];
    readonly isEmpty: boolean;
  }[];
  readonly segmentCount: number;
  readonly budget: Budget | null;
  readonly newest: NewestRun | null;
  /** What is said of cold columns holds. */
  readonly isTold: boolean;
  readonly parts: readonly ColdPart[] | null;
}

/**
 * The runs of a log that grows: those of `buildRuns`, where a newest run that goes on as before costs only what was appended,
 * and the runs before it stay as they are. Where it does not (x falls, a column is new, rows were taken back), the log is looked
 * at as a whole.
 */
export class GrowingRuns {
  readonly #table: Table;
  readonly #choices: RunChoices;
  readonly #patience: Patience;
  #runs: readonly Run[] = [];
  #look: Look | null = null;
  /** null until the newest run has grown since the look. */
  #grown: GrownRun | null = null;

  constructor(table: Table, choices: RunChoices, patience: Patience = usual) {
    this.#table = table;
    this.#choices = choices;
    this.#patience = patience;
  }

  /** Whether what was said of cold columns does not hold: rows were overwritten, or there are several runs. */
  get needsMore(): boolean {
    return this.#look?.isTold === false && this.#table.columns.some(({ cold }) => cold !== null);
  }

  /** Runs by which cold columns can be summed up so that all is told; null where their values are needed. */
  get parts(): readonly ColdPart[] | null {
    return this.#look?.parts ?? null;
  }

  /** @throws Refusal where a choice names what is not there, Cancelled once the control says so: then the next look is a whole one. */
  now(control: Control = unwatched): readonly Run[] {
    const run = this.#goneOn();
    if (run !== null) this.#runs = [...this.#runs.slice(0, -1), run];
    else {
      this.#look = null;
      this.#grown = null;
      const built = buildAll(this.#table, this.#choices, control);
      this.#runs = built.runs;
      this.#look = this.#lookOf(built);
    }
    return this.#runs;
  }

  #lookOf({ newest, isTold, parts }: BuiltRuns): Look {
    const { rowCount, cutCount, columns, segments } = this.#table;
    return {
      rowCount,
      cutCount,
      columns: columns.map(({ facts, cold, rows }) => ({ facts, cold, isEmpty: rows.length === 0 })),
      segmentCount: segments.length,
      budget: segments.at(-1)?.budget ?? null,
      newest,
      isTold,
      parts: isTold ? null : parts,
    };
  }

  /** The newest run; null where the table is to be looked at as a whole. */
  #goneOn(): Run | null {
    const look = this.#look;
    const run = this.#runs.at(-1);
    const { rowCount, cutCount, segments, columns } = this.#table;
    if (look === null || run === undefined || this.needsMore) return null;
    const isTooMuch = rowCount > this.#patience.mostGrowth * look.rowCount || rowCount < look.rowCount;
    if (isTooMuch || cutCount !== look.cutCount || segments.length !== look.segmentCount) return null;
    // Runs of one segment have its budget in common.
    if (this.#runs.length > 1 && segments.at(-1)?.budget !== look.budget) return null;
    if (columns.reduce((sum, { rows }) => sum + rows.length, 0) < this.#patience.leastCells) return null;
    const isKnown = columns.every(({ facts, cold, rows }, i) => {
      const before = look.columns[i];
      const isEmpty = rows.length === 0;
      if (before === undefined) return isEmpty;
      return before.facts === facts && before.cold === cold && before.isEmpty === isEmpty;
    });
    if (!isKnown) return null;
    this.#grown ??= this.#toGrow(look, run);
    return this.#grown?.extended(this.#table, this.#choices) ?? null;
  }

  #toGrow({ newest, rowCount, ...rest }: Look, run: Run): GrownRun | null {
    if (newest === null) return null;
    // What it is made of is copied, with room to grow: it need not be kept twice.
    this.#look = { ...rest, rowCount, newest: null };
    const growth = Math.min(this.#patience.mostGrowth, mostRoom);
    return new GrownRun(newest, run, { rowCount, growth });
  }
}
