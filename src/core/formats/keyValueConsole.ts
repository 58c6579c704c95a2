import type { RowSink, TextFormat } from './format.ts';
import { isOutcomeName } from './metricName.ts';
import type { ConsoleLine } from './text/consoleLine.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { type CopiedHead, copiedTable } from './text/copiedTable.ts';
import { LineFacts } from './text/lineFacts.ts';
import { LineShapes } from './text/lineShapes.ts';
import { fewestInSample, type Learned, learn, note, type Template } from './text/lineTemplates.ts';
import { mayMatter } from './text/mayMatter.ts';
import { isTraining, saysPhase, wordsOfHeading } from './text/phase.ts';
import { isOuter, namedBelow, placeOf, tellBudget } from './text/recordPlace.ts';
import { type Cell, type Facts, writeRow } from './text/writeRow.ts';

/** So often a line that the sample did not show must have come before it is a record. */
const fewestBeyond = 3;
/** The same of lines with a counter whose names are those of no metric that is known. */
const fewestUnnamed = 5;
const leastConfidence = 0.45;
/** What many repetitions add to it. */
const gainedConfidence = 0.15;
/** Any console that repeats a line of names and numbers: its own templates are learned from the log itself. */
export const keyValueConsole: TextFormat = {
  id: 'key-value-console',
  title: 'Console with names and numbers',
  kind: 'text',
  mostConfidence: leastConfidence + gainedConfidence,
  sniff(sample) {
    const accepted = [...learn(sample).templates.values()].filter(
      ({ count, rises, isNamed }) => count >= (isNamed ? 3 : fewestUnnamed) || (isNamed && count === 2 && rises > 0),
    );
    const [most] = accepted.sort((a, b) => b.count - a.count);
    if (most === undefined) return null;
    const names = most.names.slice(0, 2);
    return {
      confidence: leastConfidence + gainedConfidence * Math.min(1, most.count / 20),
      because: `it repeats a line with ${names.map((name) => `\`${name}\``).join(' and ')}, ${most.count} times in what was looked at`,
    };
  },
  open(sink, sample) {
    return consoleParser(
      sink,
      readerFrom(learn(sample), start, new LineShapes((line) => new LineFacts(line), mayMatter)),
    );
  },
};

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

function readerFrom(learned: Learned, from: State, shapes: LineShapes<LineFacts>): ConsoleReader {
  const counters = new Map(from.counters);
  const seen = new Map([...from.seen].map(([key, template]) => [key, { ...template }]));
  const names = new Set(from.names);
  let { epochs, batch, bars, isNamedBelow, phase, evaluation, copied } = from;

  const flush = (sink: RowSink): void => {
    if (evaluation !== null) writeRow(sink, evaluation.line, evaluation.cells);
    evaluation = null;
  };

  /** The numbers of a record. A line that does not repeat is one all the same where it goes on from one that does. */
  const valuesOf = (found: ConsoleLine, facts: LineFacts, goesOn: boolean): readonly Cell[] => {
    const template = note(seen, found);
    if (template === null) return [];
    const { kind } = found;
    if (!kind.hasPlace && facts.isSummary) return [];
    const known = learned.templates.get(kind.key);
    const [fewest, beyond] = template.isNamed ? [fewestInSample, fewestBeyond] : [fewestUnnamed, fewestUnnamed];
    const isRepeated = (known?.count ?? 0) >= fewest || template.count >= beyond;
    if (isRepeated && (kind.hasPlace || known?.isMoving === true || template.isMoving)) return found.values;
    if (isRepeated || !template.isNamed || !goesOn || facts.isSummary) return [];
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

  const take = (found: ConsoleLine | null, facts: LineFacts, line: number, sink: RowSink): void => {
    if (found === null) {
      phase = facts.heading ?? phase;
      return;
    }
    const { kind } = found;
    const goesOn = found.counters.some(({ name, at }) => at >= (counters.get(name) ?? 0)) || found.batch !== null;
    for (const { name, at, of, isLoose } of found.counters) {
      if (!isLoose) counters.set(name, at);
      if (isOuter(name) && of !== null) epochs = of;
    }
    if (kind.hasPlace) batch = found.values.length === 0 ? (found.batch?.at ?? null) : null;
    if (!kind.isRecord) {
      if (found.phase !== null && kind.words <= wordsOfHeading) phase = found.phase;
      else if (kind.hasPlace) phase = null;
      if (kind.hasPlace && kind.words <= wordsOfHeading && !found.counters.some(({ isLoose }) => isLoose))
        tellBudget(found, learned, sink);
      return;
    }
    if (kind.hasPlace) phase = found.phase;
    const own = valuesOf(found, facts, goesOn);
    if (own.length === 0) return;
    for (const [name] of own) names.add(name);
    tellBudget(found, learned, sink);
    const named = kind.hasPlace || found.phase !== null ? own : inPhase(own, phase);
    const isInside = found.batch !== null || found.counters.some(({ name }) => !isOuter(name)) || batch !== null;
    const values = isInside ? named : ofEpoch(named, found, learned.fine);
    const where = placeOf(found, outerOf(found), batch);
    const isEvaluating = found.batch !== null && found.phase !== null && !isTraining(found.phase);
    if (!isEvaluating || found.batch.at < (evaluation?.at ?? 0)) flush(sink);
    if (isEvaluating) evaluation = { line, at: found.batch.at, cells: [...where, ...values] };
    else writeRow(sink, line, [...where, ...values], learned.firstEpoch === null ? countedBars : undefined);
  };

  return {
    read(text, line, sink, isWhole) {
      if (!isWhole) return;
      const table = copiedTable(text, copied);
      if (table === null) {
        take(shapes.read(text), new LineFacts(text), line, sink);
        return;
      }
      copied = 'head' in table ? table.head : null;
      if ('cells' in table && counters.size > 0) writeRow(sink, line, [...counters, ...table.cells]);
    },
    readBytes(bytes, from, to, line, sink) {
      const known = copied === null ? shapes.readBytes(bytes, from, to) : null;
      if (known === null || known.facts.isHead) return false;
      take(known.found, known.facts, line, sink);
      return true;
    },
    end: flush,
    copy: () =>
      readerFrom(
        learned,
        { counters, epochs, batch, bars, isNamedBelow, phase, evaluation, copied, seen, names },
        shapes,
      ),
  };
}

/** Of a line that does not repeat what other lines have too; nothing where that is no metric. */
function knownOf(values: readonly Cell[], names: ReadonlySet<string>): readonly Cell[] {
  const known = values.filter(([name]) => names.has(name));
  return known.some(([name]) => isOutcomeName(name)) ? known : [];
}

/** Numbers below a heading belong to the part of the run that it names. */
function inPhase(values: readonly Cell[], phase: string | null): readonly Cell[] {
  if (phase === null || isTraining(phase)) return values;
  return values.map(([name, value]) => [saysPhase(name) ? name : `${phase} ${name}`, value]);
}

/** What an epoch came to, apart from the series of the same name inside of it. */
function ofEpoch(values: readonly Cell[], found: ConsoleLine, fine: ReadonlySet<string>): readonly Cell[] {
  if (!values.some(([name]) => fine.has(name))) return values;
  const label = (found.counters.length === 0 ? found.kind.label : null) ?? 'epoch';
  return values.map(([name, value]) => [fine.has(name) ? `${label} ${name}` : name, value]);
}

/** The epochs of a log that names none. */
const countedBars: Facts = new Map([['epoch', { axis: 1, isMade: true, why: 'the count of its bars' }]]);
