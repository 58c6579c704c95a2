import type { Budget } from '../../runs/run.ts';
import { JsonRecordReader } from './jsonRecordReader.ts';

/** Where settings keep the planned end of a run, by unit. */
const plannedEnds: readonly (readonly [name: RegExp, unit: string])[] = [
  [/^(max|total|num|num_train|num_training|total_training|train|training)_?(steps)$|^steps$/i, 'step'],
  [/^(max|total|num|train)_?(iters?|iterations)$|^iterations$/i, 'iteration'],
  [/^(max|total|num|num_train)_?epochs$|^epochs$|^n_epochs$/i, 'epoch'],
];

/** The planned end that a record of settings names, the surest first. */
export function plannedEnd(settings: Uint8Array): Budget | null {
  const reader = new JsonRecordReader();
  reader.read(settings, 0, settings.length);
  const { record } = reader;
  for (const [pattern, unit] of plannedEnds) {
    for (let i = 0; i < record.numberCount; i += 1) {
      const name = record.numberName(i);
      const last = name.slice(name.lastIndexOf('/') + 1);
      const value = record.numberAt(i);
      if (pattern.test(last) && Number.isFinite(value) && value > 0) return { x: value, unit, from: last };
    }
  }
  return null;
}
