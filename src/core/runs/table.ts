import type { ColumnFacts, NumberRows, RowSink } from '../formats/format.ts';
import type { Problem } from '../problem.ts';
import { Refusal } from '../problem.ts';
import { isSecretName, redactSecrets } from '../redactSecrets.ts';
import type { ColdParts } from './coldParts.ts';
import { type ColdSummary, ColdValues } from './coldValues.ts';
import { GrowingFloats, GrowingInts } from './growingArray.ts';
import { GrowingPlaces } from './growingPlaces.ts';
import { GrowingRows } from './growingRows.ts';
import type { Budget } from './run.ts';

/** More columns than any log has that a person could choose from; a data set on its side has millions. */
export const mostColumns = 20_000;
/** A text column with more different values holds prose, not names of groups. */
export const mostDistinctTexts = 1000;
/** Rows that room is made for at once: no more than a small part of the memory is only thought to be needed. */
const mostExpected = 4_000_000;
const oftenThere = 0.5;
/** Handle of what is not kept: what stands under the name of a password is shown to nobody. */
const nowhere = -1;
/** A longer name is no name, and each look at it would cost. */
const longestName = 500;
const longNameCode = 'long-name';
/** Longest text that can be the name of a group. */
const longestText = 200;

/** Cells of one column, by row, rising. */
export interface Column {
  readonly name: string;
  facts: ColumnFacts | null;
  readonly rows: GrowingRows;
  /** One for each row; of a cold column only the newest. */
  readonly values: GrowingFloats;
  /** null for a column whose values are kept. */
  readonly cold: ColdValues | null;
  readonly textRows: GrowingInts;
  /** Index into `texts`. */
  readonly textCodes: GrowingInts;
  readonly texts: string[];
  readonly codes: Map<string, number>;
  /** Too many or too long texts to be names of groups: they are no longer kept. */
  isProse: boolean;
}

/** Rows of one run as the log itself tells runs apart. */
export interface Segment {
  name: string | null;
  readonly firstRow: number;
  budget: Budget | null;
  /** Unix seconds; null where the log does not say it. */
  startedAt: number | null;
}

/** How far a table was filled, to come back to. */
export interface TableMark {
  readonly rowCount: number;
  readonly columnSizes: readonly (readonly [numbers: number, texts: number, distinct: number])[];
  readonly segments: readonly Segment[];
  readonly problems: readonly Problem[];
}

/** All rows of a log, by column. */
export class Table implements RowSink {
  readonly columns: Column[] = [];
  readonly #handles = new Map<string, number>();
  readonly #lines = new GrowingPlaces();
  readonly #isCold: (name: string) => boolean;
  #segments: Segment[] = [{ name: null, firstRow: 0, budget: null, startedAt: null }];
  #problems = new Map<string, Problem>();
  #rowCount = 0;
  #cutCount = 0;
  #coldParts: ColdParts | null = null;

  /** @param isCold whether the values of a column are summed up and not kept */
  constructor(isCold: (name: string) => boolean = () => false) {
    this.#isCold = isCold;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** How often rows were taken back. */
  get cutCount(): number {
    return this.#cutCount;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get problems(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  /** Line (or byte) at which a row starts. */
  lineOf(row: number): number {
    return this.#lines.at(row);
  }

  find(name: string): Column | undefined {
    const handle = this.#handles.get(name);
    return handle === undefined ? undefined : this.columns[handle];
  }

  column(name: string): number {
    const known = this.#handles.get(name);
    if (known !== undefined) return known;
    if (name.length > longestName) {
      this.#tellLongName(name);
      return nowhere;
    }
    if (isSecretName(name)) return nowhere;
    const shown = redactSecrets(name);
    if (shown !== name) return this.column(shown);
    const handle = this.columns.length;
    if (handle >= mostColumns) {
      throw new Refusal(
        'too-many-columns',
        `It has more than ${mostColumns} columns, which no training log has; if it is a table lying on its side, turn it so that a row is a checkpoint.`,
      );
    }
    this.#handles.set(name, handle);
    this.columns.push({
      name,
      facts: null,
      rows: new GrowingRows(),
      values: new GrowingFloats(),
      cold: this.#isCold(name) ? new ColdValues() : null,
      textRows: new GrowingInts(),
      textCodes: new GrowingInts(),
      texts: [],
      codes: new Map(),
      isProse: false,
    });
    return handle;
  }

  /** Once: how often it is met depends on how the log is read. */
  #tellLongName(name: string): void {
    if (this.#problems.has(longNameCode)) return;
    this.problem({
      code: longNameCode,
      message: `A column whose name has ${name.length} signs was left out: no metric has such a name. It begins with "${name.slice(0, 40)}".`,
    });
  }

  describe(column: number, facts: ColumnFacts): void {
    const found = this.columns[column];
    if (found !== undefined) found.facts = facts;
  }

  startRun(name: string | null, startedAt?: number): void {
    const shown = name === null ? null : redactSecrets(name);
    const current = this.#segments.at(-1);
    if (current !== undefined && current.firstRow === this.#rowCount) {
      current.name = shown;
      current.startedAt = startedAt ?? null;
      return;
    }
    this.#segments.push({ name: shown, firstRow: this.#rowCount, budget: null, startedAt: startedAt ?? null });
  }

  budget(budget: Budget): void {
    const current = this.#segments.at(-1);
    if (current !== undefined) current.budget = budget;
  }

  beginRow(at: number): void {
    this.#lines.set(this.#rowCount, at);
  }

  number(column: number, value: number): void {
    const found = this.columns[column];
    if (found === undefined) return;
    // A name twice in one record: the later value holds, as in every JSON reader.
    if (found.rows.last === this.#rowCount) {
      found.values.set(found.values.length - 1, value);
      return;
    }
    found.rows.push(this.#rowCount);
    found.values.push(value);
  }

  /** Makes room for so many rows, so that columns which most rows have need not be copied while they grow. */
  expect(rowCount: number): void {
    const capacity = Math.min(rowCount, mostExpected);
    for (const { rows, values, cold } of this.columns) {
      if (cold === null && rows.length > oftenThere * this.#rowCount) values.reserve(capacity);
    }
  }

  numberRows({ count, starts, columns, numbers, stride }: NumberRows): void {
    this.#lines.cut(this.#rowCount);
    this.#lines.append(starts, count);
    for (let i = 0; i < columns.length; i += 1) this.#append(columns[i] ?? nowhere, numbers, i * stride, count);
    this.#rowCount += count;
  }

  /** Those from `start` on. */
  #append(column: number, numbers: Float64Array, start: number, count: number): void {
    const found = this.columns[column];
    if (found === undefined) return;
    const end = start + count;
    const firstRow = this.#rowCount - start;
    for (let from = start; from < end; ) {
      const to = found.values.appendToNaN(numbers, from, end);
      found.rows.extend(firstRow + from, to - from);
      from = to;
      while (from < end && Number.isNaN(numbers[from])) from += 1;
    }
  }

  text(column: number, value: string): void {
    const found = this.columns[column];
    if (found === undefined || found.isProse) return;
    let code = found.codes.get(value);
    if (code === undefined) {
      if (value.length > longestText || found.texts.length >= mostDistinctTexts) {
        found.isProse = true;
        found.textRows.cut(0);
        found.textCodes.cut(0);
        found.texts.length = 0;
        found.codes.clear();
        return;
      }
      const shown = redactSecrets(value);
      if (shown !== value) {
        this.text(column, shown);
        return;
      }
      code = found.texts.length;
      found.texts.push(value);
      found.codes.set(value, code);
    }
    const last = found.textRows.length - 1;
    if (last >= 0 && found.textRows.at(last) === this.#rowCount) {
      found.textCodes.set(last, code);
      return;
    }
    found.textRows.push(this.#rowCount);
    found.textCodes.push(code);
  }

  endRow(): void {
    this.#rowCount += 1;
  }

  problem(problem: Omit<Problem, 'count'>): void {
    const known = this.#problems.get(problem.code);
    this.#problems.set(
      problem.code,
      known === undefined
        ? { ...problem, message: redactSecrets(problem.message), count: 1 }
        : { ...known, count: known.count + 1 },
    );
  }

  /** The runs by which cold columns are summed up; null: all rows are one. */
  get coldParts(): ColdParts | null {
    return this.#coldParts;
  }

  /** Tells cold columns by runs. @param sums for each cold column, one for each run */
  divide(parts: ColdParts, sums: ReadonlyMap<string, readonly ColdSummary[]>): void {
    for (const { name, cold, rows } of this.columns) {
      const isThere = cold !== null && cold.folded < rows.length;
      const ignored = isThere && !parts.endAt(rows.last) ? cold.folded : -1;
      cold?.divide(sums.get(name) ?? [], ignored);
    }
    this.#coldParts = parts;
  }

  /** Lets go of the values of cold columns, but for those of the last row, which may still be corrected. */
  cool(): void {
    for (const { cold, values, rows } of this.columns) cold?.fold(values, rows.last >= this.#rowCount - 1 ? 1 : 0);
  }

  /**
   * Puts the values of cold columns in their place.
   * @param from a table of the same log that kept them
   * @returns false where a column of it is another
   */
  warm(names: ReadonlySet<string>, from: Table): boolean {
    for (const name of names) {
      const [handle, other] = [this.#handles.get(name), from.find(name)];
      const column = handle === undefined ? undefined : this.columns[handle];
      if (handle === undefined || column === undefined || column.cold === null) continue;
      if (other === undefined || other.cold !== null || other.values.length !== column.rows.length) return false;
      this.columns[handle] = { ...column, values: other.values, cold: null };
    }
    return true;
  }

  mark(): TableMark {
    return {
      rowCount: this.#rowCount,
      columnSizes: this.columns.map(({ rows, textRows, texts }) => [rows.length, textRows.length, texts.length]),
      segments: this.#segments.map((segment) => ({ ...segment })),
      problems: this.problems,
    };
  }

  /** Takes back everything since the mark. */
  cutTo(mark: TableMark): void {
    if (mark.rowCount < this.#rowCount) this.#cutCount += 1;
    this.#rowCount = mark.rowCount;
    this.#lines.cut(mark.rowCount);
    this.columns.forEach((column, i) => {
      const [numbers, texts, distinct] = mark.columnSizes[i] ?? [0, 0, 0];
      column.rows.cut(numbers);
      column.values.cut(Math.max(0, numbers - (column.cold?.folded ?? 0)));
      column.textRows.cut(Math.min(texts, column.textRows.length));
      column.textCodes.cut(Math.min(texts, column.textCodes.length));
      for (const text of column.texts.splice(distinct)) column.codes.delete(text);
    });
    for (const column of this.columns.splice(mark.columnSizes.length)) this.#handles.delete(column.name);
    this.#segments = mark.segments.map((segment) => ({ ...segment }));
    this.#problems = new Map(mark.problems.map((problem) => [problem.code, problem]));
  }
}
