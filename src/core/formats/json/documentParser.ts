import type { RowSink } from '../format.ts';
import type { TextParser } from '../text/decodedText.ts';
import { parseTolerant } from './parseTolerant.ts';

/** A longer document is no history of a run; reading it whole would cost more than it is worth. */
const longest = 64 * 1024 * 1024;

/** Keeps a document until its end and hands it on whole: it cannot be read in parts, and it is rewritten, not appended to. */
export class DocumentParser implements TextParser {
  readonly #sink: RowSink;
  readonly #take: (document: unknown) => void;
  #parts: string[] = [];
  #length = 0;

  constructor(sink: RowSink, take: (document: unknown) => void) {
    this.#sink = sink;
    this.#take = take;
  }

  feed(text: string): void {
    this.#length += text.length;
    if (this.#length <= longest) this.#parts.push(text);
  }

  finish(): void {
    if (this.#length > longest) {
      this.#sink.problem({ code: 'too-long-document', message: 'The document is longer than 64 MB; it was not read.' });
      return;
    }
    const document = parseTolerant(this.#parts.join(''));
    if (document === undefined) {
      this.#sink.problem({
        code: 'torn-document',
        message: 'The document ends in the middle or is not JSON; it is read once it is whole.',
      });
      return;
    }
    this.#take(document);
  }
}
