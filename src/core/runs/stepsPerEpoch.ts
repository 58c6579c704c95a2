import { isEpochAxis, isStepAxis } from './axisNames.ts';
import { membership } from './membership.ts';
import type { Table } from './table.ts';

/** Slope of steps over epochs, where the log has both and they rise together; two rows are enough. */
export function stepsPerEpoch(table: Table, rows: Int32Array): number | null {
  const isIn = membership(table, rows);
  const cells = (isWanted: (name: string) => boolean): Map<number, number> => {
    const column = table.columns.find((one) => isWanted(one.name) && one.rows.length > 1);
    const values = new Map<number, number>();
    if (column === undefined) return values;
    for (let i = 0; i < column.rows.length; i++) {
      const row = column.rows.at(i);
      if (isIn[row] === 1) values.set(row, column.values.at(i));
    }
    return values;
  };
  const epochs = cells(isEpochAxis);
  const steps = cells(isStepAxis);
  let first: readonly [number, number] | null = null;
  let last: readonly [number, number] | null = null;
  for (const [row, epoch] of epochs) {
    const step = steps.get(row);
    if (step === undefined) continue;
    first ??= [epoch, step];
    last = [epoch, step];
  }
  if (first === null || last === null) return null;
  const slope = (last[1] - first[1]) / (last[0] - first[0]);
  return Number.isFinite(slope) && slope > 0 ? slope : null;
}
