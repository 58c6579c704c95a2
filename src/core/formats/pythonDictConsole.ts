import { decodeUtf8 } from './bytes/utf8.ts';
import type { RowSink, TextFormat } from './format.ts';
import { oncePerSample } from './oncePerSample.ts';
import { parseNumber } from './parseNumber.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { KnownLines, writeKnown } from './text/knownLines.ts';
import { pythonDict } from './text/pythonDict.ts';
import { sampleLines } from './text/sampleLines.ts';
import { stripAnsi } from './text/stripAnsi.ts';
import { axisFacts, type Cell, type Facts, writeRow } from './text/writeRow.ts';

const escapeSign = 27;
const openBrace = 123;
const quote = 39;
/** Each record has it. */
const epochKey = "'epoch'";
const record = /\{'(?:loss|eval_loss|reward|eval_[^']*|[^'{}]{1,60})': [^{}]*'epoch': /;

/** Dicts as Hugging Face's Trainer and what is built on it print them, often behind a progress bar in the same line. */
export const pythonDictConsole: TextFormat = {
  id: 'python-dict-console',
  title: 'Console of a Hugging Face Trainer',
  kind: 'text',
  mostConfidence: 0.93,
  sniff(sample) {
    const found = recordsIn(sample);
    const [first] = found;
    if (first === undefined) return null;
    return {
      confidence: found.length > 1 ? 0.93 : 0.75,
      because: `it prints dicts with \`epoch\` and ${first
        .slice(0, 2)
        .map(([name]) => `\`${name}\``)
        .join(', ')}`,
    };
  },
  open: (sink) => consoleParser(sink, readerFrom([]), { words: [epochKey] }),
};

/** Old versions round the epoch to two decimals, so that several records share one: their count tells them apart. */
const facts: Facts = new Map([
  ...axisFacts('the trainer prints it with each record', 'epoch'),
  ['record', { axis: 1, isMade: true, why: 'the count of training records' }],
]);

/** @param before epochs of the training records so far. */
function readerFrom(before: readonly number[]): ConsoleReader {
  const epochs = [...before];
  const known = new KnownLines((text) => {
    const [cells, ...others] = dictsIn(text);
    return cells === undefined || others.length > 0 ? null : { cells };
  });
  const put = (found: readonly (readonly Cell[])[], line: number, sink: RowSink): void => {
    for (const cells of found) {
      if (!cells.some(([name]) => isOfEvaluation(name))) note(epochs, epochOf(cells));
      writeRow(sink, line, [['record', epochs.length], ...cells], facts);
    }
  };
  return {
    read: (text, line, sink) => put(dictsIn(text), line, sink),
    readBytes(bytes, from, to, line, sink) {
      const start = startOfDict(bytes, from, to);
      const like = start < 0 ? null : known.find(bytes, start, to);
      if (like === null) {
        const found = dictsIn(stripAnsi(decodeUtf8(bytes, from, to)));
        put(found, line, sink);
        if (found.length === 1 && start >= 0) known.learn(bytes, start, to, sink);
        return true;
      }
      const { names, values } = like.template;
      if (!names.some(isOfEvaluation)) note(epochs, values[names.indexOf('epoch')] ?? Number.NaN);
      writeKnown(sink, line, like, ['record', epochs.length]);
      return true;
    },
    end() {},
    copy: () => readerFrom(epochs),
  };
}

/** Where the epoch falls back, as in a second run or after a resume, the count falls back with it. */
function note(epochs: number[], epoch: number): void {
  const last = epochs.at(-1) ?? Number.NEGATIVE_INFINITY;
  if (epoch < last) epochs.length = epochs.findIndex((one) => one >= epoch);
  epochs.push(epoch);
}

const epochOf = (cells: readonly Cell[]): number => cells.find(([name]) => name === 'epoch')?.[1] ?? Number.NaN;

const isOfEvaluation = (name: string): boolean => name.startsWith('eval_');

/** Where the first dict of a line starts: a bar before it says nothing. -1 where none does, or a colour stands before it. */
function startOfDict(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at + 1 < to; at += 1) {
    if (bytes[at] === escapeSign) return -1;
    if (bytes[at] === openBrace && bytes[at + 1] === quote) return at;
  }
  return -1;
}

const recordsIn = oncePerSample((sample): readonly Cell[][] => sampleLines(sample).flatMap(dictsIn));

/** Braces in a line that open no record; behind more of them none is looked for. */
const mostOthers = 32;

/** Records of the line: dicts with an epoch that are no summary of the whole run. */
function dictsIn(text: string): Cell[][] {
  if (!text.includes(epochKey) || !record.test(text)) return [];
  const found: Cell[][] = [];
  let others = 0;
  for (let at = text.indexOf("{'"); at >= 0; at = text.indexOf("{'", at + 2)) {
    const dict = others < mostOthers ? pythonDict(text, at) : null;
    if (dict === null || !dict.has('epoch') || dict.has('train_runtime')) {
      others += 1;
      continue;
    }
    const cells = [...dict].flatMap(([name, value]): Cell[] => {
      const number = parseNumber(value);
      return number === undefined ? [] : [[name, number]];
    });
    if (cells.length > 1) found.push(cells);
  }
  return found;
}
