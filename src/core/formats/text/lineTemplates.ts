import { oncePerSample } from '../oncePerSample.ts';
import type { ConsoleLine } from './consoleLine.ts';
import { lineShapes } from './lineShapes.ts';
import { isTraining } from './phase.ts';
import { isOuter } from './recordPlace.ts';
import { sampleLines } from './sampleLines.ts';

/** So often the sample must hold a line of some names before the line is a record: free text does not repeat itself. */
export const fewestInSample = 2;
const mostTemplates = 5000;

/** A line of a console that repeats with other numbers. */
export interface Template {
  readonly names: readonly string[];
  /** One of them is the name of a metric. */
  readonly isNamed: boolean;
  /** It has a place inside of an epoch. */
  readonly isFine: boolean;
  count: number;
  /** Its counter when it came last, and how often that was more than before. */
  at: number;
  rises: number;
  /** Its numbers when it came first, and whether they were others since: settings that are printed twice stay. */
  readonly numbers: string;
  isMoving: boolean;
}

export interface Learned {
  readonly templates: ReadonlyMap<string, Template>;
  /** The first epoch that is named; null where none is. */
  readonly firstEpoch: number | null;
  /** Counters that have fallen back: where there are epochs too, they count inside of one. */
  readonly restarting: ReadonlySet<string>;
  /** Names of what is logged inside of epochs: under the same name an epoch's own number is another series. */
  readonly fine: ReadonlySet<string>;
}

/** What both blocks repeat; shared by all who ask, so nobody counts on in it. */
export const learn = oncePerSample((sample): Learned => {
  const templates = new Map<string, Template>();
  let firstEpoch: number | null = null;
  const last = new Map<string, number>();
  const restarting = new Set<string>();
  const read = lineShapes();
  for (const line of sampleLines(sample)) {
    const found = read(line);
    if (found === null) continue;
    for (const { name, at } of found.counters) {
      if (at < (last.get(name) ?? at)) restarting.add(name);
      last.set(name, at);
    }
    firstEpoch ??= found.counters.find(({ name, isLoose }) => isOuter(name) && !isLoose)?.at ?? null;
    if (found.kind.isRecord) note(templates, found);
  }
  const fine = [...templates.values()].filter(({ count, isFine }) => isFine && count >= fewestInSample);
  return { templates, firstEpoch, restarting, fine: new Set(fine.flatMap(({ names }) => names)) };
});

function isFine({ counters, batch, phase }: ConsoleLine): boolean {
  if (phase !== null && !isTraining(phase)) return false;
  return batch !== null || counters.some(({ name }) => !isOuter(name));
}

export function note(templates: Map<string, Template>, found: ConsoleLine): Template | null {
  const { key } = found.kind;
  const at = found.counters[0]?.at ?? found.batch?.at ?? Number.NaN;
  const known = templates.get(key);
  if (known !== undefined) {
    known.count += 1;
    if (at > known.at) known.rises += 1;
    known.at = at;
    if (!known.isMoving && numbersOf(found) !== known.numbers) known.isMoving = true;
    return known;
  }
  if (templates.size >= mostTemplates) return null;
  const { names, isNamed } = found.kind;
  const numbers = numbersOf(found);
  const made = { names, isNamed, isFine: isFine(found), count: 1, at, rises: 0, numbers, isMoving: false };
  templates.set(key, made);
  return made;
}

const numbersOf = ({ values }: ConsoleLine): string => values.map(([, value]) => value).join(' ');
