import { isCounterName } from './counterName.ts';
import type { RowSink, TextFormat } from './format.ts';
import { isMetricName } from './metricName.ts';
import { oncePerSample } from './oncePerSample.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { type NamedNumbers, namedNumbers } from './text/namedNumbers.ts';
import { sampleLines } from './text/sampleLines.ts';
import { writeRow } from './text/writeRow.ts';

/** So often a line of new names must have come before it counts as a record: free text does not repeat itself. */
const fewest = 2;
const mostTemplates = 5000;

/** Any console that repeats a line of names and numbers: its own templates are learned from the log itself. */
export const keyValueConsole: TextFormat = {
  id: 'key-value-console',
  title: 'Console with names and numbers',
  kind: 'text',
  sniff(sample) {
    const templates = learn(sample);
    const accepted = [...templates.values()].filter(({ count }) => count >= fewest);
    const [most] = accepted.sort((a, b) => b.count - a.count);
    if (most === undefined || most.count < 3) return null;
    const names = most.names.filter((name) => !isCounterName(name)).slice(0, 2);
    return {
      confidence: 0.45 + 0.15 * Math.min(1, most.count / 20),
      because: `it repeats a line with ${names.map((name) => `\`${name}\``).join(' and ')}, ${most.count} times in what was looked at`,
    };
  },
  open(sink, sample) {
    return consoleParser(sink, readerFrom(learn(sample), new Map()));
  },
};

interface Template {
  readonly names: readonly string[];
  count: number;
}

/** What both blocks repeat; shared by all who ask, so nobody counts on in it. */
const learn = oncePerSample((sample): ReadonlyMap<string, Template> => {
  const templates = new Map<string, Template>();
  for (const line of sampleLines(sample)) {
    const found = namedNumbers(line);
    if (found !== null && isRecord(found)) note(templates, found);
  }
  return templates;
});

/** A counter and a metric, or metrics under a counter that stood on a line before. */
function isRecord({ cells }: NamedNumbers): boolean {
  return cells.some(([name]) => isMetricName(name)) && cells.length <= 200;
}

function note(templates: Map<string, Template>, { cells }: NamedNumbers): Template | null {
  const key = cells.map(([name]) => name).join('\u0000');
  const known = templates.get(key);
  if (known !== undefined) {
    known.count += 1;
    return known;
  }
  if (templates.size >= mostTemplates) return null;
  const made = { names: cells.map(([name]) => name), count: 1 };
  templates.set(key, made);
  return made;
}

/** @param learned in the sample. @param counters that stood last, for lines without one. */
function readerFrom(learned: ReadonlyMap<string, Template>, counters: ReadonlyMap<string, number>): ConsoleReader {
  const templates = new Map([...learned].map(([key, template]) => [key, { ...template }]));
  const last = new Map(counters);
  return {
    read(text, line, sink, isWhole) {
      if (!isWhole) return;
      const found = namedNumbers(text);
      if (found === null) return;
      const own = found.cells.filter(([name]) => isCounterName(name));
      if (found.budget !== null) budgetOf(found, sink);
      for (const [name, value] of own) last.set(name, value);
      if (!isRecord(found)) return;
      const template = note(templates, found);
      if (template === null || template.count <= fewest) return;
      const under = own.length > 0 ? [] : [...last];
      if (own.length === 0 && under.length === 0) return;
      writeRow(sink, line, [...under, ...found.cells]);
    },
    end() {},
    copy: () => readerFrom(templates, last),
  };
}

function budgetOf({ budget }: NamedNumbers, sink: RowSink): void {
  if (budget !== null && budget.x > 1) sink.budget({ x: budget.x, unit: budget.unit, from: 'its lines' });
}
