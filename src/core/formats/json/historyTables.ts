import { isCounterName } from '../counterName.ts';

/** Columns of one length, as a history holds them. */
export interface HistoryTable {
  /** Where it stands in the document; empty at the top. */
  readonly name: string;
  readonly columns: ReadonlyMap<string, readonly (number | null)[]>;
}

const fewest = 3;
const deepest = 4;

/** The columns of numbers in a JSON document: lists beside each other, lists of records, pandas' objects by index. */
export function historyTables(document: unknown): HistoryTable[] {
  const tables: HistoryTable[] = [];
  visit(document, '', 0, tables);
  return tables;
}

function visit(value: unknown, name: string, depth: number, tables: HistoryTable[]): void {
  if (depth > deepest) return;
  if (Array.isArray(value)) {
    const records = tableOfRecords(value);
    if (records !== null) tables.push({ name, columns: records });
    else if (depth === 0 && isCurve(value)) tables.push({ name, columns: new Map([['value', numbersIn(value)]]) });
    return;
  }
  if (!isObject(value)) return;
  const byLength = new Map<number, Map<string, readonly (number | null)[]>>();
  for (const [key, member] of Object.entries(value)) {
    const column = isCurve(member) ? numbersIn(member) : byIndex(member);
    if (column === null) {
      visit(member, name === '' ? key : `${name}/${key}`, depth + 1, tables);
      continue;
    }
    const same = byLength.get(column.length) ?? new Map();
    same.set(key, column);
    byLength.set(column.length, same);
  }
  for (const columns of byLength.values()) tables.push({ name, columns });
}

function tableOfRecords(list: readonly unknown[]): Map<string, (number | null)[]> | null {
  const records = list.filter(isObject);
  if (records.length < fewest || records.length < 0.9 * list.length) return null;
  const columns = new Map<string, (number | null)[]>();
  records.forEach((record, row) => {
    for (const [key, value] of Object.entries(record)) {
      if (typeof value !== 'number') continue;
      const column = columns.get(key) ?? new Array<number | null>(records.length).fill(null);
      column[row] = value;
      columns.set(key, column);
    }
  });
  return columns.size === 0 ? null : columns;
}

/** `{"0": 1.2, "1": 1.1, …}`, as pandas writes a column. */
function byIndex(value: unknown): readonly (number | null)[] | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  const isIndexed =
    entries.length >= fewest && entries.every(([key, one], i) => key === String(i) && isNumberOrNull(one));
  return isIndexed ? numbersIn(entries.map(([, one]) => one)) : null;
}

function isCurve(value: unknown): value is readonly unknown[] {
  return (
    Array.isArray(value) && value.length >= fewest && value.every(isNumberOrNull) && value.some((one) => one !== null)
  );
}

function isNumberOrNull(value: unknown): boolean {
  return typeof value === 'number' || value === null;
}

function numbersIn(values: readonly unknown[]): (number | null)[] {
  return values.map((value) => (typeof value === 'number' ? value : null));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a table looks like the history of a run rather than like data. */
export function hasCounter({ columns }: HistoryTable): boolean {
  return [...columns.keys()].some(isCounterName);
}
