import type { Parser, RowSink } from '../format.ts';
import { ConsoleLines } from './consoleLines.ts';
import { isWholeLine } from './lastLine.ts';
import { stripAnsi } from './stripAnsi.ts';

/** Reads one line after the other and keeps what it must remember between them. */
export interface ConsoleReader {
  /** @param isWhole false for the last line of a log that has no line end and may be cut. */
  read(text: string, line: number, sink: RowSink, isWhole: boolean): void;
  /** Offers what still waits for its end. */
  end(sink: RowSink): void;
  /** One that goes on from the same point without touching this one. */
  copy(): ConsoleReader;
}

/** So many lines are remembered, for the last one to be compared with. */
const remembered = 64;

/**
 * A push parser over the lines of a console, colours taken off.
 * @param marks words of ASCII of which each line that the reader would take holds one; without them it reads all lines.
 */
export function consoleParser(sink: RowSink, reader: ConsoleReader, marks: readonly string[] = []): Parser {
  const recent = new Array<string>(remembered).fill('');
  let count = 0;
  const lines = new ConsoleLines(
    marks,
    (text, number) => {
      const line = stripAnsi(text);
      recent[count % remembered] = line;
      count += 1;
      reader.read(line, number, sink, true);
    },
    (line) =>
      sink.problem({
        code: 'line-too-long',
        message: `Line ${line} is longer than 16 MB, which no record is; it was skipped.`,
        line,
      }),
  );
  return {
    feed: (bytes) => lines.feed(bytes),
    finish: () => {
      const last = reader.copy();
      const pending = lines.pending();
      if (pending !== null) {
        const line = stripAnsi(pending.text);
        last.read(line, pending.number, sink, isWholeLine(line, recent));
      }
      last.end(sink);
    },
  };
}

/** A reader whose lines stand each for themselves. */
export function lineReader(read: (text: string, line: number, sink: RowSink, isWhole: boolean) => void): ConsoleReader {
  const reader: ConsoleReader = { read, end: () => {}, copy: () => reader };
  return reader;
}
