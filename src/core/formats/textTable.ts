import type { Sample, TextFormat } from './format.ts';
import { parseNumber } from './parseNumber.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { axisFacts, type Cell, writeRow } from './text/writeRow.ts';

const counter = /^(?:global_)?(?:step|steps|epoch|iter|iteration)$/i;
const rule = /^\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*$/;
const fewestRows = 3;
const facts = axisFacts('the table counts by it', 'Step', 'step', 'Epoch', 'epoch');

/** Tables that people copy or keep as text: a notebook's progress table, a model card, two columns in a `.log`. */
export const textTable: TextFormat = {
  id: 'text-table',
  title: 'Table in a text',
  kind: 'text',

  sniff(sample) {
    const found = firstTable(sample);
    if (found === null) return null;
    const isPlain = found.separator === '\t' && !found.names.includes('Training Loss');
    // A table with tabs is as well a table of its own, unless its name says that it is a log.
    if (isPlain && !/\.(?:log|txt|out)$/i.test(sample.fileName)) return null;
    return {
      confidence: 0.88,
      because: `it holds a table of ${found.names
        .slice(0, 3)
        .map((name) => `\`${name}\``)
        .join(', ')}`,
    };
  },

  open(sink) {
    return consoleParser(sink, readerFrom(null));
  },
};

interface Head {
  readonly names: readonly string[];
  readonly separator: '\t' | '|';
}

function firstTable({ head }: Sample): Head | null {
  let found: Head | null = null;
  let rows = 0;
  for (const line of head.split(/\r?\n/)) {
    if (found !== null && rowOf(line, found) !== null) rows += 1;
    else if (found === null || !rule.test(line)) {
      found = headOf(line);
      rows = 0;
    }
    if (rows >= fewestRows) return found;
  }
  return null;
}

function cellsOf(line: string, separator: Head['separator']): readonly string[] {
  const text = separator === '|' ? line.trim().replace(/^\|/, '').replace(/\|$/, '') : line.trimEnd();
  return text.split(separator).map((cell) => cell.trim());
}

function headOf(line: string): Head | null {
  const separator = line.includes('\t') ? '\t' : '|';
  if (separator === '|' && !line.trimStart().startsWith('|')) return null;
  const names = cellsOf(line, separator);
  if (names.length < 2 || names.some((name) => name === '' || parseNumber(name) !== undefined)) return null;
  const isNamed = separator === '|' ? names.some((name) => counter.test(name)) : counter.test(names[0] ?? '');
  return isNamed ? { names, separator } : null;
}

/** null where the line is no row of that table; `No log` and other words are missing cells. */
function rowOf(line: string, { names, separator }: Head): readonly Cell[] | null {
  const texts = cellsOf(line, separator);
  if (texts.length < 2 || texts.length > names.length) return null;
  const cells = names.flatMap((name, i): Cell[] => {
    const value = parseNumber(texts[i] ?? '');
    return value === undefined ? [] : [[name, value]];
  });
  return cells.some(([name]) => counter.test(name)) ? cells : null;
}

function readerFrom(start: Head | null): ConsoleReader {
  let table = start;
  return {
    read(text, line, sink, isWhole) {
      if (table !== null) {
        if (rule.test(text)) return;
        const cells = rowOf(text, table);
        if (cells !== null) {
          // The last number of a line without its end may lack digits.
          if (isWhole || table.separator === '|') writeRow(sink, line, cells, facts);
          return;
        }
      }
      table = headOf(text);
    },
    end() {},
    copy: () => readerFrom(table),
  };
}
