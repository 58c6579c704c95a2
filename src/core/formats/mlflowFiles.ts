import type { RowSink, Sample, TextFormat } from './format.ts';
import { readNumber } from './readNumber.ts';
import { decodedText, type TextParser } from './text/decodedText.ts';

const point = /^(\d{10,16}) (\S+)(?: (-?\d+))?\r?$/;

/** One metric of an MLflow file store: `milliseconds value step` a line; the name is that of the file, below `metrics`. */
export const mlflowFiles: TextFormat = {
  id: 'mlflow-files',
  title: 'MLflow metric',
  kind: 'text',
  mostConfidence: 0.97,
  sniff({ head, folders }) {
    const lines = head.split('\n', 50).filter((line) => line.trim() !== '');
    const whole = lines.length > 1 && !head.endsWith('\n') ? lines.slice(0, -1) : lines;
    const isAll = whole.length > 0 && whole.every((line) => point.test(line));
    if (!isAll) return null;
    return {
      confidence: folders.includes('metrics') ? 0.97 : 0.8,
      because: 'each line is a time in milliseconds, a value and a step',
    };
  },
  open: (sink, sample) => decodedText(new MetricParser(sink, nameOf(sample))),
};

function nameOf({ folders, fileName }: Sample): string {
  const at = folders.lastIndexOf('metrics');
  return [...(at < 0 ? [] : folders.slice(at + 1)), fileName].join('/');
}

class MetricParser implements TextParser {
  readonly #sink: RowSink;
  readonly #name: string;
  #rest = '';
  #line = 0;

  constructor(sink: RowSink, name: string) {
    this.#sink = sink;
    this.#name = name;
  }

  feed(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      this.#line += 1;
      this.#take(line);
    }
  }

  finish(): void {
    if (this.#rest === '') return;
    this.#line += 1;
    this.#take(this.#rest);
    this.#line -= 1;
  }

  #take(line: string): void {
    if (line.trim() === '') return;
    const [, time = '', value = '', step] = point.exec(line) ?? [];
    const number = readNumber(value, 0, value.length);
    if (number === undefined) {
      this.#sink.problem({
        code: 'no-record',
        message: `Line ${this.#line} is no point of an MLflow metric; it was passed over.`,
        line: this.#line,
      });
      return;
    }
    this.#sink.beginRow(this.#line);
    if (step !== undefined) this.#sink.number(this.#sink.column('step'), Number(step));
    this.#sink.number(this.#sink.column('timestamp'), Number(time) / 1000);
    this.#sink.number(this.#sink.column(this.#name), number);
    this.#sink.endRow();
  }
}
