import { isEpochAxis, isStepAxis } from './axisNames.ts';
import type { PartRows } from './partRows.ts';
import type { Column, Table } from './table.ts';

/** Slope of steps over epochs, where the log has both and they rise together; two rows are enough. */
export function stepsPerEpoch(table: Table, part: PartRows): number | null {
  const columnOf = (isWanted: (name: string) => boolean): Column | undefined =>
    table.columns.find((one) => isWanted(one.name) && one.rows.length > 1);
  const epochs = columnOf(isEpochAxis);
  const steps = columnOf(isStepAxis);
  if (epochs === undefined || steps === undefined) return null;
  const [first, last] = [firstOfBoth(epochs, steps, part), lastOfBoth(epochs, steps, part)];
  if (first === null || last === null) return null;
  const slope = (last.step - first.step) / (last.epoch - first.epoch);
  return Number.isFinite(slope) && slope > 0 ? slope : null;
}

interface Pair {
  readonly epoch: number;
  readonly step: number;
}

/** The first row that has both. */
function firstOfBoth(epochs: Column, steps: Column, part: PartRows): Pair | null {
  for (let i = epochs.rows.indexFrom(part.first), j = steps.rows.indexFrom(part.first); i < epochs.rows.length; i++) {
    const row = epochs.rows.at(i);
    while (j < steps.rows.length && steps.rows.at(j) < row) j += 1;
    if (part.has(row) && j < steps.rows.length && steps.rows.at(j) === row) {
      return { epoch: epochs.values.at(i), step: steps.values.at(j) };
    }
  }
  return null;
}

function lastOfBoth(epochs: Column, steps: Column, part: PartRows): Pair | null {
  for (let i = epochs.rows.length - 1, j = steps.rows.length - 1; i >= 0; i--) {
    const row = epochs.rows.at(i);
    while (j >= 0 && steps.rows.at(j) > row) j -= 1;
    if (part.has(row) && j >= 0 && steps.rows.at(j) === row) {
      return { epoch: epochs.values.at(i), step: steps.values.at(j) };
    }
  }
  return null;
}
