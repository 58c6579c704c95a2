import type { Run } from '../runs/run.ts';
import { isInjection } from '../runs/toldOfRuns.ts';
import type { Injection } from './externalData.ts';

/**
 * Injections by a column of the log (`external_data`, `injection`): how much went into the round that ends at a checkpoint, as
 * a record sums up what led to it. Shares are those of the whole column. Empty without such a column, or where it is no
 * record of single occasions (a value under 0, or none that is 0).
 */
export function markedInjections({ series, checkpoints }: Pick<Run, 'series' | 'checkpoints'>): readonly Injection[] {
  const column = series.find(({ name }) => isInjection(name));
  if (column === undefined || column.y.some((value) => value < 0) || !column.y.includes(0)) return [];
  const total = column.y.reduce((sum, value) => sum + value, 0);
  return Array.from(column.x.keys()).flatMap((i): Injection[] => {
    const amount = column.y[i] ?? 0;
    const before = checkpoints.findLast((x) => x < (column.x[i] ?? 0));
    return amount > 0 && before !== undefined ? [{ x: before, share: amount / total }] : [];
  });
}
