import type { RowSink } from '../format.ts';
import type { ConsoleLine } from './consoleLine.ts';
import type { Learned } from './lineTemplates.ts';
import { isTraining } from './phase.ts';
import type { Cell } from './writeRow.ts';

/** Whether a counter counts what holds many updates. */
export const isOuter = (name: string): boolean => /^(?:epoch|epch|round|generation|episode)$/.test(name);

/**
 * The counters of a record: its own, the epoch that was named above them, and for a line without any those that stood last.
 * The place in an evaluation is none in the run.
 * @param above the batch that stood above a line without counters.
 */
export function placeOf(found: ConsoleLine, last: ReadonlyMap<string, number>, above: number | null): Cell[] {
  const own = found.counters.map(({ name, at }): Cell => [name, at]);
  if (own.length === 0 && found.batch === null) {
    if (above !== null) return [...last, ['batch', above]];
    return [...last].filter(([name]) => name !== 'batch' || ![...last.keys()].some(isOuter));
  }
  const outer = own.some(([name]) => isOuter(name)) ? [] : [...last].filter(([name]) => isOuter(name));
  const isTrained = found.phase === null || isTraining(found.phase);
  const batch: Cell[] = found.batch === null || !isTrained ? [] : [['batch', found.batch.at]];
  return [...outer, ...own, ...batch.filter(() => !own.some(([name]) => name === 'batch'))];
}

export function tellBudget({ counters, batch }: ConsoleLine, { firstEpoch, restarting }: Learned, sink: RowSink): void {
  const ends = counters.filter(({ of }) => of !== null && of > 1);
  const planned =
    ends.find(({ name }) => isOuter(name)) ?? ends.find(({ name }) => firstEpoch === null || !restarting.has(name));
  const isInnermost = firstEpoch === null || counters.some(({ name, of }) => isOuter(name) && of === 1);
  if (planned?.of != null) {
    sink.budget({ x: planned.of, unit: unitOf(planned.name), from: 'its lines' });
  } else if (batch?.of != null && isInnermost) {
    sink.budget({ x: batch.of, unit: 'step', from: 'its lines' });
  }
}

function unitOf(name: string): string {
  if (/^epo?ch$/.test(name)) return 'epoch';
  return /step|^(?:it|itr|iter|iteration|batch|update)$/.test(name) ? 'step' : name;
}

/** The epoch of a bar that the line below it will name: the next one, or the first where all that were planned are done. */
export function namedBelow(
  counters: ReadonlyMap<string, number>,
  epochs: number | null,
  first: number,
): ReadonlyMap<string, number> {
  const outer = [...counters].find(([name]) => isOuter(name));
  const [name, done] = outer ?? ['epoch', first - 1];
  return new Map([[name, epochs !== null && done >= epochs - 1 + first ? first : done + 1]]);
}
