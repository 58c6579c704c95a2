import type { Sample, TextFormat } from './format.ts';
import { parseNumber } from './parseNumber.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { stripAnsi } from './text/stripAnsi.ts';
import { axisFacts, type Cell, writeRow } from './text/writeRow.ts';

const counter = /^(?:(?:global_)?(?:step|steps|epoch|iter|iteration)|e)$/i;
/** Most lines of a console do not, and are not cut into words for that. */
const startsWithCounter = /^\s*#?\s*(?:(?:global_)?(?:step|steps|epoch|iter|iteration)|e)\s/i;
/** What is drawn between the rows, in signs of ASCII or of boxes. */
const rule = /^(?=.*[-=─━═])[\s|:+=\-\u2500-\u257f]+$/;
const upright = /[│┃║]/g;
/** `00:10`, `1.2m`, `--`: cells that are no numbers, in tables whose columns are apart by blanks. */
const noNumber = /^(?:[\d:.]+[a-z]?|-+|n\/?a|none)$/i;
const fewestRows = 3;
const longestHead = 500;
const facts = axisFacts('the table counts by it', 'Step', 'step', '#', 'Epoch', 'epoch', 'E');

/** Tables that people copy or keep as text: a notebook's progress table, a model card, two columns in a `.log`. */
export const textTable: TextFormat = {
  id: 'text-table',
  title: 'Table in a text',
  kind: 'text',
  mostConfidence: 0.88,

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
  readonly separator: '\t' | '|' | ' ';
}

function firstTable({ head }: Sample): Head | null {
  let found: Head | null = null;
  let rows = 0;
  for (const raw of head.split(/\r?\n/)) {
    const line = stripAnsi(raw).replace(upright, '|');
    if (found !== null && rowOf(line, found) !== null) rows += 1;
    else if (found === null || !rule.test(line)) {
      const next = headAfter(line, found);
      if (next !== found) rows = 0;
      found = next;
    }
    if (rows >= fewestRows) return found;
  }
  return null;
}

/** The table that holds behind a line that is no row: a message between rows does not end it, another table does. */
function headAfter(line: string, before: Head | null): Head | null {
  const next = headOf(line);
  if (next !== null || before === null) return next;
  return before.separator === ' ' || !line.includes(before.separator) ? before : null;
}

function cellsOf(line: string, separator: Head['separator']): readonly string[] {
  const text = separator === '|' ? line.trim().replace(/^\|/, '').replace(/\|$/, '') : line.trimEnd();
  return text.split(separator).map((cell) => cell.trim());
}

function headOf(line: string): Head | null {
  if (!line.includes('\t') && !line.trimStart().startsWith('|')) return blankHeadOf(line);
  const separator = line.includes('\t') ? '\t' : '|';
  const names = cellsOf(line, separator);
  if (names.length < 2 || names.some((name) => name === '' || parseNumber(name) !== undefined)) return null;
  const isNamed = separator === '|' ? names.some((name) => counter.test(name)) : counter.test(names[0] ?? '');
  return isNamed ? { names, separator } : null;
}

/** `epoch  train_loss  valid_loss  time`, or one blank between where no name has blanks in it. */
function blankHeadOf(line: string): Head | null {
  if (line.length > longestHead || !startsWithCounter.test(line)) return null;
  const text = line.replace(/^\s*#?\s*/, '').trimEnd();
  const wide = text.split(/\s{2,}/);
  const names = wide.length > 1 ? wide : text.split(' ');
  if (names.length < 2 || !counter.test(names[0] ?? '')) return null;
  return names.every((name) => /^[A-Za-z][\w %/@().-]*$|^#$/.test(name)) ? { names, separator: ' ' } : null;
}

/** A row in which every cell has its name above it. */
function blankRowOf(line: string, names: readonly string[]): readonly Cell[] | null {
  const texts = line.trim().split(/\s+/);
  if (texts.length !== names.length || parseNumber(texts[0] ?? '') === undefined) return null;
  const values = texts.map((text) => (/^\d+:\d/.test(text) ? undefined : parseNumber(text)));
  if (texts.some((text, i) => values[i] === undefined && !noNumber.test(text))) return null;
  return names.flatMap((name, i): Cell[] => {
    const value = values[i];
    return value === undefined ? [] : [[name, value]];
  });
}

/** null where the line is no row of that table; `No log` and other words are missing cells. */
function rowOf(line: string, { names, separator }: Head): readonly Cell[] | null {
  if (separator === ' ') return blankRowOf(line, names);
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
    read(raw, line, sink, isWhole) {
      const text = raw.replace(upright, '|');
      if (table !== null) {
        if (rule.test(text)) return;
        const cells = rowOf(text, table);
        if (cells !== null) {
          // The last number of a line without its end may lack digits.
          if (isWhole || table.separator === '|') writeRow(sink, line, cells, facts);
          return;
        }
      }
      table = headAfter(text, table);
    },
    end() {},
    copy: () => readerFrom(table),
  };
}
