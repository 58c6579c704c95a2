import { isCounterName } from '../counterName.ts';
import { isMetricName } from '../metricName.ts';
import { readNumber } from '../readNumber.ts';

type Cells = readonly (number | null)[];

/** Columns of one length, as a history holds them. */
export interface HistoryTable {
  /** Where it stands in the document; empty at the top. */
  readonly name: string;
  readonly columns: ReadonlyMap<string, Cells>;
}

const fewest = 3;
const deepest = 4;

/** The columns of numbers in a JSON document: lists beside each other, lists of records or pairs, objects by index. */
export function historyTables(document: unknown): HistoryTable[] {
  const tables: HistoryTable[] = [];
  visit(document, '', 0, tables);
  return tables;
}

function visit(value: unknown, name: string, depth: number, tables: HistoryTable[]): void {
  if (depth > deepest) return;
  if (Array.isArray(value)) {
    const records = columnsOfRecords(value);
    const tuples = records === null ? columnsOfTuples(value, name, depth) : null;
    if (records !== null) tables.push({ name, columns: records });
    else if (tuples !== null) tables.push({ name: name.slice(0, Math.max(0, name.lastIndexOf('/'))), columns: tuples });
    else if (depth === 0 && isCurve(value)) tables.push({ name, columns: new Map([['value', cellsIn(value)]]) });
    return;
  }
  if (!isObject(value)) return;
  const counted = columnsByCounter(value);
  if (counted !== null) {
    tables.push({ name, columns: counted });
    return;
  }
  const byLength = new Map<number, Map<string, Cells>>();
  for (const [key, member] of Object.entries(value)) {
    const column = isCurve(member) ? cellsIn(member) : byIndex(member);
    if (column === null) {
      visit(member, name === '' ? key : `${name}/${key}`, depth + 1, tables);
      continue;
    }
    const same = byLength.get(column.length) ?? new Map<string, Cells>();
    same.set(key, column);
    byLength.set(column.length, same);
  }
  for (const columns of byLength.values()) tables.push({ name, columns });
}

function columnsOfRecords(list: readonly unknown[]): Map<string, (number | null)[]> | null {
  const records = list.filter(isObject);
  if (records.length < fewest || records.length < 0.9 * list.length) return null;
  const columns = new Map<string, (number | null)[]>();
  records.forEach((record, row) => {
    for (const [name, value] of numbersIn(record, '', 0)) {
      const column = columns.get(name) ?? new Array<number | null>(records.length).fill(null);
      column[row] = value;
      columns.set(name, column);
    }
  });
  return columns.size === 0 ? null : columns;
}

/** Names of nested objects are joined as in JSON lines: `val/loss`. */
function numbersIn(record: Readonly<Record<string, unknown>>, prefix: string, depth: number): [string, number][] {
  return Object.entries(record).flatMap(([key, value]): [string, number][] => {
    const number = cellOf(value);
    if (typeof number === 'number') return [[`${prefix}${key}`, number]];
    return isObject(value) && depth < deepest ? numbersIn(value, `${prefix}${key}/`, depth + 1) : [];
  });
}

const counterKey = /^([A-Za-z][A-Za-z _-]*?)?[ _-]?(\d+)$/;

/** `{"epoch_1": {…}, "epoch_2": {…}}`, or with bare numbers as keys: records under what counts them. */
function columnsByCounter(value: Readonly<Record<string, unknown>>): ReadonlyMap<string, Cells> | null {
  const entries = Object.entries(value);
  const keys = entries.map(([key]) => counterKey.exec(key));
  const [first] = keys;
  const counter = first?.[1] ?? '';
  if (entries.length < fewest || !keys.every((key) => key !== null && (key[1] ?? '') === counter)) return null;
  if (counter !== '' && !isCounterName(counter)) return null;
  const columns = columnsOfRecords(entries.map(([, member]) => member));
  if (columns === null || ![...columns.keys()].some(isMetricName)) return null;
  const counts = keys.map((key) => Number(key?.[2]));
  // Keys that only number the records say no more than their order.
  if (counter === '' && counts.every((count, i) => count === i + (counts[0] ?? 0))) return columns;
  return new Map<string, Cells>([[counter === '' ? 'step' : counter, counts], ...columns]);
}

/** `[[step, value], …]` under the name of a metric, and `[[wall time, step, value], …]` as TensorBoard's page gives it. */
function columnsOfTuples(list: readonly unknown[], name: string, depth: number): ReadonlyMap<string, Cells> | null {
  const width = Array.isArray(list[0]) ? list[0].length : 0;
  const isTensorBoards = depth === 0 && width === 3;
  if (list.length < fewest || !(isTensorBoards || (width === 2 && isMetricName(name)))) return null;
  const rows = list.filter((row): row is readonly number[] => isRow(row, width));
  const steps = rows.map((row) => row[width - 2] ?? 0);
  if (rows.length < list.length || steps.some((step, i) => i > 0 && step < (steps[i - 1] ?? 0))) return null;
  return new Map<string, Cells>([
    ['step', steps],
    [name === '' ? 'value' : name.slice(name.lastIndexOf('/') + 1), rows.map((row) => row[width - 1] ?? null)],
  ]);
}

const isRow = (row: unknown, width: number): boolean =>
  Array.isArray(row) && row.length === width && row.every((one) => typeof one === 'number');

/** `{"0": 1.2, "1": 1.1, …}`, as pandas writes a column. */
function byIndex(value: unknown): Cells | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  const isIndexed =
    entries.length >= fewest && entries.every(([key, one], i) => key === String(i) && cellOf(one) !== undefined);
  return isIndexed ? cellsIn(entries.map(([, one]) => one)) : null;
}

function isCurve(value: unknown): value is readonly unknown[] {
  return (
    Array.isArray(value) &&
    value.length >= fewest &&
    value.every((one) => cellOf(one) !== undefined) &&
    value.some((one) => one !== null)
  );
}

/** Numbers in quotes are numbers; undefined is anything else. */
function cellOf(value: unknown): number | null | undefined {
  if (typeof value === 'number' || value === null) return value;
  return typeof value === 'string' ? readNumber(value, 0, value.length) : undefined;
}

function cellsIn(values: readonly unknown[]): Cells {
  return values.map((value) => cellOf(value) ?? null);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a table looks like the history of a run rather than like data. */
export function hasCounter({ columns }: HistoryTable): boolean {
  return [...columns.keys()].some(isCounterName);
}
