import { ByteQueue } from './binary/byteQueue.ts';
import { decodeUtf8, encodeUtf8 } from './bytes/utf8.ts';
import type { Parser, RowSink, TextFormat } from './format.ts';
import { JsonRecordReader } from './json/jsonRecordReader.ts';
import { documentOptions, recordKind } from './json/recordKind.ts';

/** What follows the history is a few settings; more of it than this is not kept. */
const mostAfter = 256 * 1024;

const lineFeed = 10;
const quoteSign = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;

/** Hugging Face's trainer_state.json: the points are the objects of `log_history`; it is written anew at each checkpoint. */
export const hfTrainerState: TextFormat = {
  id: 'hf-trainer-state',
  title: 'Hugging Face trainer_state.json',
  kind: 'text',
  mostConfidence: 0.99,
  sniff({ head }) {
    return /^\ufeff?\s*\{/.test(head) && /"log_history"\s*:\s*\[/.test(head)
      ? { confidence: 0.99, because: 'it is a JSON object with a `log_history`' }
      : null;
  },
  open: (sink) => new HistoryParser(sink),
};

class HistoryParser implements Parser {
  readonly #sink: RowSink;
  readonly #reader = new JsonRecordReader(documentOptions);
  #place: 'before' | 'inside' | 'after' = 'before';
  readonly #rest = new ByteQueue();
  #line = 1;
  /** Settings before and after the history. */
  #around = '';

  constructor(sink: RowSink) {
    this.#sink = sink;
  }

  feed(bytes: Uint8Array): void {
    this.#rest.push(bytes);
    if (this.#place === 'before') this.#findHistory();
    if (this.#place === 'inside') this.#readHistory();
    if (this.#place === 'after') {
      const rest = this.#rest.view();
      this.#around = (this.#around + decodeUtf8(rest, 0, rest.length)).slice(0, mostAfter);
      this.#rest.take(rest.length);
    }
  }

  /** An object cut at the end waits for its rest; the plan can be told from what is there. */
  finish(): void {
    const planned = numberOf(this.#around, 'max_steps');
    const epochs = numberOf(this.#around, 'num_train_epochs');
    if (planned !== null) this.#sink.budget({ x: planned, unit: 'step', from: 'max_steps' });
    else if (epochs !== null) this.#sink.budget({ x: epochs, unit: 'epoch', from: 'num_train_epochs' });
    if (this.#place !== 'after') {
      this.#sink.problem({
        code: 'torn-document',
        message: `Line ${this.#line}: the file ends inside its history; what is before was read, the rest is read once it is there.`,
        line: this.#line,
      });
    }
  }

  #findHistory(): void {
    const bytes = this.#rest.view();
    for (let at = bytes.indexOf(quoteSign); at >= 0; at = bytes.indexOf(quoteSign, at + 1)) {
      const start = startOfHistory(bytes, at);
      if (start < 0) continue;
      this.#around = decodeUtf8(bytes, 0, at).slice(-mostAfter);
      this.#skip(start);
      this.#place = 'inside';
      return;
    }
  }

  #readHistory(): void {
    const bytes = this.#rest.view();
    let at = 0;
    let line = this.#line;
    for (;;) {
      const from = at;
      while (at < bytes.length && (isBlank(bytes[at] ?? 0) || bytes[at] === comma)) at += 1;
      line += countLines(bytes, from, at);
      if (at >= bytes.length) break;
      if (bytes[at] === closeBracket) {
        at += 1;
        this.#place = 'after';
        break;
      }
      const state = bytes[at] === openBrace ? this.#reader.read(bytes, at, bytes.length) : 'broken';
      if (state === 'torn') break;
      if (state === 'broken') {
        this.#sink.problem({
          code: 'broken-document',
          message: `Line ${line}: what stands in the history there is not JSON; what is before was read, the rest was not.`,
          line,
        });
        this.#place = 'after';
        break;
      }
      if (recordKind(this.#reader.record) === 'point') {
        this.#sink.beginRow(line);
        this.#reader.record.emit(this.#sink);
        this.#sink.endRow();
      }
      line += countLines(bytes, at, this.#reader.at);
      at = this.#reader.at;
    }
    this.#reader.keepColumns();
    this.#skip(at);
  }

  #skip(length: number): void {
    this.#line += countLines(this.#rest.view(), 0, length);
    this.#rest.take(length);
  }
}

const historyKey = encodeUtf8('"log_history"');

/** Behind the bracket of the history whose key stands at `start`; -1 where it does not. */
function startOfHistory(bytes: Uint8Array, start: number): number {
  if (!historyKey.every((byte, i) => bytes[start + i] === byte)) return -1;
  let at = start + historyKey.length;
  for (const sign of [colon, openBracket]) {
    while (isBlank(bytes[at] ?? 0)) at += 1;
    if (bytes[at] !== sign) return -1;
    at += 1;
  }
  return at;
}

function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = from; at < to; at += 1) if (bytes[at] === lineFeed) lines += 1;
  return lines;
}

function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

/** Python's sys.maxsize stands for "endless". */
function numberOf(text: string, key: string): number | null {
  const value = Number(new RegExp(`"${key}"\\s*:\\s*([\\d.eE+]+)`).exec(text)?.[1] ?? Number.NaN);
  return Number.isFinite(value) && value > 0 && value < 1e15 ? value : null;
}
