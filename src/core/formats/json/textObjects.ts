import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';
import type { ObjectReader } from './jsonLines.ts';
import type { RecordEnd } from './jsonRecordReader.ts';

const lineFeed = 10;

/** A reader of objects that are mostly prose, and are read as text for that. */
export interface TextObjectReader {
  /** Behind the last character read. */
  readonly at: number;
  /** Reads the object whose `{` stands at `start`. */
  read(text: string, start: number, end: number): RecordEnd;
}

/** Decodes a line at a time for a reader of text; nothing of the object goes into columns before it is taken. */
export class TextObjects<Reader extends TextObjectReader> implements ObjectReader {
  readonly reader: Reader;
  at = 0;

  constructor(reader: Reader) {
    this.reader = reader;
  }

  read(bytes: Uint8Array, start: number, end: number): RecordEnd {
    const found = bytes.indexOf(lineFeed, start);
    const lineEnd = found < 0 || found > end ? end : found;
    const text = decodeUtf8(bytes, start, lineEnd);
    const state = this.reader.read(text, 0, text.length);
    // What is left of a line is nothing, or short.
    const rest = text.slice(this.reader.at);
    this.at = lineEnd - (rest === '' ? 0 : encodeUtf8(rest).length);
    return state;
  }

  keepColumns(): void {}
  forgetColumns(): void {}
}
