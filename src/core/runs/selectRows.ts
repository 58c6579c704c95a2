import { Refusal } from '../problem.ts';
import { nearestNames } from './nearestNames.ts';
import type { Column, Table } from './table.ts';

/**
 * Rows (by number, rising) at which every `COLUMN=VALUE` holds; a number is compared as a number.
 * @throws Refusal where a condition is malformed, its column is not there, or nothing is left.
 */
export function selectRows(table: Table, where: readonly string[]): Int32Array {
  if (where.length === 0) return new Int32Array(table.rowCount).map((_, row) => row);
  const holds = new Uint8Array(table.rowCount).fill(1);
  for (const condition of where) {
    const equals = condition.indexOf('=');
    if (equals < 1) throw new Refusal('where-malformed', `A condition is COLUMN=VALUE, and "${condition}" is not.`);
    const name = condition.slice(0, equals).trim();
    const wanted = condition.slice(equals + 1).trim();
    const column = table.find(name);
    if (column === undefined) {
      const names = table.columns.map((one) => one.name);
      throw new Refusal(
        'where-no-column',
        `There is no column "${name}" to choose rows by; ${nearestNames(name, names)}.`,
      );
    }
    const matches = rowsWith(column, wanted, table.rowCount);
    for (let row = 0; row < holds.length; row++) holds[row] = (holds[row] ?? 0) & (matches[row] ?? 0);
    if (!holds.includes(1)) {
      const some = column.texts.slice(0, 8).join(', ');
      throw new Refusal(
        'where-no-row',
        `No row has ${condition}${some === '' ? '' : `; "${name}" has the values ${some}${column.texts.length > 8 ? ' …' : ''}`}.`,
      );
    }
  }
  const rows: number[] = [];
  for (let row = 0; row < holds.length; row++) if (holds[row] === 1) rows.push(row);
  return Int32Array.from(rows);
}

function rowsWith(column: Column, wanted: string, rowCount: number): Uint8Array {
  const matches = new Uint8Array(rowCount);
  const code = column.codes.get(wanted);
  if (code !== undefined) {
    for (let i = 0; i < column.textRows.length; i++) {
      if (column.textCodes.at(i) === code) matches[column.textRows.at(i)] = 1;
    }
  }
  const number = wanted === '' ? Number.NaN : Number(wanted);
  if (!Number.isNaN(number)) {
    for (let i = 0; i < column.rows.length; i++) {
      if (column.values.at(i) === number) matches[column.rows.at(i)] = 1;
    }
  }
  return matches;
}
