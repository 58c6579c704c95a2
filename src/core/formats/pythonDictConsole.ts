import type { TextFormat } from './format.ts';
import { oncePerSample } from './oncePerSample.ts';
import { parseNumber } from './parseNumber.ts';
import { type ConsoleReader, consoleParser } from './text/consoleParser.ts';
import { pythonDict } from './text/pythonDict.ts';
import { sampleLines } from './text/sampleLines.ts';
import { axisFacts, type Cell, type Facts, writeRow } from './text/writeRow.ts';

/** Each record has it. */
const epochKey = "'epoch'";
const record = /\{'(?:loss|eval_loss|reward|eval_[^']*|[^'{}]{1,60})': [^{}]*'epoch': /;

/** Dicts as Hugging Face's Trainer and what is built on it print them, often behind a progress bar in the same line. */
export const pythonDictConsole: TextFormat = {
  id: 'python-dict-console',
  title: 'Console of a Hugging Face Trainer',
  kind: 'text',
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
  return {
    read(text, line, sink) {
      for (const cells of dictsIn(text)) {
        if (!cells.some(([name]) => name.startsWith('eval_'))) note(epochs, cells);
        writeRow(sink, line, [['record', epochs.length], ...cells], facts);
      }
    },
    end() {},
    copy: () => readerFrom(epochs),
  };
}

/** Where the epoch falls back, as in a second run or after a resume, the count falls back with it. */
function note(epochs: number[], cells: readonly Cell[]): void {
  const epoch = cells.find(([name]) => name === 'epoch')?.[1] ?? Number.NaN;
  const last = epochs.at(-1) ?? Number.NEGATIVE_INFINITY;
  if (epoch < last) epochs.length = epochs.findIndex((one) => one >= epoch);
  epochs.push(epoch);
}

const recordsIn = oncePerSample((sample): readonly Cell[][] => sampleLines(sample).flatMap(dictsIn));

/** Records of the line: dicts with an epoch that are no summary of the whole run. */
function dictsIn(text: string): Cell[][] {
  if (!text.includes(epochKey) || !record.test(text)) return [];
  const found: Cell[][] = [];
  for (let at = text.indexOf("{'"); at >= 0; at = text.indexOf("{'", at + 2)) {
    const dict = pythonDict(text, at);
    if (dict === null || !dict.has('epoch') || dict.has('train_runtime')) continue;
    const cells = [...dict].flatMap(([name, value]): Cell[] => {
      const number = parseNumber(value);
      return number === undefined ? [] : [[name, number]];
    });
    if (cells.length > 1) found.push(cells);
  }
  return found;
}
