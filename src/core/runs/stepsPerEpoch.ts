import { isEpochAxis, isStepAxis } from './axisNames.ts';
import { membership } from './membership.ts';
import type { Column, Table } from './table.ts';

/**
 * Slope of steps over epochs, where the log has both and they rise together; two rows are enough.
 * @param rows null for all
 */
export function stepsPerEpoch(table: Table, rows: Int32Array | null): number | null {
  const columnOf = (isWanted: (name: string) => boolean): Column | undefined =>
    table.columns.find((one) => isWanted(one.name) && one.rows.length > 1);
  const epochs = columnOf(isEpochAxis);
  const steps = columnOf(isStepAxis);
  if (epochs === undefined || steps === undefined) return null;
  const isIn = rows === null || rows.length === table.rowCount ? null : membership(table, rows);
  const [first, last] = [firstOfBoth(epochs, steps, isIn), lastOfBoth(epochs, steps, isIn)];
  if (first === null || last === null) return null;
  const slope = (last.step - first.step) / (last.epoch - first.epoch);
  return Number.isFinite(slope) && slope > 0 ? slope : null;
}

interface Pair {
  readonly epoch: number;
  readonly step: number;
}

/** The first row that has both. */
function firstOfBoth(epochs: Column, steps: Column, isIn: Uint8Array | null): Pair | null {
  for (let i = 0, j = 0; i < epochs.rows.length; i++) {
    const row = epochs.rows.at(i);
    while (j < steps.rows.length && steps.rows.at(j) < row) j += 1;
    if ((isIn === null || isIn[row] === 1) && j < steps.rows.length && steps.rows.at(j) === row) {
      return { epoch: epochs.values.at(i), step: steps.values.at(j) };
    }
  }
  return null;
}

function lastOfBoth(epochs: Column, steps: Column, isIn: Uint8Array | null): Pair | null {
  for (let i = epochs.rows.length - 1, j = steps.rows.length - 1; i >= 0; i--) {
    const row = epochs.rows.at(i);
    while (j >= 0 && steps.rows.at(j) > row) j -= 1;
    if ((isIn === null || isIn[row] === 1) && j >= 0 && steps.rows.at(j) === row) {
      return { epoch: epochs.values.at(i), step: steps.values.at(j) };
    }
  }
  return null;
}
