import { LineMarks } from '../bytes/lineMarks.ts';
import type { Parser, RowSink } from '../format.ts';
import { ConsoleLines } from './consoleLines.ts';
import { isWholeLine } from './lastLine.ts';

/** Reads one line after the other and keeps what it must remember between them. */
export interface ConsoleReader {
  /** @param isWhole false for the last line of a log that has no line end and may be cut. */
  read(text: string, line: number, sink: RowSink, isWhole: boolean): void;
  /** Reads a line by its bytes, as they stand between its ends. @returns false where it needs the text for that */
  readBytes?(bytes: Uint8Array, from: number, to: number, line: number, sink: RowSink): boolean;
  /** Offers what still waits for its end. */
  end(sink: RowSink): void;
  /** One that goes on from the same point without touching this one. */
  copy(): ConsoleReader;
}

export interface Marks {
  /** Of ASCII. */
  readonly words: readonly string[];
  /** A digit follows on one of them. */
  readonly beforeDigit?: boolean | undefined;
}

/**
 * A push parser over the lines of a console, colours taken off.
 * @param marks words of which each line that the reader would take holds one; without them it reads all lines.
 */
export function consoleParser(sink: RowSink, reader: ConsoleReader, marks: Marks | null = null): Parser {
  const lines = new ConsoleLines(marks === null ? null : new LineMarks(marks.words, marks.beforeDigit), {
    text: (text, number) => reader.read(text, number, sink, true),
    bytes:
      reader.readBytes === undefined
        ? null
        : (bytes, from, to, number) => reader.readBytes?.(bytes, from, to, number, sink) === true,
    tooLong: (line) =>
      sink.problem({
        code: 'line-too-long',
        message: `Line ${line} is longer than 16 MB, which no record is; it was skipped.`,
        line,
      }),
  });
  return {
    feed: (bytes) => lines.feed(bytes),
    finish: () => {
      const last = reader.copy();
      const pending = lines.pending();
      if (pending !== null) last.read(pending.text, pending.number, sink, isWholeLine(pending.text, lines.recent()));
      last.end(sink);
    },
  };
}

/** A reader whose lines stand each for themselves. */
export function lineReader(read: (text: string, line: number, sink: RowSink, isWhole: boolean) => void): ConsoleReader {
  const reader: ConsoleReader = { read, end: () => {}, copy: () => reader };
  return reader;
}
