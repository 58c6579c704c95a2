import type { RowSink, TextFormat } from './format.ts';
import { JsonRecordReader } from './json/jsonRecordReader.ts';
import { recordKind } from './json/recordKind.ts';
import { decodedText, type TextParser } from './text/decodedText.ts';

/** What follows the history is a few settings; more of it than this is not kept. */
const mostAfter = 256 * 1024;

/** Hugging Face's trainer_state.json: the points are the objects of `log_history`; it is written anew at each checkpoint. */
export const hfTrainerState: TextFormat = {
  id: 'hf-trainer-state',
  title: 'Hugging Face trainer_state.json',
  kind: 'text',
  sniff({ head }) {
    return /^\ufeff?\s*\{/.test(head) && /"log_history"\s*:\s*\[/.test(head)
      ? { confidence: 0.99, because: 'it is a JSON object with a `log_history`' }
      : null;
  },
  open: (sink) => decodedText(new HistoryParser(sink)),
};

class HistoryParser implements TextParser {
  readonly #sink: RowSink;
  readonly #reader = new JsonRecordReader();
  #place: 'before' | 'inside' | 'after' = 'before';
  #rest = '';
  #line = 1;
  /** Settings before and after the history. */
  #around = '';

  constructor(sink: RowSink) {
    this.#sink = sink;
  }

  feed(text: string): void {
    this.#rest += text;
    if (this.#place === 'before') this.#findHistory();
    if (this.#place === 'inside') this.#readHistory();
    if (this.#place === 'after') {
      this.#around = (this.#around + this.#rest).slice(0, mostAfter);
      this.#rest = '';
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
    const found = /"log_history"\s*:\s*\[/.exec(this.#rest);
    if (found === null) return;
    this.#around = this.#rest.slice(0, found.index).slice(-mostAfter);
    this.#skip(found.index + found[0].length);
    this.#place = 'inside';
  }

  #readHistory(): void {
    const text = this.#rest;
    let at = 0;
    for (;;) {
      while (at < text.length && /[\s,]/.test(text[at] ?? '')) at += 1;
      if (at >= text.length) break;
      if (text[at] === ']') {
        at += 1;
        this.#place = 'after';
        break;
      }
      const state = text[at] === '{' ? this.#reader.read(text, at, text.length) : 'broken';
      if (state === 'torn') break;
      const line = this.#line + count(text, 0, at);
      if (state === 'broken') {
        this.#sink.problem({
          code: 'broken-document',
          message: `Line ${line}: what stands in the history there is not JSON; what is before was read, the rest was not.`,
          line,
        });
        this.#place = 'after';
        break;
      }
      if (recordKind(this.#reader) === 'point') {
        this.#sink.beginRow(line);
        this.#reader.emit(this.#sink);
        this.#sink.endRow();
      }
      at = this.#reader.at;
    }
    this.#reader.keepColumns();
    this.#skip(at);
  }

  #skip(length: number): void {
    this.#line += count(this.#rest, 0, length);
    this.#rest = this.#rest.slice(length);
  }
}

function count(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Python's sys.maxsize stands for "endless". */
function numberOf(text: string, key: string): number | null {
  const value = Number(new RegExp(`"${key}"\\s*:\\s*([\\d.eE+]+)`).exec(text)?.[1] ?? Number.NaN);
  return Number.isFinite(value) && value > 0 && value < 1e15 ? value : null;
}
