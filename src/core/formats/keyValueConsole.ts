import type { RowSink, TextFormat } from './format.ts';
import { isOutcomeName, isSideName } from './metricName.ts';
import { oncePerSample } from './oncePerSample.ts';
import { type ConsoleLine, consoleLine, countWords } from './text/consoleLine.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { type CopiedHead, copiedTable } from './text/copiedTable.ts';
import { headingPhase, isTraining, saysPhase, wordsOfHeading } from './text/phase.ts';
import { sampleLines } from './text/sampleLines.ts';
import { type Cell, type Facts, writeRow } from './text/writeRow.ts';

/** So often the sample must hold a line of some names before the line is a record: free text does not repeat itself. */
const fewestInSample = 2;
/** The same for lines that the sample did not show. */
const fewestBeyond = 3;
const mostTemplates = 5000;
/** A line with more numbers is data. */
const mostCells = 200;
/** The same for lines with a counter whose names no metric has that is known. */
const fewestUnnamed = 5;
/** A line of the run's end, where it does not repeat. */
const summary = /(?<!\p{L})(?:best|final|finished|summary|overall|completed?)(?![\p{L}_@])/iu;

/** Any console that repeats a line of names and numbers: its own templates are learned from the log itself. */
export const keyValueConsole: TextFormat = {
  id: 'key-value-console',
  title: 'Console with names and numbers',
  kind: 'text',
  sniff(sample) {
    const accepted = [...learn(sample).templates.values()].filter(
      ({ count, rises, isNamed }) => count >= (isNamed ? 3 : fewestUnnamed) || (isNamed && count === 2 && rises > 0),
    );
    const [most] = accepted.sort((a, b) => b.count - a.count);
    if (most === undefined) return null;
    const names = most.names.slice(0, 2);
    return {
      confidence: 0.45 + 0.15 * Math.min(1, most.count / 20),
      because: `it repeats a line with ${names.map((name) => `\`${name}\``).join(' and ')}, ${most.count} times in what was looked at`,
    };
  },
  open(sink, sample) {
    return consoleParser(sink, readerFrom(learn(sample), start));
  },
};

interface Template {
  readonly names: readonly string[];
  /** One of them is the name of a metric. */
  readonly isNamed: boolean;
  count: number;
  /** Its counter when it came last, and how often that was more than before. */
  at: number;
  rises: number;
  /** Its numbers when it came first, and whether they were others since: settings that are printed twice stay. */
  readonly numbers: string;
  isMoving: boolean;
}

interface Learned {
  readonly templates: ReadonlyMap<string, Template>;
  /** The first epoch that is named; null where none is. */
  readonly firstEpoch: number | null;
  /** Counters that have fallen back: where there are epochs too, they count inside of one. */
  readonly restarting: ReadonlySet<string>;
}

/** What both blocks repeat; shared by all who ask, so nobody counts on in it. */
const learn = oncePerSample((sample): Learned => {
  const templates = new Map<string, Template>();
  let firstEpoch: number | null = null;
  const last = new Map<string, number>();
  const restarting = new Set<string>();
  for (const line of sampleLines(sample)) {
    const found = consoleLine(line);
    if (found === null) continue;
    for (const { name, at } of found.counters) {
      if (at < (last.get(name) ?? at)) restarting.add(name);
      last.set(name, at);
    }
    firstEpoch ??= found.counters.find(({ name, isLoose }) => isOuter(name) && !isLoose)?.at ?? null;
    if (isRecord(found)) note(templates, found);
  }
  return { templates, firstEpoch, restarting };
});

/** Metrics, or under a counter numbers whose names tell nothing, but are no clocks and settings. */
function isRecord(found: ConsoleLine): boolean {
  if (found.values.length > mostCells) return false;
  return isNamed(found.values) || (hasPlace(found) && found.values.filter(([name]) => !isSideName(name)).length >= 2);
}

function isNamed(values: readonly Cell[]): boolean {
  return values.some(([name]) => isOutcomeName(name));
}

/** What its counters and its numbers are called. */
function keyOf({ counters, batch, values }: ConsoleLine): string {
  const places = [...counters.map(({ name }) => name), ...(batch === null ? [] : ['batch'])];
  return [...places, '', ...values.map(([name]) => name)].join('\u0000');
}

function note(templates: Map<string, Template>, found: ConsoleLine): Template | null {
  const names = found.values.map(([name]) => name);
  const key = keyOf(found);
  const numbers = found.values.map(([, value]) => value).join(' ');
  const at = found.counters[0]?.at ?? found.batch?.at ?? Number.NaN;
  const known = templates.get(key);
  if (known !== undefined) {
    known.count += 1;
    if (at > known.at) known.rises += 1;
    known.at = at;
    if (numbers !== known.numbers) known.isMoving = true;
    return known;
  }
  if (templates.size >= mostTemplates) return null;
  const made = { names, isNamed: isNamed(found.values), count: 1, at, rises: 0, numbers, isMoving: false };
  templates.set(key, made);
  return made;
}

/** The last record of an evaluation that still goes on: its parts are no points. */
interface Evaluation {
  readonly line: number;
  readonly at: number;
  readonly cells: readonly Cell[];
}

interface State {
  /** Counters that stood last. */
  readonly counters: ReadonlyMap<string, number>;
  /** The planned number of epochs. */
  readonly epochs: number | null;
  /** The batch that a line without numbers named for those below it. */
  readonly batch: number | null;
  /** How often a bar has begun, and where it is, in a log that names no epochs. */
  readonly bars: { readonly count: number; readonly at: number };
  /** Bars stand above the line that names their epoch, not below it; null before the first of them. */
  readonly isNamedBelow: boolean | null;
  readonly phase: string | null;
  readonly evaluation: Evaluation | null;
  readonly copied: CopiedHead | null;
  readonly seen: ReadonlyMap<string, Template>;
  readonly names: ReadonlySet<string>;
}

const start: State = {
  counters: new Map(),
  epochs: null,
  batch: null,
  bars: { count: 1, at: 0 },
  isNamedBelow: null,
  phase: null,
  evaluation: null,
  copied: null,
  seen: new Map(),
  names: new Set(),
};

function readerFrom(learned: Learned, from: State): ConsoleReader {
  const counters = new Map(from.counters);
  const seen = new Map([...from.seen].map(([key, template]) => [key, { ...template }]));
  const names = new Set(from.names);
  let { epochs, batch, bars, isNamedBelow, phase, evaluation, copied } = from;

  const flush = (sink: RowSink): void => {
    if (evaluation !== null) writeRow(sink, evaluation.line, evaluation.cells);
    evaluation = null;
  };

  /** The numbers of a record. A line that does not repeat is one all the same where it goes on from one that does. */
  const valuesOf = (found: ConsoleLine, text: string, goesOn: boolean): readonly Cell[] => {
    const template = note(seen, found);
    if (template === null) return [];
    if (!hasPlace(found) && summary.test(text)) return [];
    const known = learned.templates.get(keyOf(found));
    const [fewest, beyond] = template.isNamed ? [fewestInSample, fewestBeyond] : [fewestUnnamed, fewestUnnamed];
    const isRepeated = (known?.count ?? 0) >= fewest || template.count >= beyond;
    if (isRepeated && (hasPlace(found) || known?.isMoving === true || template.isMoving)) return found.values;
    if (isRepeated || !template.isNamed || !goesOn || summary.test(text)) return [];
    return known === undefined ? found.values : knownOf(found.values, names);
  };

  /** The counters above a line; of a bar, the epoch that it belongs to. */
  const outerOf = ({ counters: own, batch: place, phase: part }: ConsoleLine): ReadonlyMap<string, number> => {
    if (own.length > 0 || place === null || (part !== null && !isTraining(part))) return counters;
    isNamedBelow ??= ![...counters.keys()].some(isOuter);
    if (!isNamedBelow) return counters;
    if (learned.firstEpoch !== null) return namedBelow(counters, epochs, learned.firstEpoch);
    bars = { count: place.at < bars.at ? bars.count + 1 : bars.count, at: place.at };
    return new Map([['epoch', bars.count]]);
  };

  return {
    read(text, line, sink, isWhole) {
      if (!isWhole) return;
      const table = copiedTable(text, copied);
      if (table !== null) {
        copied = 'head' in table ? table.head : null;
        if ('cells' in table && counters.size > 0) writeRow(sink, line, [...counters, ...table.cells]);
        return;
      }
      const found = consoleLine(text);
      if (found === null) {
        phase = headingPhase(text) ?? phase;
        return;
      }
      const goesOn = found.counters.some(({ name, at }) => at >= (counters.get(name) ?? 0)) || found.batch !== null;
      for (const { name, at, of, isLoose } of found.counters) {
        if (!isLoose) counters.set(name, at);
        if (isOuter(name) && of !== null) epochs = of;
      }
      if (hasPlace(found)) batch = found.values.length === 0 ? (found.batch?.at ?? null) : null;
      if (!isRecord(found)) {
        if (found.phase !== null && countWords(found) <= wordsOfHeading) phase = found.phase;
        else if (hasPlace(found)) phase = null;
        if (countWords(found) <= wordsOfHeading && !found.counters.some(({ isLoose }) => isLoose))
          tellBudget(found, learned, sink);
        return;
      }
      if (hasPlace(found)) phase = found.phase;
      const own = valuesOf(found, text, goesOn);
      if (own.length === 0) return;
      for (const [name] of own) names.add(name);
      tellBudget(found, learned, sink);
      const values = hasPlace(found) || found.phase !== null ? own : inPhase(own, phase);
      const where = placeOf(found, outerOf(found), batch);
      const isEvaluating = found.batch !== null && found.phase !== null && !isTraining(found.phase);
      if (!isEvaluating || found.batch.at < (evaluation?.at ?? 0)) flush(sink);
      if (isEvaluating) evaluation = { line, at: found.batch.at, cells: [...where, ...values] };
      else writeRow(sink, line, [...where, ...values], learned.firstEpoch === null ? countedBars : undefined);
    },
    end: flush,
    copy: () =>
      readerFrom(learned, { counters, epochs, batch, bars, isNamedBelow, phase, evaluation, copied, seen, names }),
  };
}

function hasPlace({ counters, batch }: ConsoleLine): boolean {
  return counters.length > 0 || batch !== null;
}

/** Of a line that does not repeat what other lines have too; nothing where that is no metric. */
function knownOf(values: readonly Cell[], names: ReadonlySet<string>): readonly Cell[] {
  const known = values.filter(([name]) => names.has(name));
  return known.some(([name]) => isOutcomeName(name)) ? known : [];
}

/** The epoch of a bar that the line below it will name: the next one, or the first where all that were planned are done. */
function namedBelow(
  counters: ReadonlyMap<string, number>,
  epochs: number | null,
  first: number,
): ReadonlyMap<string, number> {
  const outer = [...counters].find(([name]) => isOuter(name));
  const [name, done] = outer ?? ['epoch', first - 1];
  return new Map([[name, epochs !== null && done >= epochs - 1 + first ? first : done + 1]]);
}

/** Numbers below a heading belong to the part of the run that it names. */
function inPhase(values: readonly Cell[], phase: string | null): readonly Cell[] {
  if (phase === null || isTraining(phase)) return values;
  return values.map(([name, value]) => [saysPhase(name) ? name : `${phase} ${name}`, value]);
}

/** The epochs of a log that names none. */
const countedBars: Facts = new Map([['epoch', { axis: 1, isMade: true, why: 'the count of its bars' }]]);

const isOuter = (name: string): boolean => /^(?:epoch|epch|round|generation|episode)$/.test(name);

/**
 * The counters of a record: its own, the epoch that was named above them, and for a line without any those that stood last.
 * The place in an evaluation is none in the run.
 * @param above the batch that stood above a line without counters.
 */
function placeOf(found: ConsoleLine, last: ReadonlyMap<string, number>, above: number | null): Cell[] {
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

function tellBudget({ counters, batch }: ConsoleLine, { firstEpoch, restarting }: Learned, sink: RowSink): void {
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
