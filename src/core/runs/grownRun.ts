import { AppendedRows } from './appendedRows.ts';
import type { Axis } from './axisFinder.ts';
import { mayBeSeries, type NewestRun } from './buildRuns.ts';
import { finishRun } from './finishRun.ts';
import { GrowingFloats } from './growingArray.ts';
import { GrowingSeries, type LookedAt, SharedX } from './growingSeries.ts';
import type { MedianWithin } from './medianWithin.ts';
import { type PartRows, partRows, withAllFrom } from './partRows.ts';
import type { Run, RunChoices } from './run.ts';
import type { Table } from './table.ts';

/** The newest run of a log since the last look at the whole of it. */
export class GrownRun {
  readonly #run: Run;
  readonly #problems: Run['problems'];
  readonly #main: Axis;
  readonly #spacing: MedianWithin | null;
  readonly #rows: PartRows;
  readonly #series: readonly GrowingSeries[];
  readonly #checkpoints = new GrowingFloats();
  #rowCount: number;
  /** Of the main axis. */
  #last: number;

  constructor({ main, drafts, rows, problems, spacing }: NewestRun, run: Run, look: LookedAt) {
    const { rowCount, growth } = look;
    this.#run = run;
    this.#problems = problems;
    this.#main = main;
    this.#spacing = spacing;
    this.#rows = withAllFrom(partRows(rows, rowCount), rowCount);
    const isToEnd = rowCount - (rows[0] ?? rowCount) === rows.length;
    const shared = new Map<Float64Array, SharedX>();
    this.#series = drafts.map((draft) => {
      const { x, kept } = draft.clean;
      const known = shared.get(x) ?? new SharedX(kept === null ? x : new Float64Array(0), growth);
      shared.set(x, known);
      return new GrowingSeries(draft, known, look, isToEnd);
    });
    this.#checkpoints.begin(run.checkpoints, growth);
    this.#rowCount = rowCount;
    this.#last = main.values.findLast((x) => !Number.isNaN(x)) ?? Number.NEGATIVE_INFINITY;
  }

  /** null where what came is not how it went on before; then it is of no use any more. */
  extended(table: Table, choices: RunChoices): Run | null {
    const rows = new AppendedRows(this.#rowCount, table.rowCount, this.#main);
    if (
      this.#hasNewSeries(table) ||
      !this.#rises(rows) ||
      !this.#series.every((one) => one.extend(rows)) ||
      !this.#addCheckpoints()
    )
      return null;
    this.#rowCount = table.rowCount;
    const drafts = this.#series.map(({ draft }) => draft);
    const { name, xName, resumes } = this.#run;
    const part = { name, budget: table.segments.at(-1)?.budget ?? null, rows: this.#rows };
    const placed = { xName, checkpoints: this.#checkpoints.view(), drafts };
    return { ...finishRun(table, part, placed, choices, this.#problems), resumes };
  }

  /** Whether a column that only runs before this one had goes on in it. */
  #hasNewSeries({ columns }: Table): boolean {
    const known = new Set(this.#series.map(({ draft }) => draft.column));
    return columns.some(
      (column) => column.rows.last >= this.#rowCount && !known.has(column) && mayBeSeries(column, this.#main.name),
    );
  }

  #rises(rows: AppendedRows): boolean {
    const x = rows.xOf(this.#main);
    if (x === null) return false;
    for (const at of x) {
      if (Number.isNaN(at)) continue;
      if (!(at >= this.#last && at < Number.POSITIVE_INFINITY)) return false;
      if (at > this.#last) this.#spacing?.add(at - this.#last);
      this.#last = at;
    }
    return this.#spacing?.holds !== false;
  }

  #addCheckpoints(): boolean {
    const own = this.#series.filter(({ draft }) => draft.axis.name === this.#run.xName);
    const added = new Set(own.flatMap((one) => one.added));
    const rising = Float64Array.from(added).sort();
    const { length } = this.#checkpoints;
    if (length > 0 && (rising[0] ?? Number.POSITIVE_INFINITY) <= this.#checkpoints.at(length - 1)) return false;
    this.#checkpoints.append(rising);
    return true;
  }
}
