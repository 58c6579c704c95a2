import type { Sample, TextFormat } from '../format.ts';
import { consoleParser, lineReader } from './consoleParser.ts';
import { sampleLines } from './sampleLines.ts';
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
  /** null where the line is no record. */
  read(line: string, isWhole: boolean): LineRecord | null;
}

/** A console whose records stand each in a line of its own. */
export function lineFormat(format: LineFormat): TextFormat {
  const { id, title, confidence, because, facts, opening, unit = 'step' } = format;
  const readLine = (line: string, isWhole: boolean): LineRecord | null =>
    format.marks.some((mark) => line.includes(mark)) ? format.read(line, isWhole) : null;
  return {
    id,
    title,
    kind: 'text',
    sniff(sample) {
      const count = countRecords(sample, (line) => readLine(line, true) !== null);
      if (count > 0) return { confidence: count > 1 ? confidence : confidence - 0.3, because };
      return opening?.pattern.test(sample.head) === true ? { confidence: 0.7, because: opening.because } : null;
    },
    open: (sink) =>
      consoleParser(
        sink,
        lineReader((text, line, to, isWhole) => {
          const found = readLine(text, isWhole);
          if (found === null) return;
          if (found.budget !== undefined && found.budget > 0) to.budget({ x: found.budget, unit, from: 'its lines' });
          writeRow(to, line, found.cells, facts);
        }),
        format.marks,
      ),
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
