import type { Axis } from './axisFinder.ts';
import { type BuiltRuns, buildAll, type PlainRun } from './buildRuns.ts';
import { finishRun } from './finishRun.ts';
import { GrowingFloats } from './growingArray.ts';
import { GrowingSeries, type NewRows, SharedX } from './growingSeries.ts';
import type { Run, RunChoices } from './run.ts';
import type { Column, Table } from './table.ts';

/** How far a table may grow before it is looked at as a whole again. */
export interface Patience {
  /** Fewer cells are looked at in some milliseconds each time. */
  readonly leastCells: number;
  /** As a multiple of the rows of the last look: which axis is taken, and what a name means, hangs on all of them. */
  readonly mostGrowth: number;
}

const usual: Patience = { leastCells: 50_000, mostGrowth: 1.125 };

interface Look {
  readonly rowCount: number;
  readonly cutCount: number;
  readonly columns: readonly {
    readonly facts: Column['facts'];
    readonly cold: Column['cold'];
    readonly isEmpty: boolean;
  }[];
  readonly plain: PlainRun | null;
}

/**
 * The runs of a log that grows: those of `buildRuns`, where a plain log that goes on as before costs only what was appended.
 * Where it does not (x falls, a column is new, rows were taken back), it is looked at as a whole.
 */
export class GrowingRuns {
  readonly #table: Table;
  readonly #choices: RunChoices;
  readonly #patience: Patience;
  #runs: readonly Run[] = [];
  #look: Look | null = null;
  /** null until a plain log has grown since the look. */
  #grown: GrownRun | null = null;

  constructor(table: Table, choices: RunChoices, patience: Patience = usual) {
    this.#table = table;
    this.#choices = choices;
    this.#patience = patience;
  }

  /** Whether what was said of cold columns is only true of a plain run, which this one is not. */
  get needsAll(): boolean {
    return this.#look?.plain === null && this.#table.columns.some(({ cold }) => cold !== null);
  }

  /** @throws Refusal where a choice names what is not there. */
  now(): readonly Run[] {
    const run = this.#goneOn();
    if (run !== null) this.#runs = [run];
    else {
      this.#look = null;
      this.#grown = null;
      const built = buildAll(this.#table, this.#choices);
      this.#runs = built.runs;
      this.#look = this.#lookOf(built);
    }
    return this.#runs;
  }

  #lookOf({ plain }: BuiltRuns): Look {
    const { rowCount, cutCount, columns, segments } = this.#table;
    const hasErrors = plain?.drafts.some(({ errors }) => errors !== null) ?? false;
    const isPlain = segments.length === 1 && (this.#choices.where ?? []).length === 0 && !hasErrors;
    return {
      rowCount,
      cutCount,
      columns: columns.map(({ facts, cold, rows }) => ({ facts, cold, isEmpty: rows.length === 0 })),
      plain: isPlain ? plain : null,
    };
  }

  /** null where the table is to be looked at as a whole. */
  #goneOn(): Run | null {
    const look = this.#look;
    const [run] = this.#runs;
    const { rowCount, cutCount, segments, columns } = this.#table;
    if (look === null || look.plain === null || run === undefined) return null;
    const isTooMuch = rowCount > this.#patience.mostGrowth * look.rowCount || rowCount < look.rowCount;
    if (isTooMuch || cutCount !== look.cutCount || segments.length !== 1) return null;
    if (columns.reduce((sum, { rows }) => sum + rows.length, 0) < this.#patience.leastCells) return null;
    const isKnown = columns.every(({ facts, cold, rows }, i) => {
      const before = look.columns[i];
      const isEmpty = rows.length === 0;
      if (before === undefined) return isEmpty;
      return before.facts === facts && before.cold === cold && before.isEmpty === isEmpty;
    });
    if (!isKnown) return null;
    this.#grown ??= new GrownRun(look.plain, run, look.rowCount);
    return this.#grown.extended(this.#table, this.#choices);
  }
}

/** A plain run since the last look at the whole of it. */
class GrownRun {
  readonly #run: Run;
  readonly #main: Axis;
  readonly #series: readonly GrowingSeries[];
  readonly #checkpoints = new GrowingFloats();
  #rowCount: number;
  /** Of the main axis. */
  #last: number;

  constructor({ main, drafts }: PlainRun, run: Run, rowCount: number) {
    this.#run = run;
    this.#main = main;
    const shared = new Map<Float64Array, SharedX>();
    this.#series = drafts.map((draft) => {
      const { x, kept } = draft.clean;
      const known = shared.get(x) ?? new SharedX(kept === null ? x : new Float64Array(0));
      shared.set(x, known);
      return new GrowingSeries(draft, known);
    });
    this.#checkpoints.pushAll(run.checkpoints);
    this.#rowCount = rowCount;
    this.#last = main.values.findLast((x) => !Number.isNaN(x)) ?? Number.NEGATIVE_INFINITY;
  }

  /** null where what came is not how it went on before; then it is of no use any more. */
  extended(table: Table, choices: RunChoices): Run | null {
    const rows = new AppendedRows(this.#rowCount, table.rowCount, this.#main);
    const x = rows.xOf(this.#main);
    if (x === null) return null;
    for (const at of x) {
      if (at < this.#last) return null;
      if (!Number.isNaN(at)) this.#last = at;
    }
    if (!this.#series.every((one) => one.extend(rows)) || !this.#addCheckpoints()) return null;
    this.#rowCount = table.rowCount;
    const drafts = this.#series.map(({ draft }) => draft);
    const part = { name: this.#run.name, budget: table.segments[0]?.budget ?? null, rows: null };
    const { xName } = this.#run;
    return finishRun(table, part, { xName, checkpoints: this.#checkpoints.view(), drafts }, choices, []);
  }

  #addCheckpoints(): boolean {
    const own = this.#series.filter(({ draft }) => draft.axis.name === this.#run.xName);
    const added = new Set(own.flatMap((one) => one.added));
    const rising = Float64Array.from(added).sort();
    const { length } = this.#checkpoints;
    if (length > 0 && (rising[0] ?? Number.POSITIVE_INFINITY) <= this.#checkpoints.at(length - 1)) return false;
    this.#checkpoints.pushAll(rising);
    return true;
  }
}

class AppendedRows implements NewRows {
  readonly from: number;
  readonly #to: number;
  readonly #main: Axis;
  readonly #known = new Map<Axis, Float64Array | null>();

  constructor(from: number, to: number, main: Axis) {
    this.from = from;
    this.#to = to;
    this.#main = main;
  }

  isCountOfOwn(axis: Axis): boolean {
    return axis.source === 'records' && axis !== this.#main;
  }

  xOf(axis: Axis): Float64Array | null {
    const known = this.#known.get(axis);
    if (known !== undefined) return known;
    const x = this.#find(axis);
    this.#known.set(axis, x);
    return x;
  }

  #find({ source }: Axis): Float64Array | null {
    if (source === 'place') return null;
    const x = new Float64Array(this.#to - this.from).fill(Number.NaN);
    if (source === 'records') return x.map((_, i) => this.from + i + 1);
    for (let i = source.rows.length - 1; i >= 0 && source.rows.at(i) >= this.from; i--) {
      x[source.rows.at(i) - this.from] = source.values.at(i);
    }
    return x;
  }
}
