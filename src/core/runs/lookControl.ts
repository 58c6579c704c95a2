import type { Control } from '../control.ts';

const shownFrom = 100_000;

/** Lets a look at the rows of a table be watched and stopped: it is asked from column to column, and costs nothing beside one. */
export class LookControl {
  readonly #control: Control;
  readonly #rowCount: number;
  readonly #cells: number;
  #note = '';
  #done = 0;

  /** @param rowCount of the table. @param columnCount of its columns with values */
  constructor(control: Control, rowCount: number, columnCount: number) {
    this.#control = control;
    this.#cells = Math.max(1, rowCount * columnCount);
    this.#rowCount = rowCount;
  }

  /** Throws Cancelled once the look is no longer wanted. */
  check(): void {
    this.#control.check();
  }

  /** The same, and says how far the look is. @param rows that one more column was looked at in */
  lookedAt(rows: number): void {
    this.#control.check();
    this.#done = Math.min(this.#cells, this.#done + rows);
    if (this.#cells < shownFrom) return;
    // Not before it is shown: loading the words of a language takes longer than looking at a small log.
    if (this.#note === '') this.#note = `sorting ${this.#rowCount.toLocaleString('en')} rows into runs`;
    this.#control.progress(this.#done / this.#cells, this.#note);
  }
}
