import { decodeUtf8 } from '../bytes/utf8.ts';
import type { RowSink, Sample, TextFormat } from '../format.ts';
import { type ConsoleReader, consoleParser, lineReader } from './consoleParser.ts';
import { KnownLines, writeKnown } from './knownLines.ts';
import { mayHold, sampleLines } from './sampleLines.ts';
import { stripAnsi } from './stripAnsi.ts';
import { type Cell, type Facts, writeRow } from './writeRow.ts';

/** A point of a log, and the planned end where its line tells it. */
export interface LineRecord {
  readonly cells: readonly Cell[];
  readonly budget?: number;
}

export interface LineFormat {
  readonly id: string;
  readonly title: string;
  readonly confidence: number;
  readonly because: string;
  readonly facts?: Facts;
  /** What stands in logs of this kind long before the first record. */
  readonly opening?: { readonly pattern: RegExp; readonly because: string };
  /** Unit of the planned end. */
  readonly unit?: string;
  /** Words of which each record holds one: most lines hold none, and are not looked at. */
  readonly marks: readonly string[];
  /** A digit follows on one of them. */
  readonly marksBeforeDigit?: boolean;
  /** A text of this length may have lost its end. */
  readonly cutLength?: number;
  /**
   * null where the line is no record. It is read by where its numbers stand, whatever these are: a line that differs from
   * another one in numbers only is read as that one.
   */
  read(line: string, isWhole: boolean): LineRecord | null;
}

/** A console whose records stand each in a line of its own. */
export function lineFormat(format: LineFormat): TextFormat {
  const { id, title, confidence, because, opening } = format;
  const readLine = (line: string, isWhole: boolean): LineRecord | null =>
    format.marks.some((mark) => line.includes(mark)) ? format.read(line, isWhole) : null;
  return {
    id,
    title,
    kind: 'text',
    mostConfidence: confidence,
    sniff(sample) {
      const count = mayHold(sample, format.marks) ? countRecords(sample, (line) => readLine(line, true) !== null) : 0;
      if (count > 0) return { confidence: count > 1 ? confidence : confidence - 0.3, because };
      return opening?.pattern.test(sample.head) === true ? { confidence: 0.7, because: opening.because } : null;
    },
    open: (sink) =>
      consoleParser(sink, readerOf(readLine, format), { words: format.marks, beforeDigit: format.marksBeforeDigit }),
  };
}

function readerOf(
  readLine: (line: string, isWhole: boolean) => LineRecord | null,
  { facts, unit = 'step', cutLength }: LineFormat,
): ConsoleReader {
  const known = new KnownLines((line) => readLine(line, true), cutLength);
  const tell = (x: number | undefined, sink: RowSink): void => {
    if (x !== undefined && x > 0) sink.budget({ x, unit, from: 'its lines' });
  };
  const put = (text: string, line: number, sink: RowSink, isWhole: boolean): boolean => {
    const found = readLine(text, isWhole);
    if (found === null) return false;
    tell(found.budget, sink);
    writeRow(sink, line, found.cells, facts);
    return true;
  };
  return {
    ...lineReader(put),
    readBytes(bytes, from, to, line, sink) {
      const found = known.find(bytes, from, to);
      if (found === null) {
        const isRecord = put(stripAnsi(decodeUtf8(bytes, from, to)), line, sink, true);
        if (isRecord) known.learn(bytes, from, to, sink);
      } else {
        tell(found.template.budget, sink);
        writeKnown(sink, line, found);
      }
      return true;
    },
  };
}

/** Lines of both blocks that are records; enough of them are as good as all. */
function countRecords(sample: Sample, isRecord: (line: string) => boolean): number {
  let count = 0;
  for (const line of sampleLines(sample)) {
    if (isRecord(line)) count += 1;
    if (count >= 5) return count;
  }
  return count;
}
